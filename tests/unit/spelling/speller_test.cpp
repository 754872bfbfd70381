#include <doctest/doctest.h>

#include <algorithm>

#include "nutgraf/error.h"
#include "nutgraf/index.h"
#include "nutgraf/spelling.h"
#include "support/temp_folder.h"

using namespace nutgraf;
using nutgraf::test::TempFolder;
namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

std::string repeated(const char* word, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += std::string(word) + (i % 8 == 7 ? ". " : " ");
  return text;
}

// An index of a few words, some of them frequent.
struct WordIndex {
  TempFolder folder;
  fs::path path = folder / "index";

  WordIndex() {
    write(
        "a.txt",
        repeated("market", 40) + repeated("technology", 20) + repeated("committee", 5) + repeated("marker", 2) +
            "DeepSeek Doubao Doubao état don't stale GPT-4o GPT-4o GPT-3 chips chip 腾讯控股 腾讯元宝 512 U.S. AT&T.");
  }

  void write(const char* name, const std::string& text) {
    folder.write(std::string("news/") + name, text);
    ArticleReader reader({folder / "news"}, {});
    (void)index_batch(path, reader, {});
  }

  [[nodiscard]] Words corrected(std::string_view word, std::size_t limit = 1) const {
    Words words;
    for (const auto& correction : Speller(path).corrections(word, limit)) words.push_back(correction.word);
    return words;
  }

  [[nodiscard]] Words completed(std::string_view prefix, std::size_t limit = 10) const {
    Words words;
    for (const auto& completion : suggest(path, prefix, limit)) words.push_back(completion.word);
    return words;
  }
};

}  // namespace

TEST_CASE("speller: corrects what is misspelt") {
  const WordIndex index;
  CHECK(index.corrected("makret") == Words{"market"});
  CHECK(index.corrected("Tehcnology") == Words{"technology"});
  CHECK(index.corrected("comitee") == Words{"committee"});
  CHECK(index.corrected("DEEPSEKE") == Words{"deepseek"});
  CHECK(index.corrected("dont") == Words{"don't"});
  CHECK(index.corrected("étta") == Words{"etat"});
  const auto best = Speller(index.path).corrections("markte", 5);
  REQUIRE(best.size() >= 2);
  CHECK(best[0].word == "market");
  CHECK(best[0].distance == 1);
  CHECK(best[0].count == 40);
  CHECK(best[1].word == "marker");
  CHECK(best[0].score > best[1].score);
  CHECK(index.corrected("markte", 1).size() == 1);
}

TEST_CASE("speller: leaves alone what is known, and what is no plain word") {
  const WordIndex index;
  for (const char* word :
       {"market", "Market", "marker", "État", "513",         "$512",      "gpt4p", "gpt-4p", "4o",       "u.d",
        "at&r",   "腾迅",   "騰迅",   "ma",   "chipmarketz", "two words", "",      " ",      "\xFF\xFE", "!"}) {
    CAPTURE(word);
    CHECK(index.corrected(word).empty());
  }
}

TEST_CASE("speller: short words") {
  const WordIndex index;
  CHECK(index.corrected("ch").empty());
  CHECK(index.corrected("hip") == Words{"chip"});
  CHECK(index.corrected("hop").empty());  // two edits in three letters
  CHECK(index.corrected("chpis") == Words{"chips"});
}

TEST_CASE("speller: words that cannot be found are not suggested") {
  const WordIndex index;
  const Speller speller(index.path, [](std::string_view word) { return word != "market"; });
  CHECK(speller.corrections("makret", 1).front().word == "marker");
  CHECK_FALSE(speller.knows("market"));
  CHECK(speller.knows("Marker"));
  CHECK(speller.corrections("market", 1).front().word == "marker");  // in the list, but not to be found
  CHECK(speller.completions("mark", 5).size() == 1);
}

TEST_CASE("speller: extra words") {
  const WordIndex index;
  const Speller speller(index.path, {}, {{"ByteDance", 50}, {"Market", 3}, {"Markka", 1}, {"two words", 9}});
  CHECK(speller.knows("bytedance"));
  CHECK(speller.corrections("bytdance", 1).front().word == "bytedance");
  CHECK(speller.corrections("makret", 1).front().count == 43);
  CHECK(speller.completions("byte", 3).front().count == 50);
  const auto completions = speller.completions("mark", 5);  // one of a word that both lists have
  REQUIRE(completions.size() == 3);
  CHECK(completions[0].word == "market");
  CHECK(completions[0].count == 43);
  CHECK(completions[1].word == "marker");
  CHECK(completions[2].word == "markka");
}

TEST_CASE("speller: completes prefixes, most frequent words first") {
  const WordIndex index;
  CHECK(index.completed("mark") == Words{"market", "marker"});
  CHECK(index.completed("Mark", 1) == Words{"market"});
  CHECK(index.completed("d") == Words{"doubao", "deepseek", "don't"});
  CHECK(index.completed("GPT-") == Words{"gpt", "gpt4o", "gpt3"});
  CHECK(index.completed("gpt-4") == Words{"gpt4o"});
  CHECK(index.completed("GPT4") == Words{"gpt4o"});
  CHECK(index.completed("éta") == Words{"etat"});
  CHECK(index.completed("腾") == Words{"腾讯"});
  for (const char* prefix : {"", " ", "zzz", "512", "two words", "腾讯"}) {
    CAPTURE(prefix);
    CHECK(index.completed(prefix).empty());
  }
}

TEST_CASE("speller: follows the index") {
  WordIndex index;
  index.write("b.txt", "Shanghai Shanghai Guangdong.");
  CHECK(index.corrected("shangahi") == Words{"shanghai"});
  CHECK(index.completed("sta") == Words{"stale"});
  index.write("a.txt", "Another text, without it.");
  CHECK(index.completed("sta").empty());
  CHECK(index.completed("an") == Words{"another"});
}

TEST_CASE("speller: no word list, no suggestions; no index, an error") {
  const WordIndex index;
  fs::remove(index.path / "gen-0001" / "words");
  CHECK(index.corrected("makret").empty());
  CHECK(index.completed("mark").empty());
  CHECK_THROWS_AS(Speller(index.folder / "nowhere"), Error);
  CHECK_THROWS_AS((void)suggest(index.folder / "nowhere", "a", 1), Error);
}
