#include "text/sentences.h"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "nutgraf/error.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

// ICU counts in 32 bits. Longer texts are looked at in pieces of this size.
constexpr std::size_t kLongestPiece = std::size_t{1} << 30;

// Abbreviations of the news; sorted, without the full stop. ICU has a list too, but looks for it at the ends of words:
// by its "T." no sentence would end in "GPT.", by its "PC." none in "PC.".
constexpr auto kAbbreviations = std::to_array<std::string_view>(
    {"Apr",  "Assn", "Assoc", "Aug",  "Ave",  "Blvd", "Bros",   "Calif", "Cie", "Co",  "Conn", "Corp",
     "Cos",  "Cpl",  "Dec",   "Dept", "Feb",  "Fla",  "Inc",    "Intl",  "Jan", "Jr",  "Jul",  "Jun",
     "LLC",  "Ltd",  "Mar",   "Mass", "Mfg",  "Mt",   "Nov",    "Oct",   "Pfd", "Plc", "Pty",  "Sep",
     "Sept", "Sr",   "St",    "Ste",  "Univ", "al",   "approx", "cf",    "pct", "vs"});
// Titles: a name follows.
constexpr auto kTitles =
    std::to_array<std::string_view>({"Adm", "Capt", "Col", "Dr", "Gen", "Gov", "Hon", "Lt", "Maj", "Messrs", "Mr",
                                     "Mrs", "Ms", "Pres", "Prof", "Rep", "Rev", "Sen", "Sgt"});
// These are abbreviations only before a number: "No. 3".
constexpr auto kNumberAbbreviations = std::to_array<std::string_view>({"Fig", "No", "Nos", "Vol", "pp", "vol"});
// Words that begin a sentence even behind an abbreviation: "... at Apple Inc. The company ..." No surnames among them.
constexpr auto kStarters = std::to_array<std::string_view>(
    {"And", "But", "However", "In", "It", "Its", "That", "The", "Their", "These", "They", "This", "Those"});
constexpr std::size_t kLongestAbbreviation = 6;
static_assert(std::is_sorted(kAbbreviations.begin(), kAbbreviations.end()));
static_assert(std::is_sorted(kTitles.begin(), kTitles.end()));
static_assert(std::is_sorted(kNumberAbbreviations.begin(), kNumberAbbreviations.end()));
static_assert(std::is_sorted(kStarters.begin(), kStarters.end()));

// Full stops, question and exclamation marks of the scripts that have their own.
constexpr std::u32string_view kTerminators =
    U".!?\u2026\u3002\uFF01\uFF0E\uFF1F\uFF61\u0589\u061F\u06D4\u0964\u0965\u203C\u203D\u2047\u2048\u2049\u1362\u1367"
    U"\u1368\u104A\u104B\u17D4";
// Quotes and brackets that may stand behind them.
constexpr std::u32string_view kClosers = U"\"')]}\u00BB\u2019\u201D\u203A\u3009\u300B\u300D\u300F\u3011\uFF09\uFF3D";
// What may stand before the first word of a sentence.
constexpr std::u32string_view kOpeners = U"\"'([{/\u00AB\u2018\u201C\u2039\u3008\u300A\u300C\u300E\u3010\uFF08\uFF3B";

bool is_terminator(char32_t c) { return kTerminators.find(c) != kTerminators.npos; }
bool is_closer(char32_t c) { return kClosers.find(c) != kClosers.npos; }

// Letters with a full stop behind each: "U.S", "e.g" (the last full stop is cut off).
bool is_dotted(std::string_view word) {
  if (word.size() < 3 || word.size() % 2 == 0) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if ((word[i] == '.') != (i % 2 == 1)) return false;
  }
  return true;
}

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::binary_search(words.begin(), words.end(), word);
}

bool starts_a_sentence(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && is_letter(text[size])) ++size;
  return text.substr(size, 1) == " " && is_one_of(kStarters, text.substr(0, size));
}

// Whether what ends, with its full stop, at `end` is an abbreviation that the sentence goes on behind, at `next`: in a
// list, an initial, or "U.S.".
bool ends_in_abbreviation(std::string_view text, std::size_t end, std::size_t next) {
  if (text[end - 1] != '.') return false;
  std::size_t begin = end - 1;
  while (begin > 0 && end - begin <= kLongestAbbreviation + 1 &&
         (is_letter(text[begin - 1]) || text[begin - 1] == '.')) {
    --begin;
  }
  const std::string_view word = text.substr(begin, end - 1 - begin);
  if (is_one_of(kTitles, word)) return true;
  if (is_one_of(kNumberAbbreviations, word)) return is_digit(text[next]);
  const bool initial = word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z' && word[0] != 'I';
  return (initial || is_dotted(word) || is_one_of(kAbbreviations, word)) && !starts_a_sentence(text.substr(next));
}

// ".NET", ".COM": a full stop, just before `end`, that a name starts with.
bool starts_name(std::string_view text, std::size_t end) {
  if (text[end - 1] != '.' || !(is_letter(text[end]) || is_digit(text[end]))) return false;
  if (end == 1) return true;
  const std::size_t before = code_point_start(text, end - 2);
  return skip_space(text, before) > before || kOpeners.find(code_point_at(text, before).value) != kOpeners.npos;
}

// "- ", "* ", "• ", "3. ", "12) ": the start of a list item.
bool starts_list_item(std::string_view text) {
  if (text.starts_with("- ") || text.starts_with("* ") || text.starts_with("\u2022")) return true;
  std::size_t digits = 0;
  while (digits < text.size() && digits < 3 && is_digit(text[digits])) ++digits;
  return digits > 0 && text.size() > digits + 1 && (text[digits] == '.' || text[digits] == ')') &&
         text[digits + 1] == ' ';
}

// ICU ends a sentence at every line break and knows no abbreviations; this takes back what it should not have said.
// `at` is below text.size().
bool is_sentence_end(std::string_view text, std::size_t at) {
  const std::size_t end = skip_space_back(text, 0, at);
  if (end == 0) return false;
  if (ends_in_abbreviation(text, end, at) || (end == at && starts_name(text, end))) return false;
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
    iterator.reset(icu::BreakIterator::createSentenceInstance(icu::Locale("en"), status));
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
