// The champions: what a scan of all postings gives, through batches of any kind, and nothing where they cannot be told.
#include "index/champions.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "index/statistics.h"
#include "index/terms.h"
#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

namespace {

constexpr ChampionLimits kFew{60, 25};

using Lists = std::map<std::string, std::vector<Posting>>;

bool comes_before(const Posting& a, const Posting& b) { return a.wdf != b.wdf ? a.wdf > b.wdf : a.docid < b.docid; }

std::vector<std::string> body_terms(const Xapian::Database& database) {
  const std::string prefix(kBodyPrefix);
  return {database.allterms_begin(prefix), database.allterms_end(prefix)};
}

std::vector<Posting> best_first(const Xapian::Database& database, const std::string& term) {
  std::vector<Posting> all;
  for (PostingList postings(database, term); !postings.at_end(); postings.next())
    all.push_back({postings.docid(), postings.wdf()});
  std::sort(all.begin(), all.end(), comes_before);
  return all;
}

Lists lists_by_scan(const fs::path& path, const ChampionLimits& limits) {
  LiveIndex live(path);
  Lists lists;
  for (const auto& term : body_terms(live.database())) {
    std::vector<Posting> all = best_first(live.database(), term);
    if (all.size() < limits.fewest_passages) continue;
    all.resize(std::min(all.size(), limits.kept));
    lists[term] = std::move(all);
  }
  return lists;
}

Lists live_lists(const fs::path& path) {
  LiveIndex live(path);
  Lists lists;
  for (const auto& term : body_terms(live.database())) {
    if (const auto champions = live.champions(term)) lists[term] = champions->postings;
  }
  return lists;
}

// The same, where they are no more.
Lists without_removed(const fs::path& path, Lists lists) {
  LiveIndex live(path);
  const auto is_gone = [&](const Posting& posting) {
    const auto all = live.database().postlist_begin(std::string());
    auto document = all;
    document.skip_to(posting.docid);
    return document == live.database().postlist_end(std::string()) || *document != posting.docid;
  };
  for (auto& [term, postings] : lists) std::erase_if(postings, is_gone);
  return lists;
}

// Lists of a collection that is too small for any.
struct ListedIndex : GrownIndex {
  ListedIndex() { list(kFew); }

  void list(const ChampionLimits& limits) const {
    LiveIndex live(path);
    make_statistics(files(), live.manifest().batches, live.database(),
                    count_surfaces(live.database(), live.signatures()), limits);
  }
};

Xapian::docid complete_to(const fs::path& path) { return LiveIndex(path).shards().front().champions().last_docid(); }

// What a reader may conclude, and that the index is sound.
void check_conclusion(const fs::path& path) {
  LiveIndex live(path);
  for (const auto& term : body_terms(live.database())) {
    const auto champions = live.champions(term);
    if (!champions) continue;
    auto all = best_first(live.database(), term);
    std::erase_if(all, [&](const Posting& posting) { return posting.docid > champions->complete_to; });
    REQUIRE(champions->postings.size() <= all.size());
    CHECK(std::equal(champions->postings.begin(), champions->postings.end(), all.begin()));
  }
  CHECK(check_index(path).empty());
}

}  // namespace

TEST_CASE("champions: the largest wdf first, ties by docid") {
  ChampionPicker picker(5);
  for (const Posting posting : {Posting{2, 1}, {3, 2}, {5, 1}, {7, 4}, {8, 2}, {9, 4}, {300, 1}, {301, 1}})
    picker.add(posting);
  const std::vector<Posting> best{{7, 4}, {9, 4}, {3, 2}, {8, 2}, {2, 1}};
  CHECK(picker.take() == best);
  picker.add({4, 3});
  CHECK(picker.take() == std::vector<Posting>{{4, 3}});
  CHECK(picker.take().empty());
}

