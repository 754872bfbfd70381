// Which language a text is in: CLD2, a quick way for plain English, and the script where CLD2 has too little to go on.
// clang-format off
#include <cstdio>  // first: CLD2's header uses FILE without including it
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
// clang-format on

#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "nutgraf/analyzer.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

constexpr std::size_t kLooksAt = 2048;  // bytes; more changes nothing

/// The letters of an ASCII word of up to eight, in lower case.
constexpr std::uint64_t folded(std::string_view word) {
  std::uint64_t letters = 0;
  for (const char c : word) letters = letters << 8U | static_cast<unsigned char>(c | 0x20);
  return letters;
}

/// Frequent in any English prose, and words of no other language that is written in ASCII.
constexpr std::array kEnglishWords{folded("and"),   folded("from"), folded("have"), folded("said"),
                                   folded("that"),  folded("the"),  folded("this"), folded("were"),
                                   folded("which"), folded("with"), folded("would")};

bool is_english_word(std::string_view word) {
  return word.size() >= 3 && word.size() <= 5 &&
         std::find(kEnglishWords.begin(), kEnglishWords.end(), folded(word)) != kEnglishWords.end();
}

/// Up to kLooksAt bytes, cut between code points.
std::string_view beginning(std::string_view text) {
  std::size_t size = std::min(text.size(), kLooksAt);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return text.substr(0, size);
}

/// Plain English prose, told by its function words: it is most of what news collections hold, and CLD2 takes longer
/// to say so than the rest of the analysis takes.
bool is_plain_english(std::string_view text) {
  if (skip_ascii(text, 0) != text.size()) return false;
  constexpr std::size_t kFewest = 3, kShare = 16;
  std::size_t words = 0, english = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t begin = at;
    while (at < text.size() && is_letter(text[at])) ++at;
    if (at == begin) continue;
    ++words;
    if (!is_english_word(text.substr(begin, at - begin))) continue;
    ++english;
    // Enough, even if a word began with every second byte that is left.
    const std::size_t most = words + (text.size() - at) / 2;
    if (english >= kFewest && english * kShare >= most) return true;
  }
  return english >= kFewest && english * kShare >= words;
}

struct Letters {
  std::size_t han = 0, kana = 0, hangul = 0, latin = 0, other = 0;
  [[nodiscard]] std::size_t cjk() const { return han + kana + hangul; }
};

Letters count_letters(std::string_view text) {
  Letters letters;
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    if (bytes[at] < 0x80) {
      if (is_letter(text[static_cast<std::size_t>(at)])) ++letters.latin;
      ++at;
      continue;
    }
    UChar32 c;
    U8_NEXT(bytes, at, size, c);
    UErrorCode status = U_ZERO_ERROR;
    switch (c < 0 ? USCRIPT_COMMON : uscript_getScript(c, &status)) {
      case USCRIPT_HAN: ++letters.han; break;
      case USCRIPT_HIRAGANA:
      case USCRIPT_KATAKANA: ++letters.kana; break;
      case USCRIPT_HANGUL: ++letters.hangul; break;
      case USCRIPT_LATIN: ++letters.latin; break;
      case USCRIPT_COMMON:
      case USCRIPT_INHERITED: break;
      default: ++letters.other;
    }
  }
  return letters;
}

/// Chinese, Japanese or Korean by their characters; "und" where other letters are the most.
std::string by_script(const Letters& letters) {
  // A CJK character says about as much as a Latin word of four letters.
  if (letters.cjk() * 4 <= letters.latin + letters.other || letters.cjk() < 2) return "und";
  if (letters.hangul > letters.han + letters.kana) return "ko";
  return letters.kana * 10 > letters.han ? "ja" : "zh";
}

/// Whether a verdict rests on enough text. Headlines full of names pass for any language in Latin letters, and CLD2
/// calls that reliable.
bool is_enough(std::string_view language, const Letters& letters) {
  constexpr std::array<std::string_view, 18> kWidespread{"ca", "cs", "da", "de", "es", "fi", "fr", "hu", "id",
                                                         "it", "nl", "no", "pl", "pt", "ro", "sv", "tr", "vi"};
  if (language == "en" || letters.latin < letters.cjk() + letters.other) return true;
  const bool widespread = std::binary_search(kWidespread.begin(), kWidespread.end(), language);
  return letters.latin >= (widespread ? 80U : 300U);
}

std::string iso_639_1(std::string_view code) {
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "nb") return "no";
  return std::string(code.substr(0, code.find('-')));
}

}  // namespace

std::string Analyzer::detect_language(std::string_view text) {
  text = beginning(text);
  if (is_plain_english(text)) return "en";
  CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  int text_bytes = 0;
  int valid_prefix = 0;
  bool reliable = false;
  const CLD2::Language language = CLD2::ExtDetectLanguageSummaryCheckUTF8(
      text.data(), static_cast<int>(text.size()), true, &hints, 0, languages.data(), percents.data(), scores.data(),
      nullptr, &text_bytes, &reliable, &valid_prefix);
  const Letters letters = count_letters(text);
  const std::string code = iso_639_1(CLD2::LanguageCode(language));
  const bool answered = reliable && code.size() == 2 && code != "un" && is_enough(code, letters);
  const bool japanese_without_kana = code == "ja" && letters.kana == 0;
  return answered && !japanese_without_kana ? code : by_script(letters);
}

}  // namespace nutgraf
