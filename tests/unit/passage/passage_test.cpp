#include "nutgraf/passage.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "passage/words.h"
#include "text/utf8.h"

using namespace nutgraf;

namespace {

std::string words(std::size_t count, const std::string& word = "word") {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? " " : "") + word;
  return text;
}

// Sentences of ten words, told apart by a number.
std::string sentences(std::size_t count, int seed = 0) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ' ';
    text.append("Sentence ").append(std::to_string(seed * 1000 + static_cast<int>(i)));
    text.append(" ").append(words(8)).append(".");
  }
  return text;
}

class Builder {
 public:
  Builder& paragraph(const std::string& text) { return add(BlockKind::paragraph, text); }
  Builder& heading(const std::string& text) { return add(BlockKind::heading, text); }
  Builder& boilerplate(const std::string& text) {
    article_.text += text + "\n";
    return *this;
  }
  [[nodiscard]] Article article() const {
    Article article = article_;
    article.line_starts = line_starts_of(article.text);
    return article;
  }

 private:
  Builder& add(BlockKind kind, const std::string& text) {
    const std::size_t begin = article_.text.size();
    article_.text += text + "\n";
    article_.blocks.push_back({kind, {begin, begin + text.size()}});
    return *this;
  }
  Article article_;
};

std::string text_of(const Article& article, const Passage& passage) {
  return article.text.substr(passage.text.begin, passage.text.size());
}

std::vector<std::string> texts_of(const Article& article) {
  std::vector<std::string> texts;
  for (const Passage& passage : split_into_passages(article)) texts.push_back(text_of(article, passage));
  return texts;
}

std::vector<std::size_t> lengths_of(const Article& article) {
  std::vector<std::size_t> lengths;
  for (const std::string& text : texts_of(article)) lengths.push_back(length_of(text) / kWord);
  return lengths;
}

using Lengths = std::vector<std::size_t>;

// What holds for every article: see the header.
void check_properties(const Article& article) {
  const std::vector<Passage> passages = split_into_passages(article);
  std::size_t last = 0;
  std::size_t covered = 0;
  for (std::size_t i = 0; i < passages.size(); ++i) {
    const Passage& p = passages[i];
    CHECK(p.ordinal == i + 1);
    CHECK(p.text.begin >= last);
    CHECK(p.text.begin < p.text.end);
    CHECK(starts_code_point(article.text, p.text.begin));
    CHECK(starts_code_point(article.text, p.text.end));
    CHECK(skip_space(article.text, p.text.begin) == p.text.begin);
    CHECK(skip_space_back(article.text, 0, p.text.end) == p.text.end);
    CHECK(length_of(text_of(article, p)) <= 240 * kWord);
    CHECK(p.bytes == origin_of(article, p.text));
    CHECK(p.lines == lines_of(article, p.bytes));
    last = p.text.end;
  }
  std::size_t next = 0;
  for (const Block& block : article.blocks) {
    for (std::size_t at = block.text.begin; at < block.text.end; ++at) {
      while (next < passages.size() && passages[next].text.end <= at) ++next;
      const bool inside = next < passages.size() && passages[next].text.begin <= at;
      const std::size_t c = code_point_start(article.text, at);
      if (block.kind == BlockKind::heading) {
        CHECK_FALSE(inside);
      } else if (!is_space(code_point_at(article.text, c).value)) {
        covered += inside ? 0 : 1;
      }
    }
  }
  CHECK(covered == 0);
}

}  // namespace

TEST_CASE("passage: an article without a paragraph has none") {
  CHECK(split_into_passages({}).empty());
  CHECK(split_into_passages(Builder().heading("Title").article()).empty());
}

TEST_CASE("passage: a short article is one passage") {
  const Article article = Builder().paragraph("One.").paragraph("Two.").article();
  const auto passages = split_into_passages(article);
  REQUIRE(passages.size() == 1);
  CHECK(text_of(article, passages[0]) == "One.\nTwo.");
  CHECK(passages[0].ordinal == 1);
  CHECK(passages[0].heading.empty());
  CHECK(passages[0].lines == LineRange{1, 2});
}

