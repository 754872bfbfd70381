#include "search/pattern_test.h"

#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace nutgraf {
namespace {

Pattern<std::uint16_t> hashed(const Pattern<std::string>& pattern) {
  Pattern<std::uint16_t> hashes{{}, pattern.distance};
  for (const auto& word : pattern.words) {
    hashes.words.push_back({{}, word.times});
    for (const auto& piece : word.pieces) hashes.words.back().pieces.push_back(Analyzer::signature_hash(piece));
  }
  return hashes;
}

}  // namespace

PatternTest::PatternTest(LiveIndex& live, const Analyzer& analyzer, Pattern<std::string> pattern, PatternField field,
                         Confirmation confirm)
    : live_(live),
      analyzer_(analyzer),
      pattern_(std::move(pattern)),
      hashes_(hashed(pattern_)),
      field_(field),
      confirm_(std::move(confirm)) {}

bool PatternTest::by_hashes(Xapian::docid docid) const {
  switch (field_) {
    case PatternField::text: return holds(live_.signatures().of(docid), hashes_);
    case PatternField::title: return holds(live_.signatures().title(docid), hashes_);
    case PatternField::heading: return true;  // has no signature
  }
  return false;
}

bool PatternTest::by_text(Xapian::docid docid) const {
  if (field_ != PatternField::heading && !*confirm_) return true;
  try {
    return stored_text_matches(docid);
  } catch (const Xapian::DocNotFoundError&) {  // removed: its signature is still there
    return false;
  }
}

bool PatternTest::stored_text_matches(Xapian::docid docid) const {
  if (field_ == PatternField::heading) return text_matches(live_.passage(docid).passage.heading);
  if (field_ == PatternField::title) return text_matches(live_.article(live_.signatures().article(docid)).title);
  return text_matches(live_.passage(docid).passage.text);
}

bool PatternTest::text_matches(const std::string& text) const {
  analyzer_.tokenize(text, "en", stream_);
  std::vector<std::string_view> pieces;
  for (const Token& token : stream_.tokens()) {
    if (token.role == TokenRole::piece) pieces.push_back(token.surface);
  }
  return holds(std::span<const std::string_view>(pieces), pattern_);
}

std::optional<std::array<std::uint16_t, 2>> PatternTest::pair() const {
  if (hashes_.words.size() != 1 || hashes_.words.front().times != 1) return std::nullopt;
  const auto& pieces = hashes_.words.front().pieces;
  if (pieces.size() != 2 || pattern_.words.front().pieces.front() == pattern_.words.front().pieces.back())
    return std::nullopt;
  return std::array{pieces[0], pieces[1]};
}

std::string PatternTest::description() const {
  std::string text = "Pattern(";
  for (const auto& word : pattern_.words) {
    if (&word != &pattern_.words.front()) text += " NEAR/" + std::to_string(pattern_.distance) + " ";
    for (const auto& piece : word.pieces) text += (&piece == &word.pieces.front() ? "" : " ") + piece;
    if (word.times > 1) text += " x" + std::to_string(word.times);
  }
  return text + ")";
}

}  // namespace nutgraf
