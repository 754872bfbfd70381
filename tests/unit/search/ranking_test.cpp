// The second stage: each rule alone on a tiny collection, and all of them against a scorer that is written anew here.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "index/live_index.h"
#include "index/terms.h"
#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

std::vector<Record> with_noise(std::vector<Record> records, int count = 40) {
  for (int i = 0; i < count; ++i)
    records.push_back(
        {"noise" + std::to_string(i), "", "Weather of day" + std::to_string(i) + " in the hills.", "", ""});
  return records;
}

// P + share A of every passage, from the stored texts: words of small letters and blanks only, each its own stem.
class BruteForce {
 public:
  explicit BruteForce(const std::filesystem::path& index) : live_(index) {
    live_.read([this](LiveIndex& view) {
      for (const auto first : view.articles()) {
        const ArticleRecord record = view.article(first);
        Text article{record.id, record.title_derived ? std::vector<std::string>() : words(record.title), {}};
        for (std::uint32_t i = 0; i < record.passages; ++i) {
          passages_.push_back({record.id + "#" + std::to_string(i + 1), article.title,
                               words(view.passage(first + i).passage.text), articles_.size()});
          article.body.insert(article.body.end(), passages_.back().body.begin(), passages_.back().body.end());
        }
        articles_.push_back(std::move(article));
      }
      return 0;
    });
  }

  [[nodiscard]] std::map<std::string, double> scores(const std::string& query, ResultUnit unit) const {
    std::map<std::string, double> scores;
    for (const Text& passage : passages_) {
      double p = 0, a = 0, said = 0, asked = 0;
      for (const auto& word : words(query)) {
        p += bm25(word, passage, passages_, 1.5, 0.5);
        a += bm25(word, articles_[passage.article], articles_, 1.2, 0.6);
        asked += idf(word, passages_);
        if (passage.tf(word) > 0) {
          said += (passage.tf(word) > (passage.has_in_title(word) ? 3 : 0) ? 1 : 0.5) * idf(word, passages_);
        }
      }
      const double share = unit == ResultUnit::article ? 1.5 : 1.5 * (0.3 + 0.7 * said / asked * said / asked);
      if (p > 0) scores[passage.id] = p + share * a;
    }
    return scores;
  }

 private:
  struct Text {
    std::string id;
    std::vector<std::string> title;
    std::vector<std::string> body;
    std::size_t article = 0;

    [[nodiscard]] double length() const { return static_cast<double>(3 * title.size() + body.size()); }
    [[nodiscard]] bool has_in_title(const std::string& word) const {
      return std::find(title.begin(), title.end(), word) != title.end();
    }
    [[nodiscard]] double tf(const std::string& word) const {
      return static_cast<double>(3 * std::count(title.begin(), title.end(), word) +
                                 std::count(body.begin(), body.end(), word));
    }
  };

  static std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> words{""};
    for (const char c : text) {
      if (c >= 'a' && c <= 'z') words.back() += c;
      if ((c < 'a' || c > 'z') && !words.back().empty()) words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
  }

  static double idf(const std::string& word, const std::vector<Text>& all) {
    double df = 0;
    for (const Text& text : all) df += text.tf(word) > 0 ? 1 : 0;
    return std::log(1 + (static_cast<double>(all.size()) - df + 0.5) / (df + 0.5));
  }

  // Stem and exact form have the same tf and df here: the word counts 1.2 times.
  static double bm25(const std::string& word, const Text& text, const std::vector<Text>& all, double k1, double b) {
    double length = 0;
    for (const Text& other : all) length += other.length();
    const double tf = text.tf(word), average = length / static_cast<double>(all.size());
    return 1.2 * idf(word, all) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * text.length() / average));
  }

  LiveIndex live_;
  std::vector<Text> passages_;
  std::vector<Text> articles_;
};

// Texts of short made-up words that no stemmer changes, some articles of several passages.
std::vector<Record> made_up_records(std::size_t count) {
  unsigned state = 7;
  const auto below = [&](unsigned n) {
    state = state * 1664525U + 1013904223U;
    return (state >> 8) % n;
  };
  const auto word = [&] {
    const unsigned number = std::min(below(60), below(60));
    return std::string{'z', static_cast<char>('b' + number % 12), 'o', static_cast<char>('k' + number / 12), 'o'};
  };
  std::vector<Record> records;
  for (std::size_t i = 0; i < count; ++i) {
    std::string title, text;
    for (unsigned k = below(4); k > 0; --k) title += word() + " ";
    for (unsigned k = 5 + below(400); k > 0; --k) text += word() + (below(15) == 0 ? ". " : " ");
    records.push_back({"r" + std::to_string(i), title, text + ".", "", ""});
  }
  return records;
}

}  // namespace

