// What a response holds: hits, folded copies, totals, filters, forms of a word.
#include <doctest/doctest.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>

#include "index/layout.h"
#include "nutgraf/error.h"
#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

const std::string kStory =
    "Tencent put the model of DeepSeek into the search of WeChat on Saturday, and its shares rose to the highest price "
    "since the "
    "year in which the campaign against the platforms ended the last long rise of the market in Hong Kong.";

std::vector<Record> filters_collection() {
  return {{"en1", "", "Kimi in January.", "2025-01-15", "Delta Wire"},
          {"en2", "", "Kimi in February.", "2025-02-15", "Bohu Finance (bohuFN)"},
          {"zh1", "", "Kimi在三月更新了模型。", "2025-03-15", "南岸观察", "zh"},
          {"none", "", "Kimi on no day.", "", ""}};
}

// How often a file is opened.
class OpenWatch {
 public:
  explicit OpenWatch(const std::filesystem::path& file) : watch_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    // With the closing in between: the kernel merges equal events in a row.
    REQUIRE(::inotify_add_watch(watch_, file.c_str(), IN_OPEN | IN_CLOSE) >= 0);
  }
  OpenWatch(const OpenWatch&) = delete;
  OpenWatch& operator=(const OpenWatch&) = delete;
  ~OpenWatch() { ::close(watch_); }

  /// Since the last call.
  [[nodiscard]] std::size_t opened() const {
    std::array<inotify_event, 64> events{};
    const ssize_t bytes = ::read(watch_, events.data(), sizeof events);
    const std::size_t count = bytes < 0 ? 0 : static_cast<std::size_t>(bytes) / sizeof(inotify_event);
    const auto end = events.begin() + static_cast<std::ptrdiff_t>(count);
    return static_cast<std::size_t>(
        std::count_if(events.begin(), end, [](const inotify_event& event) { return (event.mask & IN_OPEN) != 0; }));
  }

 private:
  int watch_;
};

std::string ids(const SmallIndex& index, void (*change)(SearchRequest&)) {
  SearchRequest request;
  request.query = "Kimi";
  request.limit = 100;
  change(request);
  std::string text = articles(index.search(request));
  return text;
}

}  // namespace

TEST_CASE("response: a copy is folded under the earliest, with its source and date") {
  const SmallIndex index({{"copy", "Copy", kStory + " Read it again.", "2025-02-18", "Late Paper"},
                          {"first", "First", kStory, "2025-02-16", "Early Wire"},
                          {"other", "Other", "Tencent made another thing of its own.", "2025-02-17", "Third"}});
  auto response = index.search("Tencent WeChat");
  CHECK(articles(response) == "first other");
  REQUIRE(response.hits[0].duplicates.size() == 1);
  CHECK(response.hits[0].duplicates[0].article == "copy");
  CHECK(response.hits[0].duplicates[0].passage == "copy#1");
  CHECK(response.hits[0].duplicates[0].source == "Late Paper");
  CHECK(response.hits[0].duplicates[0].date.iso() == "2025-02-18");
  CHECK(response.total.passages == 3);
  CHECK(response.total.articles == 3);
  SearchRequest request;
  request.query = "Tencent WeChat";
  request.fold_duplicates = false;
  response = index.search(request);
  CHECK(response.hits.size() == 3);
  CHECK(response.hits[0].duplicates.empty());
}

TEST_CASE("response: of copies of one day the first by id speaks, in whatever order they came") {
  const std::vector<Record> records = {{"b", "Story", kStory, "2025-02-16", "Second Wire"},
                                       {"a", "Story", kStory, "2025-02-16", "First Wire"},
                                       {"d", "Story", kStory, "", "Undated"},
                                       {"c", "Story", kStory, "2025-02-17", "Late Paper"}};
  const SmallIndex forwards(records), backwards({records.rbegin(), records.rend()});
  for (const auto* index : {&forwards, &backwards}) {
    const auto response = index->search("Tencent WeChat");
    REQUIRE(articles(response) == "a");
    std::string copies;
    for (const auto& copy : response.hits[0].duplicates) copies += copy.article + " ";
    CHECK(copies == "b c d ");
  }
}

