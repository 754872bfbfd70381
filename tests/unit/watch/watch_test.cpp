// Watches: what is new for whom, and marks that lose nothing.
#include "nutgraf/watch.h"

#include <doctest/doctest.h>

#include <fstream>

#include "nutgraf/error.h"
#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

Record record(const std::string& id, const std::string& text) { return {id, "", text, "", ""}; }

Watch watch_for(const std::string& name, const std::string& query) {
  Watch watch;
  watch.name = name;
  watch.query = query;
  return watch;
}

// "a b+": ids of the news of the first watch, updates with a plus.
std::string ids_of(const std::vector<WatchNews>& news, std::size_t place = 0) {
  std::string text;
  for (const Hit& hit : news.at(place).response.hits) {
    text += (text.empty() ? "" : " ") + hit.article.id;
    if (status_of(hit, news[place].watch) == DocumentStatus::updated) text += "+";
  }
  return text;
}

std::string run(const SmallIndex& index, const WatchRunOptions& options = {}) {
  WatchRun run(index.path(), options);
  const std::string ids = ids_of(run.news());
  run.move_marks();
  return ids;
}

std::string look(const SmallIndex& index, const WatchRunOptions& options = {}) {
  return ids_of(look_for_news(index.path(), options));
}

ErrorCode code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK_FALSE(error.hint().empty());
    return error.code();
  }
  FAIL("no error");
  return ErrorCode::internal;
}

}  // namespace

TEST_CASE("watch: the first run sets the mark, the next ones show what is new") {
  SmallIndex index({record("old", "Old chips.")});
  add_watch(index.path(), watch_for("chips", "chips"));
  CHECK_FALSE(read_watches(index.path())[0].mark);
  CHECK(run(index) == "");
  CHECK(read_watches(index.path())[0].mark == 1);
  CHECK(run(index) == "");
  index.add({record("a", "New chips."), record("b", "Bread.")});
  CHECK(look(index) == "a");
  CHECK(run(index) == "a");
  CHECK(read_watches(index.path())[0].mark == 3);
  CHECK(run(index) == "");
}

TEST_CASE("watch: a run that does not come to its end loses nothing") {
  SmallIndex index({record("old", "Old chips.")});
  add_watch(index.path(), watch_for("chips", "chips"));
  run(index);
  index.add({record("a", "New chips.")});
  { const WatchRun abandoned(index.path(), {}); }
  index.add({record("b", "Still more chips, for everybody.")});
  CHECK(run(index) == "a b");
}

TEST_CASE("watch: what comes in while a run is on is news of the next one") {
  SmallIndex index({record("old", "Old chips.")});
  add_watch(index.path(), watch_for("chips", "chips"));
  run(index);
  index.add({record("a", "New chips.")});
  {
    WatchRun slow(index.path(), {});
    index.add({record("b", "Still more chips, for everybody.")});
    CHECK(ids_of(slow.news()) == "a");
    slow.move_marks();
  }
  CHECK(run(index) == "b");
}

TEST_CASE("watch: updated articles are news where they changed, removed ones never") {
  SmallIndex index({record("same", "Chips here."), record("changed", "Chips there."), record("away", "Chips gone.")});
  add_watch(index.path(), watch_for("chips", "chips"));
  run(index);
  index.add({record("same", "Chips here."), record("changed", "Chips elsewhere, now."), record("new", "Chips are new."),
             record("gone", "Chips for a day.")});
  remove_articles(index.path(), {"away", "gone"});
  CHECK(run(index) == "changed+ new");
  index.add({record("changed", "No more of them.")});
  CHECK(run(index) == "");
}

TEST_CASE("watch: marks stay right over large batches and a retagging") {
  SmallIndex index({record("old", "Old chips.")});
  add_watch(index.path(), watch_for("chips", "chips"));
  run(index);
  BatchOptions large;
  large.small_batch_passages = 1;
  index.add({record("a", "New chips of Tencent.")}, large);
  retag_companies(index.path(), read_companies(R"({"schema": "nutgraf.companies/1",
      "companies": [{"id": "tencent", "name": "Tencent"}]})",
                                               "table"));
  CHECK(run(index) == "a");
  index.add({record("b", "Cheap chips."), record("old", "Old chips, told anew.")}, large);
  CHECK(index_info(index.path()).generation == 3);
  CHECK(run(index) == "b old+");
}

TEST_CASE("watch: each watch has its own mark, conditions and unit") {
  SmallIndex index({record("old", "Old chips.")});
  add_watch(index.path(), watch_for("chips", "chips"));
  Watch bread = watch_for("bread", "bread AND butter");
  bread.syntax = QuerySyntax::words;
  bread.source = "Wire";
  add_watch(index.path(), bread);
  WatchRunOptions only;
  only.names = {"chips"};
  run(index, only);
  index.add({record("a", "New chips."), {"b", "", "Bread alone.", "", "Wire"}, record("c", "Bread elsewhere.")});
  {
    WatchRun both(index.path(), {});
    REQUIRE(both.news().size() == 2);
    CHECK(ids_of(both.news(), 0) == "a");
    CHECK(ids_of(both.news(), 1) == "");  // its first run
    both.move_marks();
  }
  index.add({{"d", "", "Bread alone, again and again.", "", "Wire"}});
  only.names = {"bread"};
  CHECK(run(index, only) == "d");
}