TEST_CASE("passage: short paragraphs are joined, long ones cut at sentence ends into near-equal parts") {
  CHECK(lengths_of(
            Builder().paragraph(words(50)).paragraph(words(60)).paragraph(words(55)).paragraph(words(65)).article()) ==
        Lengths{110, 120});
  const Article article = Builder().paragraph(sentences(36)).article();
  CHECK(lengths_of(article) == Lengths{120, 120, 120});
  for (const std::string& text : texts_of(article)) {
    CHECK(text.starts_with("Sentence"));
    CHECK(text.ends_with('.'));
  }
  CHECK(lengths_of(Builder().paragraph(sentences(25)).article()) == Lengths{130, 120});
}

TEST_CASE("passage: a paragraph that fits stays whole unless a crumb would be left") {
  CHECK(lengths_of(Builder().paragraph(sentences(20)).article()) == Lengths{200});
  CHECK(lengths_of(Builder().paragraph(sentences(20)).paragraph(sentences(20)).article()) == Lengths{200, 200});
  CHECK(lengths_of(Builder().paragraph(sentences(20)).paragraph(sentences(3)).article()) == Lengths{120, 110});
  CHECK(lengths_of(Builder().paragraph(sentences(12)).paragraph(sentences(3)).article()) == Lengths{150});
}

TEST_CASE("passage: never across a heading, and named after the nearest one") {
  const Article article = Builder()
                              .paragraph("Lead.")
                              .heading("Part")
                              .heading("Section")
                              .paragraph("One.")
                              .paragraph("Two.")
                              .heading("End")
                              .paragraph("Three.")
                              .article();
  const auto passages = split_into_passages(article);
  REQUIRE(passages.size() == 3);
  CHECK(passages[0].heading.empty());
  CHECK(passages[1].heading == "Section");
  CHECK(text_of(article, passages[1]) == "One.\nTwo.");
  CHECK(passages[2].heading == "End");
}

TEST_CASE("passage: never across boilerplate") {
  CHECK(texts_of(Builder().paragraph("One.").boilerplate("Share this").paragraph("Two.").article()) ==
        std::vector<std::string>{"One.", "Two."});
  CHECK(texts_of(Builder().paragraph("One.").boilerplate(" \t\u3000").paragraph("Two.").article()).size() == 1);
  CHECK(texts_of(Builder().boilerplate("Menu").paragraph("One.").article()) == std::vector<std::string>{"One."});
}

TEST_CASE("passage: Chinese is counted in characters and cut at its full stops") {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "腾讯控股今天发布了新的模型。";  // 13 characters
  const Article article = Builder().paragraph(text).article();
  const auto texts = texts_of(article);
  CHECK(texts.size() == 3);
  for (const std::string& t : texts) {
    CHECK(t.starts_with("腾讯"));
    CHECK(t.ends_with("。"));
    CHECK(t.size() / 3 >= 120);
    CHECK(t.size() / 3 <= 200);
  }
}

TEST_CASE("passage: a sentence that is too long is cut between words") {
  const Lengths two = lengths_of(Builder().paragraph(words(230)).article());
  REQUIRE(two.size() == 2);
  CHECK(two[0] + two[1] == 230);
  CHECK(std::max(two[0], two[1]) < 130);
  const auto texts = texts_of(Builder().paragraph(words(600)).article());
  for (const std::string& text : texts) {
    CHECK(text.starts_with("word"));
    CHECK(text.ends_with("word"));
    CHECK(text.size() < 160 * 5);
    CHECK(text.size() > 100 * 5);
  }
}

TEST_CASE("passage: a text whose paragraphs 2 to 7 are pasted again is cut alike both times") {
  Builder builder;
  builder.paragraph("The lead says it all in a sentence.");
  for (int copy = 0; copy < 2; ++copy) {
    for (int i = 0; i < 6; ++i) builder.paragraph(sentences(static_cast<std::size_t>(5 + i % 3), i));
  }
  const auto texts = texts_of(builder.article());
  REQUIRE(texts.size() % 2 == 1);
  const std::size_t half = texts.size() / 2;
  CHECK(half >= 2);
  CHECK(texts[0] == "The lead says it all in a sentence.");
  for (std::size_t i = 1; i <= half; ++i) CHECK(texts[i] == texts[i + half]);
}

