// Folding: what characters become, and where their bytes came from.
#include "analysis/normalizer.h"

#include <doctest/doctest.h>
#include <unicode/utf8.h>

#include <set>
#include <string>

#include "analysis/han_table.h"

namespace analysis = nutgraf::analysis;

namespace {

std::string folded(std::string_view text) {
  static analysis::Normalizer normalizer;
  analysis::FoldedText out;
  normalizer.normalize(text, out);
  return std::string(out.slice(0, out.size()));
}

std::string utf8(char32_t c) {
  char bytes[4];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(reinterpret_cast<std::uint8_t*>(bytes), length, static_cast<std::uint32_t>(c));
  return {bytes, static_cast<std::size_t>(length)};
}

}  // namespace

TEST_CASE("normalizer: characters") {
  CHECK(folded("Crème BRÛLÉE") == "creme brulee");
  CHECK(folded("Ærø Łódź Þór Đà İı ŒUVRE ßẞ") == "aero lodz thor da ii oeuvre ssss");
  CHECK(folded("Ελλάδα Ἀθῆναι") == "ελλαδα αθηναι");
  CHECK(folded("Ёлка й") == "елка й");
  CHECK(folded("“a” ‘b’ c’d") == std::string("\x1F") + "a\x1F 'b' c'd");
  CHECK(folded("a\u2010b\u2011c\u2013d\u2212e") == "a-b-c-d-e");
  CHECK(folded("ﬁ ｶﾞ Ⅳ ㎏") == "fi ガ iv kg");
  CHECK(folded("a\u00AD\u200B\u200D\uFEFF\u2060b") == "ab");
  CHECK(folded("\u00A0\u3000\u2009") == "   ");
  CHECK(folded("が か\u3099 각 \u1100\u1161\u11A8") == "が が 각 각");
  CHECK(folded("शक्ति") == "शक्ति");
  CHECK(folded("\u0301\u0301").empty());
  CHECK(folded("a\xC3") == "a\x1F");
  CHECK(folded("\xED\xA0\x80") == "\x1F\x1F\x1F");
}

TEST_CASE("normalizer: Traditional becomes Simplified") {
  CHECK(folded("騰訊控股發布財報，員工數減少") == folded("腾讯控股发布财报，员工数减少"));
  CHECK(analysis::han_pairs().size() > 2500);
  for (const analysis::HanPair& pair : analysis::han_pairs()) {
    CHECK(analysis::simplified(pair.simplified) == pair.simplified);
  }
}

TEST_CASE("normalizer: folding what is folded changes nothing") {
  std::set<std::string> broken;
  for (char32_t c = 1; c < 0x30000; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const std::string once = folded(utf8(c));
    if (folded(once) != once) broken.insert(utf8(c) + " > " + once + " > " + folded(once));
  }
  for (const std::string& line : broken) MESSAGE(line);
  CHECK(broken.empty());
}

TEST_CASE("normalizer: the way back to the original") {
  analysis::Normalizer normalizer;
  analysis::FoldedText out;
  normalizer.normalize("aﬁe\u0301\u00AD腾", out);
  REQUIRE(out.slice(0, out.size()) == "afie腾");
  CHECK(out.begin_of(0) == 0);
  CHECK(out.end_of(0) == 1);
  CHECK(out.begin_of(1) == 1);
  CHECK(out.end_of(1) == 4);
  CHECK(out.begin_of(2) == 1);
  CHECK(out.begin_of(3) == 4);
  CHECK(out.end_of(3) == 7);
  CHECK(out.begin_of(4) == 9);
  CHECK(out.end_of(6) == 12);
  CHECK(out.kinds()[4] == analysis::Kind::cjk);
  CHECK(out.kinds()[6] == analysis::Kind::tail);
}

TEST_CASE("normalizer: plain words") {
  for (const char* word : {"company", "компания", "हिन्दी", "ελλαδα"}) CHECK(analysis::Normalizer::is_plain_word(word));
  for (const char* word : {"", "r1", "don't", "腾讯", "u.s", "a b", "\xFF", "c++"})
    CHECK_FALSE(analysis::Normalizer::is_plain_word(word));
}
