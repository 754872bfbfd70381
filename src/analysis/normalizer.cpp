#include "analysis/normalizer.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "analysis/han_table.h"

namespace nutgraf::analysis {
namespace {

constexpr char32_t kBreak = 0x1F;          // stands for what separates without being a space
constexpr std::size_t kClusterLimit = 32;  // code points that are composed together; more are no text

/// ICU's normalisers live as long as the process.
const icu::Normalizer2& normalizer(const icu::Normalizer2* (*get)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const found = get(status);
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU: ") + u_errorName(status));
  return *found;
}

const icu::Normalizer2& nfkc() {
  static const icu::Normalizer2& instance = normalizer(&icu::Normalizer2::getNFKCInstance);
  return instance;
}
const icu::Normalizer2& nfkc_casefold() {
  static const icu::Normalizer2& instance = normalizer(&icu::Normalizer2::getNFKCCasefoldInstance);
  return instance;
}
const icu::Normalizer2& nfd() {
  static const icu::Normalizer2& instance = normalizer(&icu::Normalizer2::getNFDInstance);
  return instance;
}

UScriptCode script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status);
}

/// Punctuation that is one thing to a reader and several to Unicode; 0 where there is nothing to replace.
char32_t plain_punctuation(char32_t c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x02BC:
    case 0x02BB:
    case 0x00B4: return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2212: return '-';
    case 0xFF0C: return kBreak;  // a Chinese comma never groups digits
    case 0x2122:
    case 0x2120: return kBreak;  // (tm), (sm): NFKC would glue letters to the word
    default: return 0;
  }
}

/// Letters that Unicode does not decompose but readers type without their stroke; null where there is nothing.
const char* plain_letters(char32_t c) {
  switch (c) {
    case 0x00E6: return "ae";
    case 0x00F0:
    case 0x0111: return "d";
    case 0x00F8: return "o";
    case 0x00FE: return "th";
    case 0x0127: return "h";
    case 0x0131: return "i";
    case 0x0142: return "l";
    case 0x0153: return "oe";
    case 0x0167: return "t";
    default: return nullptr;
  }
}

bool loses_accents(char32_t base) {
  const UScriptCode script = script_of(base);
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC;
}

bool is_mark(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }

Kind kind_of(char32_t c) {
  if (c < 128) return kAsciiKinds[c];
  const std::uint32_t category = U_GET_GC_MASK(static_cast<UChar32>(c));
  if ((category & U_GC_SC_MASK) != 0) return Kind::currency;
  if ((category & U_GC_ZS_MASK) != 0) return Kind::space;
  if ((category & (U_GC_L_MASK | U_GC_NL_MASK)) == 0) return Kind::separator;
  if (c == 0x30FC) return Kind::cjk;  // the prolonged sound mark is of no one script
  switch (script_of(c)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO: return Kind::cjk;
    default: return Kind::letter;
  }
}

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

std::size_t ascii_run_end(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  while (at + 8 <= text.size()) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    if ((word & kHighBits) != 0) break;
    at += 8;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 128) ++at;
  return at;
}

/// The code point at `at`, which moves behind it; negative where the bytes are not UTF-8 (then `at` moves on, too).
UChar32 next_code_point(std::string_view text, std::size_t& at) {
  // Four bytes always suffice, and ICU counts in 32-bit numbers.
  const auto length = static_cast<std::int32_t>(std::min<std::size_t>(4, text.size() - at));
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data()) + at;
  std::int32_t used = 0;
  UChar32 c;
  U8_NEXT(bytes, used, length, c);
  at += static_cast<std::size_t>(used);
  return c;
}

}  // namespace

Normalizer::Normalizer() : pages_(0x1100) {}
Normalizer::~Normalizer() = default;

void Normalizer::normalize(std::string_view text, FoldedText& out, Path path) {
  if (path == Path::automatic && ascii_run_end(text, 0) == text.size()) {
    normalize_ascii(text, out);
  } else {
    normalize_general(text, out);
  }
}

