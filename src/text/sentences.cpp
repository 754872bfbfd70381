#include "text/sentences.h"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "nutgraf/error.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

// ICU counts in 32 bits. Longer texts are looked at in pieces of this size.
constexpr std::size_t kLongestPiece = std::size_t{1} << 30;

// Abbreviations of the news that ICU's list for English lacks; sorted, without the full stop.
constexpr std::array<std::string_view, 39> kAbbreviations{
    "Assn", "Assoc", "Ave",  "Blvd", "Bros", "Cie", "Co",  "Corp",   "Cos",  "Cpl", "Dr",  "Gen", "Gov",
    "Hon",  "Inc",   "Intl", "Jr",   "LLC",  "Lt",  "Ltd", "Messrs", "Mfg",  "Mr",  "Mrs", "Mt",  "Pfd",
    "Plc",  "Pres",  "Pty",  "Rep",  "Sen",  "Sr",  "St",  "Ste",    "Univ", "al",  "cf",  "pct", "vs"};
// These are abbreviations only before a number: "No. 3".
constexpr std::array<std::string_view, 6> kNumberAbbreviations{"Fig", "No", "Nos", "Vol", "pp", "vol"};
constexpr std::size_t kLongestAbbreviation = 6;
static_assert(std::is_sorted(kAbbreviations.begin(), kAbbreviations.end()));

// Full stops, question and exclamation marks of the scripts that have their own.
constexpr std::u32string_view kTerminators =
    U".!?\u2026\u3002\uFF01\uFF0E\uFF1F\uFF61\u0589\u061F\u06D4\u0964\u0965\u203C\u203D\u2047\u2048\u2049\u1362\u1367"
    U"\u1368\u104A\u104B\u17D4";
// Quotes and brackets that may stand behind them.
constexpr std::u32string_view kClosers = U"\"')]}\u00BB\u2019\u201D\u203A\u3009\u300B\u300D\u300F\u3011\uFF09\uFF3D";

bool is_terminator(char32_t c) { return kTerminators.find(c) != kTerminators.npos; }
bool is_closer(char32_t c) { return kClosers.find(c) != kClosers.npos; }

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Letters with a full stop behind each: "U.S", "e.g" (the last full stop is cut off).
bool is_dotted(std::string_view word) {
  if (word.size() < 3 || word.size() % 2 == 0) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if ((word[i] == '.') != (i % 2 == 1)) return false;
  }
  return true;
}

// Whether what ends, with its full stop, at `end` is an abbreviation: in a list, an initial, or "U.S.". `next` is the
// first character behind the white space that follows.
bool ends_in_abbreviation(std::string_view text, std::size_t end, char next) {
  if (text[end - 1] != '.') return false;
  std::size_t begin = end - 1;
  while (begin > 0 && end - begin <= kLongestAbbreviation + 1 &&
         (is_ascii_letter(text[begin - 1]) || text[begin - 1] == '.')) {
    --begin;
  }
  const std::string_view word = text.substr(begin, end - 1 - begin);
  const bool initial = word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z' && word[0] != 'I';
  return initial || is_dotted(word) || std::binary_search(kAbbreviations.begin(), kAbbreviations.end(), word) ||
         (is_digit(next) &&
          std::find(kNumberAbbreviations.begin(), kNumberAbbreviations.end(), word) != kNumberAbbreviations.end());
}

// "- ", "* ", "• ", "3. ", "12) ": the start of a list item.
bool starts_list_item(std::string_view text) {
  if (text.starts_with("- ") || text.starts_with("* ") || text.starts_with("\u2022")) return true;
  std::size_t digits = 0;
  while (digits < text.size() && digits < 3 && is_digit(text[digits])) ++digits;
  return digits > 0 && text.size() > digits + 1 && (text[digits] == '.' || text[digits] == ')') &&
         text[digits + 1] == ' ';
}

// ICU ends a sentence at every line break and knows few abbreviations; this takes back what it should not have said.
// `at` is below text.size().
bool is_sentence_end(std::string_view text, std::size_t at) {
  const std::size_t end = skip_space_back(text, 0, at);
  if (end == 0) return false;
  if (ends_in_abbreviation(text, end, text[at])) return false;
  const std::string_view space = text.substr(end, at - end);
  const auto line_breaks = std::count(space.begin(), space.end(), '\n');
  if (line_breaks == 0) return true;
  if (line_breaks > 1 || starts_list_item(text.substr(at))) return true;
  std::size_t last = code_point_start(text, end - 1);
  while (last > 0 && is_closer(code_point_at(text, last).value)) last = code_point_start(text, last - 1);
  if (!is_terminator(code_point_at(text, last).value)) return false;
  return !(text[at] >= 'a' && text[at] <= 'z');
}

icu::BreakIterator& sentence_iterator() {
  thread_local std::unique_ptr<icu::BreakIterator> iterator;
  if (!iterator) {
    UErrorCode status = U_ZERO_ERROR;
    iterator.reset(icu::BreakIterator::createSentenceInstance(icu::Locale("en@ss=standard"), status));
    if (U_FAILURE(status) || !iterator) {
      throw Error(ErrorCode::internal, std::string("ICU has no sentence rules: ") + u_errorName(status),
                  "install the ICU data (package libicu72)");
    }
  }
  return *iterator;
}

void find_in_piece(std::string_view text, std::size_t offset, std::vector<std::size_t>& ends) {
  icu::BreakIterator& iterator = sentence_iterator();
  UErrorCode status = U_ZERO_ERROR;
  UText view = UTEXT_INITIALIZER;
  utext_openUTF8(&view, text.data(), static_cast<std::int64_t>(text.size()), &status);
  iterator.setText(&view, status);
  utext_close(&view);  // the iterator has a copy of the view
  if (U_FAILURE(status))
    throw Error(ErrorCode::internal, std::string("ICU cannot read a text: ") + u_errorName(status));
  for (std::int32_t at = iterator.next(); at != icu::BreakIterator::DONE; at = iterator.next()) {
    const std::size_t end = skip_space(text, static_cast<std::size_t>(at));
    if (end < text.size() && starts_code_point(text, end) && (ends.empty() || ends.back() < offset + end) &&
        is_sentence_end(text, end)) {
      ends.push_back(offset + end);
    }
  }
  ends.push_back(offset + text.size());
}

}  // namespace

void find_sentence_ends(std::string_view text, std::vector<std::size_t>& ends) {
  ends.clear();
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.size();
    if (end - begin > kLongestPiece) end = code_point_start(text, begin + kLongestPiece);
    find_in_piece(text.substr(begin, end - begin), begin, ends);
    begin = end;
  }
}

}  // namespace nutgraf