TEST_CASE("ranking: P and A are those of a scorer over the stored texts") {
  const SmallIndex index(made_up_records(60));
  const BruteForce brute_force(index.path());
  SearchRequest request;
  request.limit = 1000;
  request.explain = true;
  request.fold_duplicates = false;
  for (const std::string query : {"zboko", "zboko zcoko", "zboko zdolo zcoko zcoko", "zgomo zholo zboko"}) {
    for (const auto unit : {ResultUnit::passage, ResultUnit::article}) {
      CAPTURE(query);
      request.query = query;
      request.by = unit;
      const auto expected = brute_force.scores(query, unit);
      const auto response = index.search(request);
      CHECK(response.total.passages == expected.size());
      for (const auto& hit : response.hits) {
        REQUIRE(expected.contains(hit.passage.id));
        CHECK(hit.score - hit.explanation->neighbours == doctest::Approx(expected.at(hit.passage.id)).epsilon(1e-9));
      }
    }
  }
}

TEST_CASE("ranking: the same scores however the index grew, with a file of statistics and without it") {
  const auto records = made_up_records(80);
  BatchOptions large;
  large.small_batch_passages = 10;
  SmallIndex built(records, large);
  const SmallIndex counted(records);
  SmallIndex grown({records.begin(), records.begin() + 50}, large);
  auto old = records[60];
  old.text = "zboko zcoko and what was there before.";
  grown.add({old});
  grown.add({records.begin() + 40, records.end()});
  SmallIndex shrunk({records.rbegin(), records.rbegin() + 30});
  auto more = made_up_records(140);
  more.erase(more.begin(), more.begin() + 80);
  std::vector<std::string> ids;
  for (const auto& record : more) ids.push_back(record.id);
  shrunk.add(more);
  shrunk.add({records.begin(), records.end() - 30}, large);
  CHECK(remove_articles(shrunk.path(), ids).empty());
  SearchRequest request;
  request.limit = 500;
  for (const auto mode : {RankMode::fast, RankMode::standard, RankMode::thorough}) {
    for (const char* query : {"zboko", "zboko zcoko", "zdolo zgomo zholo zcoko"}) {
      CAPTURE(query);
      request.query = query;
      request.rank = mode;
      const auto expected = counted.search(request);
      for (const SmallIndex* other : {&built, &grown, &shrunk}) {
        const auto response = other->search(request);
        CHECK(passages(response) == passages(expected));
        for (std::size_t i = 0; i < std::min(response.hits.size(), expected.hits.size()); ++i)
          CHECK(response.hits[i].score == expected.hits[i].score);
      }
    }
  }
}

TEST_CASE("ranking: the form that was typed comes first") {
  const SmallIndex index(with_noise({{"a-other", "", "The bank is merging on Monday.", "", ""},
                                     {"b-typed", "", "The bank has merged on Monday.", "", ""},
                                     {"c-other", "", "The bank will merge on Monday.", "", ""}}));
  CHECK(articles(index.search("merging")).starts_with("a-other"));
  CHECK(articles(index.search("merge")).starts_with("c-other"));
}

TEST_CASE("ranking: what stands inside a longer term ranks, but does not match") {
  const SmallIndex index(with_noise({{"a-other", "", "A model named BERT was shown.", "", ""},
                                     {"b-part", "", "A model named GPT was shown.", "", ""},
                                     {"c-whole", "", "A model named GPT4o was shown.", "", ""}}));
  CHECK(articles(index.search("GPT-4o")) == "c-whole");
  CHECK(articles(index.search("GPT-4o model")) == "c-whole b-part a-other");
  SearchRequest request;
  request.query = "GPT-4o";
  request.explain = true;
  const auto words = index.search(request).hits[0].explanation->words;
  REQUIRE(words.size() == 5);
  CHECK(words[0].word == "gpt4o");
  CHECK(words[1].word == "gpt");
  CHECK(words[1].weight == 0.5);
  CHECK(words[2].exact);
}

TEST_CASE("ranking: a Chinese character alone counts a little") {
  const SmallIndex index({{"a", "", "公司在北方。", "", "", "zh"},
                          {"b", "", "公司在北京。", "", "", "zh"},
                          {"c", "", "公司在南方。", "", "", "zh"}});
  CHECK(articles(index.search("京北公司")) == "b a c");
}

