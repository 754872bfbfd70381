// The folders and files of an index, and how a generation becomes the live one.
//
//   <index>/CURRENT               names the live generation, "gen-0003\n"
//   <index>/lock                  held by the writer
//   <index>/watches.json          saved queries and how far each has been read (watch/watches.h); watches.lock: their
//                                 own lock
//   <index>/gen-0003/passages/    Xapian glass database, one document a passage
//   <index>/gen-0003/signatures   token signatures of all passages (signatures.h)
//   <index>/gen-0003/directory    one fixed-size entry a docid (signatures.h)
//   <index>/gen-0003/statistics   counts that the posting lists do not hold (statistics.h)
//   <index>/gen-0003/champions    the best postings of frequent words (champions.h)
//   <index>/gen-0003/word_pairs   where two frequent words are side by side (word_pairs.h); of large collections only
//   <index>/gen-0003/words        the words of the texts and their counts (vocabulary.h)
//   <index>/gen-0004/...          a generation that is being built, or a stray of one that was not finished
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace nutgraf {

struct GenerationPaths {
  std::filesystem::path folder;

  [[nodiscard]] std::filesystem::path passages() const { return folder / "passages"; }
  [[nodiscard]] std::filesystem::path signatures() const { return folder / "signatures"; }
  [[nodiscard]] std::filesystem::path directory() const { return folder / "directory"; }
  [[nodiscard]] std::filesystem::path statistics() const { return folder / "statistics"; }
  [[nodiscard]] std::filesystem::path champions() const { return folder / "champions"; }
  [[nodiscard]] std::filesystem::path word_pairs() const { return folder / "word_pairs"; }
  [[nodiscard]] std::filesystem::path words() const { return folder / "words"; }
};

[[nodiscard]] GenerationPaths generation_paths(const std::filesystem::path& index, std::uint64_t generation);

/// The live generation; nothing where there is no index. Error(index) where CURRENT makes no sense.
[[nodiscard]] std::optional<std::uint64_t> live_generation(const std::filesystem::path& index);

/// The same, but Error(index) with the command that makes one where there is no index.
[[nodiscard]] std::uint64_t require_live_generation(const std::filesystem::path& index);

/// Makes a finished and synced generation the live one.
void publish_generation(const std::filesystem::path& index, std::uint64_t generation);

/// Deletes all generations but the live one. For the holder of the lock.
void sweep_strays(const std::filesystem::path& index, std::optional<std::uint64_t> live);

}  // namespace nutgraf