void Normalizer::normalize_ascii(std::string_view text, FoldedText& out) const {
  out.reset_identity(text.size());
  char* const folded = out.mutable_data();
  Kind* const kinds = out.mutable_kinds();
  for (std::size_t i = 0; i < text.size(); ++i) folded[i] = lower_ascii(text[i]);
  for (std::size_t i = 0; i < text.size(); ++i) kinds[i] = kAsciiKinds[static_cast<unsigned char>(text[i])];
}

void Normalizer::normalize_general(std::string_view text, FoldedText& out) {
  out.reset_mapped(text.size() + FoldedText::kPadding);
  std::size_t at = 0;
  std::size_t previous = 0;         // where the character before `at` begins...
  std::size_t previous_folded = 0;  // ...and what was folded before it
  while (at < text.size()) {
    if (const std::size_t end = ascii_run_end(text, at); end > at) {
      append_ascii(text, at, end, out);
      previous = end - 1;
      previous_folded = out.appended() - 1;
      at = end;
      continue;
    }
    const std::size_t begin = at;
    const UChar32 c = next_code_point(text, at);
    if (c >= 0 && begin > 0 && folding_of(static_cast<char32_t>(c)).composes) {
      out.truncate(previous_folded);
      at = append_cluster(text, previous, at, out);
      previous = at;  // what is left of an endless cluster starts anew
      previous_folded = out.appended();
      continue;
    }
    previous = begin;
    previous_folded = out.appended();
    append(c < 0 ? kBreak : static_cast<char32_t>(c), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at),
           out);
  }
  out.finish();
}

void Normalizer::append_ascii(std::string_view text, std::size_t from, std::size_t to, FoldedText& out) const {
  for (std::size_t i = from; i < to; ++i) {
    const char folded = lower_ascii(text[i]);
    const auto begin = static_cast<std::uint32_t>(i);
    out.append({&folded, 1}, kAsciiKinds[static_cast<unsigned char>(folded)], begin, begin + 1);
  }
}

/// Composes the character at `begin` with the run of marks behind it, of which the first ends at `next`, and appends
/// what they fold to. Gives the end of the run.
std::size_t Normalizer::append_cluster(std::string_view text, std::size_t begin, std::size_t next, FoldedText& out) {
  icu::UnicodeString cluster;
  for (std::size_t at = begin; at < next;) {
    const UChar32 c = next_code_point(text, at);
    cluster.append(c < 0 ? static_cast<UChar32>(kBreak) : c);
  }
  for (std::size_t count = 2; next < text.size() && count < kClusterLimit; ++count) {
    std::size_t end = next;
    const UChar32 c = next_code_point(text, end);
    if (c < 0 || !folding_of(static_cast<char32_t>(c)).composes) break;
    cluster.append(c);
    next = end;
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString composed = nfkc().normalize(cluster, status);
  for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
    append(static_cast<char32_t>(composed.char32At(i)), static_cast<std::uint32_t>(begin),
           static_cast<std::uint32_t>(next), out);
  }
  return next;
}

void Normalizer::append(char32_t code_point, std::uint32_t begin, std::uint32_t end, FoldedText& out) {
  const Folding folding = folding_of(code_point);
  if (folding.count == 0 && is_mark(code_point)) out.extend_last(begin, end);
  if (folding.own_number && out.last_kind() == Kind::digit) out.append("\x1F", Kind::separator, begin, end);
  for (std::uint32_t i = 0; i < folding.count; ++i) {
    const Character& character = characters_[folding.first + i];
    if (character.mark && out.last_kind() != Kind::letter) continue;
    out.append({character.bytes.data(), character.length}, character.kind, begin, end);
  }
}

