// The small path: one Xapian transaction in the live generation. All of the batch becomes visible, or none of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "index/admission.h"
#include "index/manifest.h"

namespace nutgraf {

/// What one batch does to an index.
struct BatchChange {
  std::vector<AdmittedArticle> articles;
  std::vector<std::string> superseded;  ///< ids in the live index whose passages go before the new ones come
  std::vector<std::string> removed;     ///< ids that go for good
  Manifest manifest;                    ///< before the batch, with the roots and the sequence after it
  BatchRecord record;
  const CompanyMatcher* companies = nullptr;  ///< that tags the articles
  bool brings_articles = false;               ///< to this shard or to another: the index is tagged with `companies`

  /// Superseded and removed: ids whose passages go.
  [[nodiscard]] std::vector<std::string> leaving() const;
};

/// Commits `change` to `generation`; makes the generation where it is new (then the caller publishes it). When it
/// throws, the generation is as it was.
void commit_batch(const std::filesystem::path& index, std::uint64_t generation, bool is_new, const BatchChange& change);

}  // namespace nutgraf
