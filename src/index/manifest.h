// Manifest: what an index says about itself, kept in the database's metadata so that it changes with the documents in
// one commit. An index that this program cannot read is an error with a hint, never a wrong answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nutgraf {

inline constexpr int kIndexSchema = 2;
inline constexpr std::string_view kManifestKey = "manifest";

struct Manifest {
  std::uint64_t articles = 0;
  std::uint64_t text_bytes = 0;
  std::uint64_t sequence = 0;
  std::uint64_t batches = 0;
  std::vector<std::string> roots;       ///< batch folders; article records name them by place
  std::uint64_t companies_version = 0;  ///< of the table that all articles were tagged with; 0: of none, or of several
  std::vector<std::string> languages;   ///< of the articles, as met: a query word is stemmed in each
  std::size_t shard = 0;                ///< place among the shards of an index, from 0
  std::size_t shards = 1;
};

[[nodiscard]] std::string encode(const Manifest& manifest);
/// Error(index) where schema, analyzer or stemmer are not this program's.
[[nodiscard]] Manifest decode_manifest(std::string_view bytes);

/// Of an index, by those of its shards. Its sequence number is the least: up to there all shards have everything.
[[nodiscard]] Manifest united(std::span<const Manifest> shards);

// Add those that are not there yet.
void add_roots(Manifest& manifest, const std::vector<std::string>& roots);
void add_languages(Manifest& manifest, const std::vector<std::string>& languages);

/// One a batch, under "batch:000042".
struct BatchRecord {
  std::uint64_t number = 0;
  std::string name;
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t removed = 0;
};
[[nodiscard]] std::string batch_key(std::uint64_t number);
[[nodiscard]] std::string encode(const BatchRecord& record);

}  // namespace nutgraf