TEST_CASE("passage: a whole text pasted twice, long paragraphs among it") {
  Builder builder;
  for (int copy = 0; copy < 2; ++copy)
    builder.paragraph(sentences(3)).paragraph(sentences(33, 1)).paragraph(sentences(7, 2));
  const auto texts = texts_of(builder.article());
  REQUIRE(texts.size() % 2 == 0);
  for (std::size_t i = 0; i < texts.size() / 2; ++i) CHECK(texts[i] == texts[i + texts.size() / 2]);
}

TEST_CASE("passage: a catch phrase that repeats forces no cut") {
  const Article article = Builder()
                              .paragraph(words(20, "a"))
                              .paragraph("Read more.")
                              .paragraph(words(20, "b"))
                              .paragraph("Read more.")
                              .article();
  CHECK(texts_of(article).size() == 1);
}

TEST_CASE("passage: one long paragraph said twice is cut off both times") {
  const std::string said = sentences(5, 9);
  const Article article =
      Builder().paragraph(sentences(5, 1)).paragraph(said).paragraph(sentences(5, 2)).paragraph(said).article();
  CHECK(texts_of(article) == std::vector<std::string>{sentences(5, 1), said, sentences(5, 2), said});
}

TEST_CASE("passage: bytes and lines lead to the source") {
  Article article = Builder().paragraph("One.").heading("H").paragraph("Two.").article();
  article.origin = {{0, 10}, {5, 40}, {7, 60}};
  article.origin_end = 64;
  article.line_starts = {0, 30, 50};
  const auto passages = split_into_passages(article);
  REQUIRE(passages.size() == 2);
  CHECK(passages[0].bytes == ByteRange{10, 14});
  CHECK(passages[0].lines == LineRange{1, 1});
  CHECK(passages[1].bytes == ByteRange{60, 64});
  CHECK(passages[1].lines == LineRange{3, 3});
}

TEST_CASE("passage: other sizes") {
  const Article article = Builder().paragraph(sentences(12)).article();
  CHECK(split_into_passages(article, {10, 30, 50}).size() == 4);
  CHECK_FALSE(split_into_passages(article, {0, 0, 0}).empty());
  CHECK_FALSE(split_into_passages(article, {500, 10, 1}).empty());
}

TEST_CASE("passage: what holds for every article holds for random ones") {
  std::uint32_t state = 1;
  const auto random = [&](std::uint32_t below) {
    state = state * 1664525 + 1013904223;
    return (state >> 8) % below;
  };
  const char* const pieces[] = {"word",
                                "Word.",
                                "U.S. ",
                                "\u817e\u8baf",
                                "\u3002",
                                "\U0001F600",
                                "\u201d",
                                "\n",
                                "\u00e9t\u00e9",
                                "!?",
                                "- item",
                                "\u3000",
                                "(",
                                "x1",
                                "\u0e44\u0e17\u0e22",
                                "."};
  for (int round = 0; round < 400; ++round) {
    Builder builder;
    const std::uint32_t blocks = random(12);
    for (std::uint32_t b = 0; b < blocks; ++b) {
      std::string text;
      const std::uint32_t size = random(4) == 0 ? random(1500) : random(60);
      for (std::uint32_t i = 0; i < size; ++i) {
        text += pieces[random(16)];
        if (random(3) != 0) text += ' ';
      }
      const std::size_t begin = skip_space(text, 0);
      text = text.substr(begin, skip_space_back(text, begin, text.size()) - begin);
      if (text.empty()) continue;
      switch (random(8)) {
        case 0: builder.heading(text); break;
        case 1: builder.boilerplate(text); break;
        case 2: builder.paragraph(text).paragraph(text); break;
        default: builder.paragraph(text);
      }
    }
    const Article article = builder.article();
    check_properties(article);
    CHECK(texts_of(article) == texts_of(article));
  }
}

TEST_CASE("passage: hostile sizes take linear time") {
  CHECK(split_into_passages(Builder().paragraph(std::string(30'000'000, 'x')).article()).size() > 4000);
  CHECK(split_into_passages(Builder().paragraph(words(2'000'000, "ab")).article()).size() > 10'000);
  std::string stops;
  for (int i = 0; i < 3'000'000; ++i) stops += "! ";
  CHECK_FALSE(split_into_passages(Builder().paragraph(stops + "x").article()).empty());
  Builder many;
  for (int i = 0; i < 200'000; ++i) many.paragraph(std::to_string(i % 7919));
  CHECK(split_into_passages(many.article()).size() > 1000);
}
