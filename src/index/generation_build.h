// The large path: the segments of the batch, merged with what lives on of the live generation, make a new one, which is
// checked, synced and only then published. The live generation is not touched.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "index/company_tags.h"
#include "index/segment_build.h"
#include "index/transaction.h"

namespace nutgraf {

class GenerationBuild {
 public:
  /// Starts so many workers, each of which waits for its turn before it builds a segment. `generation` is the new one;
  /// its folder must not exist. `dictionary`: the live generation's, or one for the new one to keep.
  GenerationBuild(const std::filesystem::path& index, std::uint64_t generation, unsigned workers, BuildTurns& turns,
                  std::vector<std::string> roots, Dictionary dictionary, const CompanyMatcher* companies,
                  SegmentBuilder builder = SegmentBuilder::automatic, std::size_t slices_at_once = kSlicesAtOnce);
  /// Hands over the next slice, each id once in it. Waits while the workers are behind. Throws what a worker threw.
  void add_slice(ArticleSlice articles) { segments_.add_slice(std::move(articles)); }
  /// Of an article in slice `number` (from 0) a later slice will bring another version.
  void supersede(std::size_t number, std::string id) { segments_.supersede(number, std::move(id)); }

  /// Waits for the workers, merges and checks. `live`: the generation to build on, or none. The caller publishes.
  struct Merge {
    std::optional<std::uint64_t> live;
    BatchChange change;  ///< without articles: those are in the segments
    std::size_t articles = 0;
  };
  void finish(const Merge& merge);

  /// After finish(): what the user should know, or nothing.
  [[nodiscard]] const std::string& warning() const noexcept { return segments_.warning(); }

 private:
  /// All that the new generation is merged of.
  [[nodiscard]] std::vector<Segment> parts_of(const Merge& merge);
  [[nodiscard]] Segment live_part(const Merge& merge);
  void merge_databases(const std::vector<Segment>& parts);
  void merge_signatures(const std::vector<Segment>& parts);
  void write_words(const Merge& merge);
  void write_word_pairs(const Merge& merge, const std::vector<Segment>& parts);
  void write_manifest(const Merge& merge, const std::vector<Segment>& parts,
                      const std::optional<PackedCompanies>& companies);
  /// What all parts together hold.
  struct Sums {
    std::uint64_t documents = 0;
    std::uint64_t postings = 0;
    std::uint32_t last_docid = 0;
  };
  [[nodiscard]] static Sums sums_of(const std::vector<Segment>& parts);
  void verify(const Sums& sums) const;
  void remove_temporary(const std::vector<Segment>& parts) const;

  std::filesystem::path index_;
  GenerationPaths target_;
  std::vector<std::string> roots_;
  Dictionary dictionary_;
  const CompanyMatcher* companies_;
  SegmentBuild segments_;
};

}  // namespace nutgraf