const Normalizer::Folding& Normalizer::folding_of(char32_t code_point) {
  std::unique_ptr<Page>& page = pages_[code_point >> 8U];
  if (!page) page = std::make_unique<Page>();
  Folding& folding = (*page)[code_point & 0xFFU];
  if (!folding.known) folding = make_folding(code_point);
  return folding;
}

Normalizer::Folding Normalizer::make_folding(char32_t code_point) {
  Folding folding;
  folding.known = true;
  folding.first = static_cast<std::uint32_t>(characters_.size());
  if (const char32_t plain = plain_punctuation(code_point); plain != 0) {
    add_character(plain, kind_of(plain), false);
  } else {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString folded =
        nfkc_casefold().normalize(icu::UnicodeString(static_cast<UChar32>(code_point)), status);
    for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
      add_folded(static_cast<char32_t>(folded.char32At(i)));
    }
    folding.composes = nfkc().hasBoundaryBefore(static_cast<UChar32>(code_point)) == 0;
  }
  folding.count = static_cast<std::uint8_t>(characters_.size() - folding.first);
  folding.own_number = folding.count > 0 && characters_[folding.first].kind == Kind::digit &&
                       u_charType(static_cast<UChar32>(code_point)) != U_DECIMAL_DIGIT_NUMBER;
  return folding;
}

/// Adds what a character of NFKC text in lower case folds to.
void Normalizer::add_folded(char32_t c) {
  if (c < 128) return add_character(c == 0 ? kBreak : c, kAsciiKinds[c], false);
  if (const char32_t plain = plain_punctuation(c); plain != 0) return add_character(plain, kind_of(plain), false);
  if (const char* letters = plain_letters(c); letters != nullptr) {
    for (; *letters != 0; ++letters) add_character(static_cast<char32_t>(*letters), Kind::letter, false);
    return;
  }
  if (const std::int32_t digit = u_charDigitValue(static_cast<UChar32>(c));
      digit >= 0 && u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER) {
    return add_character(static_cast<char32_t>('0' + digit), Kind::digit, false);
  }
  if (is_mark(c)) {
    const UScriptCode script = script_of(c);
    if (script != USCRIPT_INHERITED && script != USCRIPT_COMMON) add_character(c, Kind::letter, true);
    return;
  }
  icu::UnicodeString parts;
  // Cyrillic short i is a letter of its own, on which the Russian stemmer's endings rest.
  if (c != 0x0439 && nfd().getDecomposition(static_cast<UChar32>(c), parts) != 0 &&
      loses_accents(static_cast<char32_t>(parts.char32At(0)))) {
    for (std::int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
      const auto part = static_cast<char32_t>(parts.char32At(i));
      if (!is_mark(part)) add_folded(part);
    }
    return;
  }
  const char32_t folded = simplified(c);
  const Kind kind = kind_of(folded);
  add_character(kind == Kind::separator ? kBreak : kind == Kind::space ? U' ' : folded, kind, false);
}

void Normalizer::add_character(char32_t c, Kind kind, bool mark) {
  Character character{{}, 0, kind, mark};
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(reinterpret_cast<std::uint8_t*>(character.bytes.data()), length, static_cast<std::uint32_t>(c));
  character.length = static_cast<std::uint8_t>(length);
  characters_.push_back(character);
}

bool Normalizer::is_plain_word(std::string_view surface) {
  for (std::size_t at = 0; at < surface.size();) {
    const UChar32 c = next_code_point(surface, at);
    if (c < 0) return false;
    const auto code_point = static_cast<char32_t>(c);
    if (kind_of(code_point) != Kind::letter && !(at > 1 && is_mark(code_point))) return false;
  }
  return !surface.empty();
}

char32_t simplified(char32_t character) {
  const auto pairs = han_pairs();
  const auto found = std::lower_bound(pairs.begin(), pairs.end(), character,
                                      [](const HanPair& pair, char32_t c) { return pair.traditional < c; });
  return found != pairs.end() && found->traditional == character ? found->simplified : character;
}

}  // namespace nutgraf::analysis