TEST_CASE("response: a copy with words edited is folded, the same form with another number or name is not") {
  const std::string story =
      "The city council of Springfield agreed on Tuesday to lend the harbour 12 million dollars for new cranes, after "
      "months of debate on who would carry the cost of the delay and what the port can earn with larger ships.";
  const auto with = [&](std::initializer_list<std::pair<std::string, std::string>> edits) {
    std::string text = story;
    for (const auto& [from, to] : edits) text.replace(text.find(from), from.size(), to);
    return text;
  };
  const SmallIndex index(
      {{"story", "Harbour loan", story, "2025-03-01", ""},
       {"edited", "Loan for the harbour",
        with({{"agreed", "decided"}, {"new ", ""}, {"months", "many months"}, {"larger", "bigger"}}), "2025-03-02", ""},
       {"number", "Harbour loan", with({{"12", "15"}}), "2025-03-03", ""},
       {"name", "Harbour loan", with({{"Springfield", "Shelbyville"}}), "2025-03-04", ""},
       {"longer", "Harbour loan",
        story + " The opposition called for a vote of the citizens and " +
            "wants to know why the bank asked for a guarantee that nobody had planned.",
        "2025-03-05", ""}});
  const auto response = index.search("harbour cranes");
  REQUIRE(response.hits.size() == 4);
  for (const auto& hit : response.hits) {
    CHECK(hit.duplicates.size() == (hit.article.id == "story" ? 1 : 0));
    CHECK(hit.article.id != "edited");
  }
}

TEST_CASE("response: a short text under another title is another text") {
  const std::string dividend = "Quarterly dividend 12 cents against 12 cents, to be paid on May 1.";
  const SmallIndex index({{"a", "Acme Corp sets quarterly", dividend, "2025-03-01", ""},
                          {"b", "Bolt Industries declares dividend", dividend, "2025-03-02", ""},
                          {"c", "Acme Corp sets quarterly", dividend, "2025-03-03", ""}});
  const auto response = index.search("dividend");
  CHECK(response.hits.size() == 2);
}

TEST_CASE("response: a copy that ranks far below its original, or was asked for by fewer words, is no hit of its own") {
  std::vector<Record> records;
  const std::string story =
      "Kimi told of a plan that nobody had foreseen, and the partners who heard it agreed at once.";
  records.push_back({"first", "Plan", story, "2025-01-01", ""});
  // Longer by a word that says much: it stands far below among those of one word.
  records.push_back({"copy", "", story + " Really.", "2025-01-02", ""});
  for (int i = 0; i < 700; ++i) {
    std::string text = "Kimi Plan";
    for (int word = 0; word <= i % 7; ++word) text += " w" + std::to_string(i) + "x" + std::to_string(word);
    records.push_back({"r" + std::to_string(i), "", text + ".", "2025-01-01", ""});
  }
  const SmallIndex index(records);
  SearchRequest request;
  request.query = "Kimi plan";
  request.limit = 10'000;
  const auto all = index.search(request);
  CHECK(all.hits.size() == 701);
  std::set<std::string> shown;
  request.limit = 50;
  for (request.offset = 0; request.offset < 750; request.offset += 50) {
    for (const auto& hit : index.search(request).hits) shown.insert(hit.article.id);
  }
  CHECK(shown.size() == 701);
  CHECK(shown.contains("first"));
  CHECK_FALSE(shown.contains("copy"));
}

