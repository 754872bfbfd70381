// Document log: what became of the documents of a batch, in the order of reading. It is the one thing in memory that
// grows with a batch: by 16 bytes a document, and 40 to 50 with its id; paths, roots and reasons, which many share,
// once.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "index/string_table.h"
#include "nutgraf/index.h"

namespace nutgraf {

class DocumentLog {
 public:
  /// Of a document, from 0.
  using Number = std::uint32_t;

  /// What is known of an id.
  struct Seen {
    Number document = 0;         ///< that came with it: the last article, or else the first that was rejected
    std::string_view root;       ///< that its id was made from, of an article; or empty. Valid until the next add()
    std::uint64_t sequence = 0;  ///< of the version that this batch writes; 0: it writes none
  };

  /// A document that is no article.
  void add(const DocumentReport& report);
  void add(const DocumentReport& report, std::string_view root, std::uint64_t sequence);

  /// Nothing where no document has the id.
  [[nodiscard]] std::optional<Seen> seen(std::string_view id) const;
  [[nodiscard]] DocumentStatus status(Number document) const { return entries_[document].status; }
  /// A later one takes its place.
  void supersede(Number document, std::string_view reason);

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] DocumentReport report(Number document) const;

 private:
  struct Nothing {};
  using Texts = StringTable<Nothing>;
  struct SeenId {
    std::uint64_t sequence = 0;
    Number document = 0;
    Texts::Place root = 0;
  };
  using Ids = StringTable<SeenId>;
  struct Entry {
    Ids::Place id = 0;
    Texts::Place path = 0;  // without what it ends with like the id
    Texts::Place reason = 0;
    std::uint32_t shared = 0;  // bytes of that
    std::uint16_t passages = 0;
    DocumentStatus status = DocumentStatus::added;
  };

  /// Gives the place of its id.
  Ids::Place enter(const DocumentReport& report);
  Texts::Place place_of(std::string_view text) { return texts_.enter(text, {}); }

  std::deque<Entry> entries_;
  Ids ids_;
  Texts texts_;
};

}  // namespace nutgraf
