// An index in several shards against one in one piece: what comes of the same batches must be the same.
#include "index/shards.h"

#include <doctest/doctest.h>

#include <fstream>
#include <functional>

#include "index/file_io.h"
#include "nutgraf/error.h"
#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kSound;

const CompanyMatcher kCompanies = read_companies(
    R"({"schema": "nutgraf.companies/1", "companies": [{"id": "acme", "name": "Acme"}, {"id": "bohu", "name": "Bohu Finance"}]})",
    "a test");

class TwoIndexes {
 public:
  explicit TwoIndexes(BatchOptions options = {}) : options_(options) {
    options_.companies = &kCompanies;
    for (unsigned i = 0; i < 24; ++i) write(i, i);
    batch();
  }

  void write(unsigned number, unsigned seed) {
    folder_.write(file(number), "Title of " + std::to_string(seed) + "\n\n" + prose(40 + 30 * (number % 9), seed) +
                                    (number % 3 == 0 ? " It was bought by Acme." : ""));
  }
  void erase(unsigned number) { fs::remove(folder_ / file(number)); }

  void batch() {
    options_.shards = 0;
    const auto in_one = index_folder(one, folder_ / "news", options_);
    options_.shards = 4;
    const auto in_four = index_folder(four, folder_ / "news", options_);
    CHECK(in_four.statuses() == in_one.statuses());
    CHECK(in_four.report.passages == in_one.report.passages);
    CHECK(in_four.report.removed == in_one.report.removed);
    CHECK(in_four.report.rebuilt == in_one.report.rebuilt);
  }

  /// To the four shards only.
  void complete() {
    options_.shards = 0;
    index_folder(four, folder_ / "news", options_);
  }

  void compare() const {
    CHECK(check_index(four) == kSound);
    CHECK(dump(four) == dump(one));
    const IndexInfo a = index_info(one), b = index_info(four);
    CHECK(b.shards == 4);
    CHECK(b.articles == a.articles);
    CHECK(b.passages == a.passages);
    CHECK(b.terms == a.terms);
    CHECK(b.tokens == a.tokens);
    CHECK(b.text_bytes == a.text_bytes);
    CHECK(b.batches == a.batches);
    CHECK(b.sequence == a.sequence);
    CHECK(b.languages == a.languages);
    CHECK(b.companies_version == a.companies_version);
    CHECK(mentions(four) == mentions(one));
  }

  static std::string id(unsigned number) { return file(number); }

 private:
  static std::string file(unsigned number) { return "news/" + std::to_string(number) + ".txt"; }

  static std::string mentions(const fs::path& index) {
    std::string text;
    for (const auto& company : company_summaries(index)) {
      text += company.id + " " + std::to_string(company.articles) + " " + std::to_string(company.passages) + "\n";
    }
    return text;
  }

  TempFolder folder_;
  BatchOptions options_;

 public:
  const fs::path one = folder_ / "one";
  const fs::path four = folder_ / "four";
};

std::string problem_with(const std::function<void()>& action, ErrorCode code = ErrorCode::index) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.code() == code);
    CHECK_FALSE(error.hint().empty());
    return error.what();
  }
  return "no error";
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("shards: articles are spread, each to one place for ever") {
  std::vector<std::size_t> counts(4);
  for (int i = 0; i < 4000; ++i) ++counts[shard_of("news/" + std::to_string(i) + ".txt", 4)];
  for (const std::size_t count : counts) CHECK(count > 900);
  // Indexes that there are depend on it.
  CHECK(shard_of("news/1.txt", 4) == 3);
  CHECK(shard_of("news/1.txt", 7) == 0);
  CHECK(shard_of("news/1.txt", 1) == 0);
}

TEST_CASE("shards: small batches, replacements, removals and pruning come to the same as in one piece") {
  TwoIndexes indexes;
  indexes.compare();
  for (const unsigned number : {3U, 11U, 17U}) indexes.write(number, number + 100);
  for (unsigned number = 40; number < 45; ++number) indexes.write(number, number);
  indexes.batch();
  indexes.compare();
  const std::vector<std::string> ids{TwoIndexes::id(7), TwoIndexes::id(12), "nobody", TwoIndexes::id(7)};
  CHECK(remove_articles(indexes.one, ids) == std::vector<std::string>{"nobody"});
  CHECK(remove_articles(indexes.four, ids) == std::vector<std::string>{"nobody"});
  indexes.compare();
}