TEST_CASE("response: text that an article pastes twice is folded into its first passage") {
  std::string text = "A lead of its own opens the story about the phone.\n\n";
  for (int round = 0; round < 2; ++round) {
    for (int paragraph = 0; paragraph < 4; ++paragraph) {
      text += "Paragraph " + std::to_string(paragraph) + " tells of Doubao";
      for (int word = 0; word < 45; ++word) text += " word" + std::to_string(paragraph * 100 + word);
      text += ".\n\n";
    }
  }
  const SmallIndex index({{"a", "Phone", text, "", ""}});
  const auto response = index.search("Doubao");
  REQUIRE(response.hits.size() >= 2);
  for (const auto& hit : response.hits) {
    REQUIRE(hit.duplicates.size() == 1);
    CHECK(hit.duplicates[0].article == "a");
    CHECK(hit.duplicates[0].passage > hit.passage.id);
  }
}

TEST_CASE("response: one hit an article, its best passage") {
  std::string text;
  for (int i = 0; i < 6; ++i) {
    text += "Section about Kimi";
    if (i == 3) text += " and the Kimi price of Kimi";
    for (int word = 0; word < 100; ++word) text += " filler" + std::to_string(i * 1000 + word);
    text += ".\n\n";
  }
  const SmallIndex index({{"long", "", text, "", ""}, {"short", "", "One line on Kimi.", "", ""}});
  SearchRequest request;
  request.query = "Kimi price";
  request.by = ResultUnit::article;
  const auto response = index.search(request);
  CHECK(articles(response) == "long short");
  CHECK(response.hits[0].passage.text.find("Kimi price") != std::string::npos);
  CHECK(response.total.articles == 2);
  CHECK(response.total.passages > 2);
}

TEST_CASE("response: conditions") {
  const SmallIndex index(filters_collection());
  CHECK(ids(index, [](SearchRequest& r) { r.since = *Date::from_iso("2025-02-01"); }) == "en2 zh1");
  CHECK(ids(index, [](SearchRequest& r) { r.until = *Date::from_iso("2025-02-15"); }) == "en2 en1");
  CHECK(ids(index, [](SearchRequest& r) {
          r.since = *Date::from_iso("2025-02-15");
          r.until = *Date::from_iso("2025-02-15");
        }) == "en2");
  CHECK(ids(index, [](SearchRequest& r) { r.source = "bohu"; }) == "en2");
  CHECK(ids(index, [](SearchRequest& r) { r.source = "DELTA wire"; }) == "en1");
  CHECK(ids(index, [](SearchRequest& r) { r.language = "zh"; }) == "zh1");
  CHECK(ids(index, [](SearchRequest& r) { r.query = "Kimi source:\"Delta Wire\""; }) == "en1");
  CHECK(ids(index, [](SearchRequest& r) { r.query = "Kimi date:2025-01..2025-02"; }) == "en2 en1");
  CHECK(ids(index, [](SearchRequest& r) { r.query = "Kimi lang:zh"; }) == "zh1");
  CHECK(ids(index, [](SearchRequest& r) { r.query = "id:none"; }) == "none");
  CHECK(ids(index, [](SearchRequest& r) {
          r.query = "Kimi date:40d..";
          r.today = *Date::from_iso("2025-03-16");
        }) == "en2 zh1");
}

TEST_CASE("response: a source that is not there says so") {
  const SmallIndex index(filters_collection());
  SearchRequest request;
  request.query = "Kimi";
  request.source = "Nowhere Times";
  const auto response = index.search(request);
  CHECK(response.hits.empty());
  REQUIRE(response.warnings.size() == 2);
  CHECK(response.warnings[0].message.find("Nowhere Times") != std::string::npos);
  CHECK(response.warnings[1].message == "without --source Nowhere Times there are 4 hits");
}

TEST_CASE("response: title and heading fields") {
  std::string long_text = "First words here.\n\n";
  for (int i = 0; i < 300; ++i) long_text += "filler" + std::to_string(i) + " ";
  const SmallIndex index(
      {{"t", "The Doubao phone", long_text, "", ""}, {"b", "Another", "The Doubao phone in the text.", "", ""}});
  auto response = index.search("title:doubao");
  CHECK(response.hits.size() > 1);  // all passages of the article
  for (const auto& hit : response.hits) CHECK(hit.article.id == "t");
  CHECK(articles(index.search("+phone -title:doubao")) == "b");
}