TEST_CASE("watch: --all shows what was there before, too; a limit leaves the totals") {
  SmallIndex index({record("old", "Old chips.")});
  add_watch(index.path(), watch_for("chips", "chips"));
  index.add({record("a", "New chips for everybody.")});
  WatchRunOptions options;
  options.all = true;
  CHECK(look(index, options) == "old a");
  options.limit = 1;
  const auto news = look_for_news(index.path(), options);
  CHECK(news[0].response.hits.size() == 1);
  CHECK(news[0].response.total.articles == 2);
}

TEST_CASE("watch: a query without hits is not corrected into one that nobody asked for") {
  SmallIndex index({record("old", "Old chips of Taiwan.")});
  add_watch(index.path(), watch_for("typo", "chisp"));
  WatchRunOptions all;
  all.all = true;
  CHECK(look(index, all) == "");
  run(index);
  index.add({record("a", "New chips.")});
  CHECK(run(index) == "");
}

TEST_CASE("watch: one run at a time, and none keeps others from looking or indexing") {
  SmallIndex index({record("old", "Old chips.")});
  add_watch(index.path(), watch_for("chips", "chips"));
  {
    const WatchRun running(index.path(), {});
    CHECK(code_of([&] { WatchRun(index.path(), {}); }) == ErrorCode::locked);
    CHECK(code_of([&] { add_watch(index.path(), watch_for("other", "x")); }) == ErrorCode::locked);
    CHECK(code_of([&] { remove_watch(index.path(), "chips"); }) == ErrorCode::locked);
    CHECK(look_for_news(index.path(), {}).size() == 1);
    index.add({record("a", "New chips.")});
  }
  CHECK(run(index) == "");
}

TEST_CASE("watch: names") {
  const SmallIndex index({record("old", "Old chips.")});
  add_watch(index.path(), watch_for("腾讯-news", "腾讯"));
  add_watch(index.path(), watch_for("chips", "chips"));
  CHECK(code_of([&] { add_watch(index.path(), watch_for("chips", "other")); }) == ErrorCode::usage);
  for (const std::string name : {"", "two words", "a\tb", "full　width", "\xFF", "\x1b[31m"}) {
    CAPTURE(name);
    CHECK(code_of([&] { add_watch(index.path(), watch_for(name, "x")); }) == ErrorCode::usage);
  }
  CHECK(code_of([&] { add_watch(index.path(), watch_for(std::string(101, 'x'), "x")); }) == ErrorCode::usage);
  CHECK(code_of([&] { add_watch(index.path(), watch_for("latin1", "caf\xE9")); }) == ErrorCode::usage);
  CHECK(code_of([&] { remove_watch(index.path(), "chip"); }) == ErrorCode::usage);
  WatchRunOptions options;
  options.names = {"chipz"};
  CHECK(code_of([&] { (void)look_for_news(index.path(), options); }) == ErrorCode::usage);
  remove_watch(index.path(), "chips");
  REQUIRE(read_watches(index.path()).size() == 1);
  CHECK(read_watches(index.path())[0].name == "腾讯-news");
}

TEST_CASE("watch: the file comes back as it was written, and a broken one is an error, not no watches") {
  const SmallIndex index({record("old", "Old chips.")});
  Watch watch = watch_for("all", "a \"b\"");
  watch.syntax = QuerySyntax::words;
  watch.by = ResultUnit::passage;
  watch.source = "Wire";
  watch.company = "腾讯";
  watch.language = "zh";
  watch.mark = 1;
  add_watch(index.path(), watch);
  const auto read = read_watches(index.path());
  CHECK(to_json(read) == to_json(std::vector<Watch>{watch}));
  CHECK(read[0].company == "腾讯");
  CHECK(read[0].mark == 1);
  const auto file = index.path() / "watches.json";
  for (const char* text : {"", "{", "[]", "{\"schema\":\"nutgraf.watches/2\",\"watches\":[]}",
                           "{\"schema\":\"nutgraf.watches/1\",\"watches\":[{\"name\":\"x\"}]}"}) {
    CAPTURE(text);
    std::ofstream(file) << text;
    CHECK(code_of([&] { (void)read_watches(index.path()); }) == ErrorCode::index);
    CHECK(code_of([&] { add_watch(index.path(), watch_for("b", "b")); }) == ErrorCode::index);
  }
}

TEST_CASE("watch: an index that has been replaced by an older one is said, and followed from there") {
  SmallIndex index({record("old", "Old chips.")});
  Watch watch = watch_for("chips", "chips");
  watch.mark = 100;
  add_watch(index.path(), watch);
  WatchRun late(index.path(), {});
  CHECK(late.news()[0].index_went_back());
  late.move_marks();
  CHECK(read_watches(index.path())[0].mark == 1);
}

TEST_CASE("watch: where there is no index, no file is made") {
  const TempFolder folder;
  const auto nowhere = folder / "nowhere";
  CHECK(code_of([&] { add_watch(nowhere, watch_for("a", "a")); }) == ErrorCode::index);
  CHECK(code_of([&] { (void)read_watches(nowhere); }) == ErrorCode::index);
  CHECK_FALSE(std::filesystem::exists(nowhere));
}