TEST_CASE("shards: large batches come to the same as in one piece") {
  TwoIndexes indexes(large_path());
  indexes.compare();
  for (unsigned number = 10; number < 60; ++number) indexes.write(number, number + 7);
  indexes.batch();
  indexes.compare();
}

TEST_CASE("shards: files that are gone go from all shards") {
  BatchOptions options;
  options.prune = true;
  TwoIndexes indexes(options);
  for (const unsigned number : {1U, 2U, 3U, 4U, 5U, 20U}) indexes.erase(number);
  indexes.batch();
  indexes.compare();
  CHECK(index_info(indexes.four).articles == 18);
}

TEST_CASE("shards: another table of companies") {
  TwoIndexes indexes;
  const CompanyMatcher other =
      read_companies(R"({"schema": "nutgraf.companies/1", "companies": [{"id": "acme2", "name": "Acme"}]})", "a test");
  CHECK(retag_companies(indexes.four, other).changed == retag_companies(indexes.one, other).changed);
  indexes.compare();
  CHECK(index_info(indexes.four).companies_version == other.version());
  // One article with the old table makes a mixture of all shards.
  indexes.write(50, 50);
  indexes.batch();
  indexes.compare();
  CHECK(index_info(indexes.four).companies_version == 0);
}

TEST_CASE("shards: articles are found by id") {
  const TwoIndexes indexes;
  for (unsigned number = 0; number < 24; ++number) {
    const auto a = find_article(indexes.one, TwoIndexes::id(number)),
               b = find_article(indexes.four, TwoIndexes::id(number));
    REQUIRE(a);
    REQUIRE(b);
    REQUIRE(a->passages.size() == b->passages.size());
    for (std::size_t i = 0; i < a->passages.size(); ++i) CHECK(a->passages[i].text == b->passages[i].text);
  }
  CHECK(find_article(indexes.four, TwoIndexes::id(8) + "#2")->passages.front().ordinal == 2);
  CHECK_FALSE(find_article(indexes.four, "nobody"));
  CHECK(similar_ids(indexes.four, "news/1", 5) == similar_ids(indexes.one, "news/1", 5));
}

TEST_CASE("shards: a dry run makes none") {
  const TempFolder folder;
  folder.write("news/1.txt", "Title\n\n" + prose(50, 1));
  BatchOptions options;
  options.shards = 4;
  options.dry_run = true;
  CHECK(index_folder(folder / "index", folder / "news", options).statuses() == "1.txt:added");
  CHECK_FALSE(fs::exists(folder / "index"));
}

TEST_CASE("shards: the number is for life") {
  TwoIndexes indexes;
  const TempFolder folder;
  folder.write("news/1.txt", "Title\n\n" + prose(50, 1));
  const auto with = [&](const fs::path& index, std::size_t shards) {
    BatchOptions options;
    options.shards = shards;
    return problem_with([&] { index_folder(index, folder / "news", options); }, ErrorCode::usage);
  };
  CHECK(contains(with(indexes.four, 8), "has 4 shards"));
  CHECK(contains(with(indexes.four, 1), "has 4 shards"));
  CHECK(contains(with(indexes.one, 4), "has no shards"));
  CHECK(contains(with(folder / "new", kMostShards + 1), "at most 64"));
  CHECK(with(indexes.four, 0) == "no error");
  CHECK(check_index(indexes.four) == kSound);
}

TEST_CASE("shards: one of them alone is read, not written") {
  const TwoIndexes indexes;
  const fs::path shard = indexes.four / "shard-002";
  CHECK(check_index(shard) == kSound);
  CHECK(index_info(shard).articles > 0);
  const TempFolder folder;
  folder.write("news/1.txt", "Title\n\n" + prose(50, 1));
  for (const std::function<void()>& write : std::initializer_list<std::function<void()>>{
           [&] { index_folder(shard, folder / "news"); }, [&] { (void)remove_articles(shard, {"news/1.txt"}); },
           [&] { (void)retag_companies(shard, kCompanies); }}) {
    CHECK(contains(problem_with(write, ErrorCode::usage), "is shard 2 of 4 of an index"));
  }
}