TEST_CASE("response: forms of a word that mean the same") {
  const std::vector<std::pair<std::string, std::string>> same{
      {"GPT-4o", "GPT4o"},     {"GPT-4o", "GPT 4o"}, {"GPT4o", "gpt-4o"},   {"e-mail", "email"},
      {"1,000", "1000"},       {"Apple's", "Apple"}, {"état", "etat"},      {"騰訊", "腾讯"},
      {"models", "modelling"}, {"ＡＩ", "AI"},       {"ﬁnance", "finance"}, {"Qwen2.5-72B", "Qwen2.5"},
      {"小米SU7", "SU7"},      {"小米SU7", "小米"},  {"V3.2", "v3.2"},      {"$512", "512"},
      {"HK$512", "512"},       {"9.11%", "9.11"}};
  for (const auto& [text, query] : same) {
    CAPTURE(text);
    CAPTURE(query);
    const SmallIndex index(
        {{"a", "", "It says " + text + " here.", "", ""}, {"z", "", "Nothing of the kind.", "", ""}});
    const auto response = index.search(query);
    CHECK(articles(response) == "a");
    REQUIRE(response.hits.size() == 1);
    REQUIRE(response.hits[0].snippet.size() == 1);
    CHECK_FALSE(response.hits[0].snippet[0].marks.empty());
  }
}

TEST_CASE("response: forms that are not the same") {
  const std::vector<std::pair<std::string, std::string>> different{
      {"U.S.", "us"},     {"$512", "HK$512"}, {"9.11", "9.9"},   {"R1", "R2"},  {"arms", "Arm"},
      {"unit", "United"}, {"C++", "C#"},      {"9.11", "9.11%"}, {"V3.2", "V3"}};
  for (const auto& [text, query] : different) {
    CAPTURE(text);
    CAPTURE(query);
    const SmallIndex index({{"a", "", "It says " + text + " here.", "", ""}});
    const auto response = index.search(query);
    CHECK((response.hits.empty() || response.corrected));
  }
}

TEST_CASE("response: a mixed collection is searched in all its languages") {
  const SmallIndex index({{"de", "", "Die Häuser der Banken.", "", "", "de"},
                          {"en", "", "The houses of the banks.", "", "", "en"},
                          {"fr", "", "Les maisons et les banques.", "", "", "fr"}});
  CHECK(articles(index.search("Haus Häuser")) == "de");
  CHECK(articles(index.search("house")) == "en");
  CHECK(articles(index.search("maison")) == "fr");
}

TEST_CASE("response: a stem of one language finds and marks no word of another") {
  const SmallIndex index({{"fr", "", "Les nations et OpenAI.", "", "", "fr"},
                          {"en", "", "An open door of V3.", "", "", "en"},
                          {"de", "", "Die Nationen und die Banken.", "", "", "de"}});
  CHECK(articles(index.search("OpenAI")) == "fr");
  CHECK(index.search("vs").hits.empty());
  CHECK(articles(index.search("nation*")).size() == std::string("fr de").size());  // in every language
}

TEST_CASE("response: when nothing matches, the correction is searched and said so") {
  const SmallIndex index({{"a", "", "Moonshot released Kimi, a model with a long context.", "", ""},
                          {"b", "", "Another model of the day.", "", ""}});
  auto response = index.search("Moonshto releasd");
  CHECK(articles(response) == "a");
  REQUIRE(response.corrected);
  CHECK(*response.corrected == "moonshot released");
  CHECK(response.query == "Moonshto releasd");
  REQUIRE(response.warnings.size() >= 2);
  CHECK(response.warnings[0].suggestion == "moonshot");

  response = index.search("Moonshto model");  // there are hits: a suggestion only
  CHECK_FALSE(response.corrected);
  CHECK(response.warnings.at(0).suggestion == "moonshot");
  CHECK_FALSE(response.hits.empty());

  remove_articles(index.path(), {"a"});  // its words are in the list still, but not to be found
  CHECK_FALSE(index.search("Moonshto").corrected);
  CHECK_FALSE(index.search("Moonshto").warnings.at(0).suggestion);

  CHECK_FALSE(index.search("xyzzyqwv").corrected);
  CHECK_FALSE(index.search("9.12").corrected);  // numbers never
}

