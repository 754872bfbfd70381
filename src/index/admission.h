// Admission: decides, in reading order and in one thread, what becomes of each article of a batch: added, updated,
// unchanged, the same id twice, or rejected. Nothing is written here.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "index/document_log.h"
#include "index/live_index.h"
#include "nutgraf/index.h"
#include "nutgraf/passage.h"

namespace nutgraf {

/// An article on its way into the index.
struct AdmittedArticle {
  Article article;  ///< without blocks, origin and line starts
  std::vector<Passage> passages;
  std::uint64_t content_hash = 0;
  std::uint64_t sequence = 0;
  std::uint64_t first_sequence = 0;  ///< as in ArticleRecord, and the next
  std::uint64_t changed_sequence = 0;
  std::uint32_t batch = 0;
};

/// Articles that are analysed together. Who still looks at them shares them.
using ArticleSlice = std::shared_ptr<const std::vector<AdmittedArticle>>;

/// The id of an article of which an earlier version must go before this batch is visible.
struct Superseded {
  std::string id;
  bool in_index = false;       ///< the live index holds a version of it
  std::uint64_t in_batch = 0;  ///< sequence number of the version that this batch brought before; 0: none
};

class Admission {
 public:
  /// `live` may be null: there is no index yet.
  Admission(LiveIndex* live, std::uint64_t first_sequence, std::uint32_t batch)
      : live_(live), sequence_(first_sequence), batch_(batch) {}

  struct Verdict {
    std::optional<AdmittedArticle> admitted;  ///< nothing to write where empty
    std::optional<Superseded> superseded;
  };
  Verdict judge(ReadResult result);

  /// Articles below `roots` that this run did not meet again, though it read all that is there.
  [[nodiscard]] std::vector<std::string> vanished(const std::vector<std::string>& roots);

  /// Final once the batch is through.
  [[nodiscard]] const DocumentLog& log() const noexcept { return log_; }
  [[nodiscard]] std::uint64_t next_sequence() const noexcept { return sequence_; }

 private:
  Verdict reject(Rejection rejection);
  Verdict admit(Article article);
  Verdict reject_namesake(const Article& article, const std::string& other_root);
  [[nodiscard]] bool maybe_unread(std::string path) const;
  [[nodiscard]] std::optional<ArticleRecord> indexed(const std::string& id);
  [[nodiscard]] bool says_the_same(const ArticleRecord& before, const Article& article,
                                   const std::vector<Passage>& passages);

  LiveIndex* live_;
  std::uint64_t sequence_;
  std::uint32_t batch_;
  DocumentLog log_;
  std::unordered_set<std::string> paths_rejected_;  // files that gave a rejection
};

}  // namespace nutgraf
