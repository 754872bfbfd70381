// Build tool: prints the C++ source of the Traditional to Simplified table, from ICU's transliterator.
#include <unicode/translit.h>
#include <unicode/uscript.h>

#include <cstdio>
#include <memory>

namespace {

/// What a single character becomes; the character itself unless that is another single character.
UChar32 transliterated(const icu::Transliterator& rules, UChar32 character) {
  icu::UnicodeString text(character);
  rules.transliterate(text);
  return text.countChar32() == 1 ? text.char32At(0) : character;
}

/// Follows chains to their end, so that folding what is folded changes nothing.
UChar32 simplified(const icu::Transliterator& rules, UChar32 character) {
  UChar32 now = character;
  for (int step = 0; step < 4; ++step) {
    const UChar32 next = transliterated(rules, now);
    if (next == now) break;
    now = next;
  }
  return now;
}

}  // namespace

int main() {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> rules(
      icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
  if (U_FAILURE(status)) {
    std::fprintf(stderr, "ICU has no Traditional-Simplified transliterator: %s\n", u_errorName(status));
    return 1;
  }
  std::puts(
      "#include \"analysis/han_table.h\"\n\nnamespace nutgraf::analysis {\nnamespace {\n\nconstexpr HanPair kPairs[] = "
      "{");
  for (UChar32 c = 0x2E80; c <= 0x3FFFF; ++c) {
    if (uscript_getScript(c, &status) != USCRIPT_HAN) continue;
    const UChar32 to = simplified(*rules, c);
    if (to != c) std::printf("    {0x%X, 0x%X},\n", static_cast<unsigned>(c), static_cast<unsigned>(to));
  }
  std::puts(
      "};\n\n}  // namespace\n\nstd::span<const HanPair> han_pairs() { return kPairs; }\n\n}  // namespace "
      "nutgraf::analysis");
  return 0;
}