TEST_CASE("shards: a view follows the batches") {
  TwoIndexes indexes;
  LiveIndex live(indexes.four);
  const std::uint64_t state = live.state();
  indexes.write(30, 30);
  indexes.batch();
  CHECK(live.read([](LiveIndex& view) { return view.articles().size(); }) == 25);
  CHECK(live.state() != state);
  CHECK(live.changed_after(24) == std::vector<Xapian::docid>{live.first_passage(TwoIndexes::id(30))});
}

TEST_CASE("shards: what is damaged is told") {
  const TwoIndexes indexes;
  const fs::path index = indexes.four;
  const auto open = [&] { return problem_with([&] { (void)index_info(index); }); };
  const std::string good = *read_small_file(index / "shards");
  for (const std::string bad :
       {"", "4", "{}", R"({"schema": "nutgraf.shards/2", "shards": 4})", R"({"schema": "nutgraf.shards/1"})",
        R"({"schema": "nutgraf.shards/1", "shards": 0})", R"({"schema": "nutgraf.shards/1", "shards": 1})",
        R"({"schema": "nutgraf.shards/1", "shards": 65})", R"({"schema": "nutgraf.shards/1", "shards": "4"})",
        R"({"schema": "nutgraf.shards/1", "shards": -4})"}) {
    CAPTURE(bad);
    replace_file(index / "shards", bad);
    CHECK(contains(open(), "its file shards"));
  }
  replace_file(index / "shards", R"({"schema": "nutgraf.shards/1", "shards": 5})");
  CHECK(contains(open(), "shard-005 is missing"));
  replace_file(index / "shards", R"({"schema": "nutgraf.shards/1", "shards": 3})");
  CHECK(contains(open(), "holds shard 1 of 4"));
  fs::remove(index / "shards");
  CHECK(contains(open(), "its file shards is missing"));
  // A new making does not sweep away articles.
  CHECK(contains(problem_with([&] { make_shards(index, 4); }), "its file shards is missing"));
  replace_file(index / "shards", good);
  CHECK(open() == "no error");

  fs::rename(index / "shard-002", index / "away");
  CHECK(contains(open(), "shard-002 is missing"));
  fs::rename(index / "shard-003", index / "shard-002");
  fs::rename(index / "away", index / "shard-003");
  CHECK(contains(open(), "shard-002 holds shard 3 of 4"));
}

TEST_CASE("shards: a making that was cut off is made again") {
  const TempFolder folder;
  const fs::path index = folder / "index";
  fs::create_directories(index);
  make_shards(index, 4);
  fs::remove(index / "shards");
  make_shards(index, 2);
  CHECK_FALSE(fs::exists(index / "shard-003"));
  CHECK(index_info(index).shards == 2);
  CHECK(index_info(index).articles == 0);
  CHECK(check_index(index) == kSound);
}

TEST_CASE("shards: a batch that was cut off between two of them is completed by the same batch") {
  TwoIndexes indexes;
  const TempFolder saved;
  for (unsigned number = 20; number < 40; ++number) indexes.write(number, number + 1);
  // As if the writer had died before it came to the third shard.
  for (const auto* shard : {"shard-003", "shard-004"})
    fs::copy(indexes.four / shard, saved / shard, fs::copy_options::recursive);
  indexes.batch();
  for (const auto* shard : {"shard-003", "shard-004"}) {
    fs::remove_all(indexes.four / shard);
    fs::copy(saved / shard, indexes.four / shard, fs::copy_options::recursive);
  }
  CHECK(index_info(indexes.four).sequence == 24);  // up to where all have everything
  CHECK(check_index(indexes.four).size() == 2);
  {
    LiveIndex live(indexes.four);
    std::size_t there = 0;
    for (unsigned number = 24; number < 40; ++number) there += live.first_passage(TwoIndexes::id(number)) != 0 ? 1 : 0;
    CHECK(there > 0);
    CHECK(there < 16);
  }
  indexes.complete();
  CHECK(check_index(indexes.four) == kSound);
  CHECK(dump(indexes.four) == dump(indexes.one));
  CHECK(index_info(indexes.four).sequence > 44);
}