TEST_CASE("ranking: an article gains by good articles that say the same") {
  std::vector<Record> records{{"lone", "", "Kimi reports on glaciers, moss and rain.", "", ""}};
  for (const char* more : {"today", "again", "indeed", "as well", "so far", "at last"}) {
    records.push_back({std::string("same ") + more, "",
                       "Kimi reports on tokens, prices, margins and models " + std::string(more) + ".", "", ""});
  }
  for (int i = 0; i < 4; ++i) {
    records.push_back({"weak" + std::to_string(i), "",
                       "Somewhere Kimi is named among word" + std::to_string(i) +
                           " and many others of a long list that goes on for a while.",
                       "", ""});
  }
  const SmallIndex index(with_noise(records));
  SearchRequest request;
  request.query = "Kimi";
  request.explain = true;
  request.fold_duplicates = false;
  const auto response = index.search(request);
  std::map<std::string, Explanation> explanations;
  for (const auto& hit : response.hits) explanations[hit.article.id] = *hit.explanation;
  const auto& lone = explanations["lone"];
  const auto& first = explanations["same today"];
  CHECK(lone.total - lone.neighbours > first.total - first.neighbours);  // it is shorter
  CHECK(first.neighbours > lone.neighbours);
  CHECK(first.total > lone.total);
  CHECK(explanations["weak0"].total < lone.total);
}

TEST_CASE("ranking: thorough, words that stand together as in the query come first") {
  const SmallIndex index(with_noise({{"a-apart", "", "The time of a bank and the sharing of it.", "", ""},
                                     {"b-turned", "", "The bank of it and a sharing of the time.", "", ""},
                                     {"c-together", "", "A bank of it and the of the time sharing.", "", ""},
                                     {"d-between", "", "A bank of it and the time of sharing the.", "", ""}}));
  SearchRequest request;
  request.query = "time sharing bank";
  CHECK(articles(index.search(request)).starts_with("a-apart b-turned"));
  request.rank = RankMode::thorough;
  request.explain = true;
  const auto response = index.search(request);
  REQUIRE(response.hits.size() == 4);
  CHECK(articles(response) == "c-together d-between a-apart b-turned");
  const WordScore& pair = response.hits[0].explanation->words[6];
  CHECK(pair.word == "time sharing");
  CHECK(pair.weight == 0.2);
  CHECK(pair.passage.tf == 1);
  CHECK(pair.passage.idf == doctest::Approx(std::log(1 + (44 - 4 + 0.5) / 4.5)));  // as rare as its words
  CHECK(pair.article.score == 0);
  CHECK(response.hits[2].explanation->words[6].passage.score == 0);
}

TEST_CASE("ranking: thorough, a pair in the title counts as a word there does") {
  const SmallIndex index(with_noise({{"a", "Sharing and time", "Of a bank in the north.", "", ""},
                                     {"b", "Time sharing and", "Of a shop in the south.", "", ""}}));
  SearchRequest request;
  request.query = "time sharing";
  request.rank = RankMode::thorough;
  request.explain = true;
  const auto response = index.search(request);
  CHECK(articles(response) == "b a");
  CHECK(response.hits[0].explanation->words.back().passage.tf == 3);
}

TEST_CASE("ranking: what the modes do") {
  const auto records = made_up_records(900);
  const SmallIndex index(records);
  const auto search = [&](RankMode mode) {
    SearchRequest request;
    request.query = "zboko zcoko";
    request.rank = mode;
    request.limit = 10'000;
    request.explain = true;
    request.fold_duplicates = false;
    return index.search(request);
  };
  const auto behind_from = [](const SearchResponse& response) {
    return std::find_if(response.hits.begin(), response.hits.end(),
                        [](const Hit& hit) { return hit.explanation->behind > 0; }) -
           response.hits.begin();
  };
  const auto fast = search(RankMode::fast), standard = search(RankMode::standard),
             thorough = search(RankMode::thorough), exhaustive = search(RankMode::exhaustive);
  CHECK(behind_from(fast) == 50);
  CHECK(behind_from(standard) == 125);
  CHECK(behind_from(thorough) == 500);
  CHECK(behind_from(exhaustive) == static_cast<std::ptrdiff_t>(exhaustive.hits.size()));
  for (const auto& hit : fast.hits) CHECK(hit.explanation->neighbours == 0);
  CHECK(standard.hits[0].explanation->neighbours > 0);
  CHECK(standard.hits[0].explanation->words.size() == 4);
  CHECK(thorough.hits[0].explanation->words.size() == 5);
  std::set<std::string> found;
  for (const auto& hit : exhaustive.hits) found.insert(hit.passage.id);
  for (const auto* response : {&fast, &standard, &thorough}) {
    CHECK(response->total.passages == found.size());
    CHECK(response->hits.size() == found.size());
  }
}

