// Which language a text is in: CLD2, and the script where CLD2 has too little to go on.
#include <cstdio>  // CLD2's header uses FILE without including it

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "nutgraf/analyzer.h"

namespace nutgraf {
namespace {

constexpr std::size_t kLooksAt = 4096;  // bytes; more changes nothing

/// Up to kLooksAt bytes, cut between code points.
std::string_view beginning(std::string_view text) {
  std::size_t size = std::min(text.size(), kLooksAt);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return text.substr(0, size);
}

/// Chinese, Japanese or Korean by their characters; "und" where other letters are the most.
std::string by_script(std::string_view text) {
  std::size_t han = 0, kana = 0, hangul = 0, other = 0;
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 c;
    U8_NEXT(bytes, at, size, c);
    UErrorCode status = U_ZERO_ERROR;
    switch (c < 0 ? USCRIPT_COMMON : uscript_getScript(c, &status)) {
      case USCRIPT_HAN: ++han; break;
      case USCRIPT_HIRAGANA: case USCRIPT_KATAKANA: ++kana; break;
      case USCRIPT_HANGUL: ++hangul; break;
      case USCRIPT_COMMON: case USCRIPT_INHERITED: break;
      default: ++other;
    }
  }
  // A CJK character says about as much as a Latin word of four letters.
  if ((han + kana + hangul) * 4 <= other || han + kana + hangul < 2) return "und";
  if (hangul > han + kana) return "ko";
  return kana * 10 > han ? "ja" : "zh";
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
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE) return by_script(text);
  const std::string code = iso_639_1(CLD2::LanguageCode(language));
  return code == "un" || code.size() != 2 ? by_script(text) : code;
}

}  // namespace nutgraf