TEST_CASE("champions: a list is read as it was written") {
  const TempFolder folder;
  const std::vector<Posting> one{{4'000'000'000, 24}, {7, 4}, {9, 4}, {3, 1}, {200'000, 1}};
  const ChampionLists lists{{term_hash("Zone"), encode_champions(one)}, {term_hash("Ztwo"), {}}};
  write_champions(folder / "champions", 3, 4'000'000'001, lists);
  const ChampionsFile file(folder / "champions", 3);
  REQUIRE(file.known());
  CHECK(file.size() == 2);
  CHECK(file.last_docid() == 4'000'000'001);
  CHECK(file.of("Zone") == one);
  CHECK(file.of("Ztwo") == std::vector<Posting>());
  CHECK(file.of("Zthree") == std::nullopt);
  CHECK_FALSE(ChampionsFile(folder / "champions", 4).known());
  CHECK_FALSE(ChampionsFile(folder / "nothing", 3).known());
}

TEST_CASE("champions: the lists are those of a scan") {
  const ListedIndex index;
  const Lists lists = live_lists(index.path);
  CHECK(lists == lists_by_scan(index.path, kFew));
  CHECK(lists.size() >= 5);
  CHECK(lists.size() < body_terms(LiveIndex(index.path).database()).size());
  check_conclusion(index.path);

  const auto& term = lists.begin()->first;
  const Xapian::doccount passages = LiveIndex(index.path).database().get_termfreq(term);
  index.list({passages, 25});
  CHECK(live_lists(index.path).contains(term));
  index.list({passages + 1, 25});
  CHECK_FALSE(live_lists(index.path).contains(term));
}

TEST_CASE("champions: through small batches they lose what is removed, and are told to go no further") {
  const ListedIndex index;
  const Lists before = live_lists(index.path);
  const Xapian::docid end = complete_to(index.path);
  index.change();
  CHECK(complete_to(index.path) == end);
  CHECK(LiveIndex(index.path).database().get_lastdocid() > end);
  Lists expected = without_removed(index.path, before);
  CHECK(expected != before);
  CHECK(live_lists(index.path) == expected);
  check_conclusion(index.path);
  remove_articles(index.path, {"news/0.txt", "news/40.txt"});
  CHECK(live_lists(index.path) == without_removed(index.path, std::exchange(expected, {})));
  check_conclusion(index.path);
}

TEST_CASE("champions: tagging companies anew changes nothing") {
  const ListedIndex index;
  index.change();
  const Lists before = live_lists(index.path);
  const CompanyMatcher companies = read_companies(
      R"({"schema": "nutgraf.companies/1", "companies": [{"id": "tencent", "name": "Tencent"}]})", "table");
  CHECK(retag_companies(index.path, companies).changed > 0);
  CHECK(live_lists(index.path) == before);
  CHECK_FALSE(before.empty());
  check_conclusion(index.path);
}

TEST_CASE("champions: a collection that has outgrown them gets others") {
  const ListedIndex index;
  const Xapian::docid end = complete_to(index.path);
  const auto last_docid = [&] { return LiveIndex(index.path).database().get_lastdocid(); };
  SUBCASE("by new articles") {
    for (unsigned number = 100; last_docid() < 2 * end; ++number) {
      CHECK(complete_to(index.path) == end);
      index.write(number, number);
      index.index();
    }
  }
  SUBCASE("by new versions of one article") {
    for (unsigned seed = 100; last_docid() < 2 * end; ++seed) {
      CHECK(complete_to(index.path) == end);
      index.write(8, seed);
      index.index();
    }
  }
  CHECK(complete_to(index.path) == last_docid());
  CHECK(LiveIndex(index.path).shards().front().statistics().removed().empty());
  CHECK(live_lists(index.path).empty());  // too small for any again
  check_conclusion(index.path);
}

TEST_CASE("champions: a large batch lists them, and lists them anew") {
  const TempFolder folder;
  const auto write = [&](const std::string& name, unsigned from, unsigned to) {
    std::string records;
    for (unsigned i = from; i < to; ++i)
      records += R"({"id": ")" + std::to_string(i) + R"(", "title": "T", "text": ")" + prose(8, i) + "\"}\n";
    folder.write(name + "/articles.jsonl", records);
  };
  write("many", 0, 17'000);
  write("more", 17'000, 17'500);
  const fs::path path = folder / "index";
  index_folder(path, folder / "many", large_path(5000));
  const Lists lists = live_lists(path);
  CHECK(lists == lists_by_scan(path, ChampionLimits()));
  CHECK_FALSE(lists.empty());
  remove_articles(path, {"0", "1", "2"});
  CHECK(live_lists(path) == without_removed(path, lists));
  CHECK(live_lists(path) != lists);
  index_folder(path, folder / "more", large_path(100));
  CHECK(live_lists(path) == lists_by_scan(path, ChampionLimits()));
  CHECK(complete_to(path) == 17'497);
  CHECK(check_index(path).empty());

  write_champions(generation_paths(path, *live_generation(path)).champions(), 3, 17'497, {});
  CHECK(check_index(path) == std::vector<std::string>{"the champions are not those of the stored articles"});
}

TEST_CASE("champions: a file that is missing, damaged or of another batch is done without, and made anew") {
  const ListedIndex index;
  const fs::path file = index.files().champions();
  const auto is_nothing = [&] {
    CHECK(live_lists(index.path).empty());
    CHECK(LiveIndex(index.path).shards().front().statistics().known());
    REQUIRE(check_index(index.path).size() == 1);
    CHECK(check_index(index.path)[0].find("the champions are missing") == 0);
  };
  spoil_list_file(file, is_nothing);
  write_champions(file, 7, 1, {});
  is_nothing();
  fs::remove(file);
  is_nothing();

  index.change();
  CHECK(complete_to(index.path) > 0);
  check_conclusion(index.path);
}

TEST_CASE("champions: the file of a batch that was not committed is done without, and no damage") {
  const ListedIndex index;
  write_champions(index.files().champions(), 2, 1, {});
  CHECK(live_lists(index.path).empty());
  CHECK(check_index(index.path).empty());
  index.change();
  check_conclusion(index.path);
}

TEST_CASE("champions: statistics of another batch leave none") {
  const ListedIndex index;
  const std::string first = read_file(index.files().statistics());
  index.change();
  CHECK_FALSE(live_lists(index.path).empty());
  write_file(index.files().statistics(), first);
  CHECK(live_lists(index.path).empty());
}

TEST_CASE("champions: one list that is damaged is done without, and found") {
  const ListedIndex index;
  Lists lists = live_lists(index.path);
  const std::string content = read_file(index.files().champions());
  const std::size_t first_key = 40, last_byte = content.size() - 1;
  for (const std::size_t at : {first_key, last_byte}) {
    CAPTURE(at);
    const std::string damaged = with_damage(content, at);
    write_file(index.files().champions(), damaged);
    const Lists left = live_lists(index.path);
    CHECK(left.size() + 1 == lists.size());
    for (const auto& [term, postings] : left) CHECK(postings == lists[term]);
    CHECK(check_index(index.path) == std::vector<std::string>{"the champions are not those of the stored articles"});
  }
}

TEST_CASE("champions: lists that are wrong are found") {
  const ListedIndex index;
  ChampionLists lists;
  for (const auto& [term, postings] : live_lists(index.path)) lists[term_hash(term)] = encode_champions(postings);
  const Xapian::docid end = complete_to(index.path);
  write_champions(index.files().champions(), 1, end, lists);
  REQUIRE(check_index(index.path).empty());

  const auto is_found = [&](Xapian::docid last_docid) {
    write_champions(index.files().champions(), 1, last_docid, lists);
    CHECK(check_index(index.path) == std::vector<std::string>{"the champions are not those of the stored articles"});
  };
  SUBCASE("of another term") {
    std::swap(lists.begin()->second, lists.rbegin()->second);
    is_found(end);
  }
  SUBCASE("of a term that is not there") {
    lists[0] = std::move(lists.extract(lists.begin()).mapped());
    is_found(end);
  }
  SUBCASE("a removed passage that was not told") {
    index.change();
    Statistics statistics = StatisticsFile(index.files().statistics(), 3).read();
    CHECK_FALSE(statistics.removed.empty());
    statistics.removed.clear();
    write_statistics(index.files().statistics(), 3, statistics);
    is_found(end);
  }
}

TEST_CASE("champions: several shards have none") {
  const TempFolder folder;
  for (unsigned i = 0; i < 60; ++i) folder.write("news/" + std::to_string(i) + ".txt", "Title\n\n" + prose(400, i));
  BatchOptions options = large_path();
  options.shards = 2;
  index_folder(folder / "index", folder / "news", options);
  {
    const LiveIndex live(folder / "index");
    for (const LiveShard& shard : live.shards())
      make_statistics(shard.paths(), shard.manifest().batches, shard.database(),
                      count_surfaces(shard.database(), shard.signatures()), {40, 10});
  }
  LiveIndex live(folder / "index");
  CHECK_FALSE(live.champions("Zmodel"));
  CHECK(live.shards().front().champions("Zmodel"));
}