// An article that shares no word with anything adds as much to every idf, and divides every relative length by as much.
TEST_CASE("ranking: an unrelated article changes nothing but what size and average length say") {
  const auto records = made_up_records(60);
  const SmallIndex index(records);
  SmallIndex larger(records);
  larger.add({{"stranger", "", "Qubu quda qufe qugi quho qujo quku.", "", ""}});
  SearchRequest request;
  request.limit = 1000;
  request.explain = true;
  request.fold_duplicates = false;
  std::size_t all = 0;
  for (const Record& record : records) {
    request.query = "id:" + record.id;
    all += index.search(request).total.passages;
  }
  const double passages_shift = std::log((static_cast<double>(all) + 2) / (static_cast<double>(all) + 1));
  const double articles_shift = std::log(62.0 / 61.0);
  const auto relative_length = [](const ScorePart& part, double k1, double b) {
    return (part.saturation / k1 - (1 - b)) / b;
  };
  for (const char* query : {"zboko", "zboko zcoko", "zgomo zholo zboko", "\"zboko zcoko\" zdolo"}) {
    CAPTURE(query);
    request.query = query;
    const auto before = index.search(request), after = larger.search(request);
    REQUIRE(after.hits.size() == before.hits.size());
    std::map<std::string, const Explanation*> then;
    for (const auto& hit : before.hits) then[hit.passage.id] = &*hit.explanation;
    std::optional<double> passage_ratio, article_ratio;
    double least = before.hits[0].score;  // of those that stand above
    for (const auto& hit : after.hits) {
      REQUIRE(then.contains(hit.passage.id));
      const Explanation &old = *then.at(hit.passage.id), &now = *hit.explanation;
      CHECK(old.total < least * 1.05);  // only what was close by changes places
      least = std::min(least, old.total);
      for (std::size_t w = 0; w < old.words.size(); ++w) {
        const auto &was = old.words[w], &is = now.words[w];
        CHECK(is.weight == was.weight);
        CHECK(is.passage.tf == was.passage.tf);
        CHECK(is.article.tf == was.article.tf);
        CHECK(is.passage.idf - was.passage.idf == doctest::Approx(passages_shift).epsilon(1e-9));
        CHECK(is.article.idf - was.article.idf == doctest::Approx(articles_shift).epsilon(1e-9));
        const double passage = relative_length(is.passage, 1.5, 0.5) / relative_length(was.passage, 1.5, 0.5);
        const double article = relative_length(is.article, 1.2, 0.6) / relative_length(was.article, 1.2, 0.6);
        if (!passage_ratio) passage_ratio = passage, article_ratio = article;
        CHECK(passage == doctest::Approx(*passage_ratio).epsilon(1e-9));
        CHECK(article == doctest::Approx(*article_ratio).epsilon(1e-9));
      }
    }
    CHECK(*passage_ratio > 1);  // the stranger is short
  }
}

TEST_CASE("ranking: pages of any size cut one list, however deep") {
  const auto records = made_up_records(900);
  const SmallIndex index(records);
  Searcher searcher(index.path());
  for (const bool fold : {true, false}) {
    for (const ResultUnit by : {ResultUnit::passage, ResultUnit::article}) {
      SearchRequest request;
      request.query = "zboko zcoko";
      request.by = by;
      request.fold_duplicates = fold;
      request.explain = true;
      request.limit = 10'000;
      const auto all = searcher.search(request);
      REQUIRE(all.hits.size() > 600);
      for (std::size_t i = 1; i < all.hits.size(); ++i) CHECK(all.hits[i].score <= all.hits[i - 1].score);
      CHECK(all.hits.front().explanation->behind == 0);
      CHECK(all.hits.back().explanation->behind > 0);
      std::set<std::string> ids;
      for (const auto& hit : all.hits) CHECK(ids.insert(hit.passage.id).second);
      for (const std::size_t limit : {10U, 37U, 300U}) {
        request.limit = limit;
        for (request.offset = 0; request.offset < all.hits.size(); request.offset += limit) {
          const auto page = searcher.search(request);
          CHECK(page.hits.size() == std::min(limit, all.hits.size() - request.offset));
          for (std::size_t i = 0; i < page.hits.size(); ++i) {
            CHECK(page.hits[i].passage.id == all.hits[request.offset + i].passage.id);
            CHECK(page.hits[i].score == all.hits[request.offset + i].score);
          }
        }
      }
      request.offset = 0;
    }
  }
}

TEST_CASE("ranking: among many that tie the order of arrival does not decide") {
  // In the first case all matches are fetched; in the second they are too many, and more tie than are fetched at first.
  for (const int weaker : {0, 1700}) {
    std::vector<Record> records;
    for (int i = 0; i < 600 + weaker; ++i) {
      std::string text = i < 600 ? "Kimi Kimi" : "Kimi";
      for (int k = 0; k <= i * 7 % 50; ++k) text += " word" + std::to_string(i) + "x" + std::to_string(k);
      records.push_back({"r" + std::to_string(i), "", text + ".", "", ""});
    }
    const SmallIndex forwards(records);
    const SmallIndex backwards({records.rbegin(), records.rend()});
    SearchRequest request;
    request.query = "Kimi";
    request.fold_duplicates = false;
    CHECK(passages(forwards.search(request)) == passages(backwards.search(request)));
  }
}
