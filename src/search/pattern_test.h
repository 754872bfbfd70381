// Pattern test: whether a passage holds a pattern, by its signature, and by its stored text where that is to be sure.
#pragma once

#include <xapian.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "index/live_index.h"
#include "nutgraf/analyzer.h"
#include "search/pattern.h"

namespace nutgraf {

enum class PatternField : std::uint8_t { text, title, heading };

/// Whether a match of the 16-bit hashes is looked up in the stored text, which makes it exact and costs 20 us. Shared
/// by the sources of a query: off while candidates are found, on for the few that are shown.
using Confirmation = std::shared_ptr<const bool>;

/// Whether the text (title, heading) of a passage holds a pattern.
class PatternTest {
 public:
  /// `live` and `analyzer` must outlive it.
  PatternTest(LiveIndex& live, const Analyzer& analyzer, Pattern<std::string> pattern, PatternField field,
              Confirmation confirm);

  /// Of a passage whose text will be tested by hashes soon.
  void prefetch(Xapian::docid docid) const { live_.signatures().prefetch(docid); }
  [[nodiscard]] bool by_hashes(Xapian::docid docid) const;
  /// Whether a match of the hashes is one; true where it is not to be confirmed.
  [[nodiscard]] bool by_text(Xapian::docid docid) const;
  /// The two hashes of a phrase of two words that are not the same; nothing of another pattern.
  [[nodiscard]] std::optional<std::array<std::uint16_t, 2>> pair() const;
  [[nodiscard]] std::string description() const;

 private:
  [[nodiscard]] bool stored_text_matches(Xapian::docid docid) const;
  [[nodiscard]] bool text_matches(const std::string& text) const;

  LiveIndex& live_;
  const Analyzer& analyzer_;
  Pattern<std::string> pattern_;
  Pattern<std::uint16_t> hashes_;
  PatternField field_;
  Confirmation confirm_;
  mutable TokenStream stream_;
};

}  // namespace nutgraf