TEST_CASE("response: only a query with an unknown word opens the word list") {
  const SmallIndex index({{"a", "", "Moonshot released Kimi, a model with a long context.", "", ""}});
  const auto current = index.path() / "CURRENT";
  const auto words = generation_paths(index.path(), *live_generation(index.path())).words();
  Searcher searcher(index.path());
  SearchRequest request;

  const OpenWatch views(current), lists(words);
  request.query = "Moonshot released";
  CHECK(searcher.search(request).warnings.empty());
  CHECK(views.opened() == 1);  // the index is looked at once
  CHECK(lists.opened() == 0);
  request.query = "Moonshto";
  CHECK(searcher.search(request).corrected == "moonshot");
  CHECK(lists.opened() == 1);

  std::ofstream(words, std::ios::binary) << "not a word list";
  request.query = "Moonshot";
  CHECK(articles(searcher.search(request)) == "a");
  request.query = "Moonshto";
  const auto response = searcher.search(request);
  CHECK_FALSE(response.corrected);
  REQUIRE(response.warnings.size() == 1);
  CHECK(response.warnings[0].kind == DiagnosticKind::unknown_word);
  CHECK_FALSE(response.warnings[0].suggestion);
}

TEST_CASE("response: corrections inside quotes, compounds and fields") {
  const SmallIndex index({{"a", "Moonshot rises", "Moonshot-K2 is a new open-source model of Moonshot.", "", "Wire"}});
  const auto corrected = [&](const std::string& query) { return index.search(query).corrected.value_or("none"); };
  CHECK(corrected("\"Mónshot k2\"") == "\"moonshot k2\"");
  CHECK(corrected("Moonshto-K2") == "moonshot-K2");
  CHECK(corrected("Moonshto-K3") == "none");  // no such thing
  CHECK(corrected("+open-suorce +model") == "+open-source +model");
  CHECK(corrected("Moonshto NEAR/2 K2") == "moonshot NEAR/2 K2");
  CHECK(corrected("title:Moonshto") == "title:moonshot");
  CHECK(corrected("titel:Moonshto") == "title:moonshot");
  CHECK(corrected("site:Wrie") == "none");  // what would be searched has no hits either
  CHECK(index.search("Moonshto-K2 model").warnings.at(0).suggestion == "moonshot-K2");
}

TEST_CASE("response: of copies, one with a date speaks for one without") {
  const SmallIndex index({{"undated", "", kStory, "", ""}, {"dated", "", kStory, "2025-02-18", ""}});
  CHECK(articles(index.search("Tencent WeChat")) == "dated");
}

TEST_CASE("response: nothing to search for") {
  const SmallIndex index(filters_collection());
  for (const char* query : {"", "   ", "...", "()", "\"\""}) {
    CAPTURE(query);
    CHECK(index.search(query).hits.empty());
  }
  CHECK(index.search("xyzzy").hits.empty());
  CHECK(index.search("xyzzy").total.exact);
}

TEST_CASE("response: no index is an error with the command that makes one") {
  const TempFolder folder;
  try {
    const Searcher searcher(folder / "nowhere");
    FAIL("opened");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::index);
    CHECK(error.hint().find("nutgraf index") != std::string::npos);
  }
}

TEST_CASE("response: a long list beyond the counted matches is an estimate, and says so") {
  std::vector<Record> records;
  for (int i = 0; i < 3000; ++i)
    records.push_back({"r" + std::to_string(i), "", "Kimi " + std::to_string(i) + ".", "", ""});
  const SmallIndex index(records);
  const auto response = index.search("Kimi");
  CHECK_FALSE(response.total.exact);
  CHECK(response.total.passages > 1000);
  CHECK(response.hits.size() == 10);
}
