// The word pairs: what a scan of signatures and postings gives, through batches of any kind, and nothing where they
// cannot be told.
#include "index/word_pairs.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "index/statistics.h"
#include "index/terms.h"
#include "index/varint.h"
#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

namespace {

constexpr ListFileMagic kMagic{'N', 'G', 'p', 'a', 'i', 'r', 's', '1'};
constexpr WordPairLimits kFew{40, 8, 5, 17};

using Passages = std::vector<std::tuple<Xapian::docid, Xapian::termcount, Xapian::termcount>>;
using Pairs = std::map<std::string, Passages>;

Passages read(PairPostings postings) {
  Passages passages;
  for (; !postings.at_end(); postings.next())
    passages.emplace_back(postings.docid(), postings.first_wdf(), postings.second_wdf());
  return passages;
}

std::vector<PairedWord> words_of(const fs::path& path) {
  return LiveIndex(path).shards().front().word_pairs().words().value();
}

Pairs live_pairs(const fs::path& path) {
  LiveIndex live(path);
  Pairs pairs;
  if (!live.shards().front().word_pairs().known()) return pairs;
  for (const PairedWord& first : words_of(path)) {
    for (const PairedWord& second : words_of(path)) {
      if (const auto pair = live.word_pair(first, second)) pairs[first.term + " " + second.term] = read(pair->postings);
    }
  }
  return pairs;
}

std::map<Xapian::docid, Xapian::termcount> wdfs(const Xapian::Database& database, const std::string& term) {
  std::map<Xapian::docid, Xapian::termcount> wdfs;
  for (PostingList postings(database, term); !postings.at_end(); postings.next())
    wdfs[postings.docid()] = postings.wdf();
  return wdfs;
}

Pairs pairs_by_scan(const fs::path& path, const std::vector<PairedWord>& words, Xapian::docid last_docid) {
  LiveIndex live(path);
  Pairs pairs;
  for (const PairedWord& first : words) {
    const auto firsts = wdfs(live.database(), first.term);
    for (const PairedWord& second : words) {
      Passages passages;
      const auto seconds = wdfs(live.database(), second.term);
      for (const auto& [docid, wdf] : firsts) {
        const auto text = live.signatures().of(docid);
        const std::vector<std::uint16_t> both{first.surface, second.surface};
        const bool there = std::search(text.begin(), text.end(), both.begin(), both.end()) != text.end();
        if (there && docid <= last_docid) passages.emplace_back(docid, wdf, seconds.at(docid));
      }
      if (!passages.empty()) pairs[first.term + " " + second.term] = std::move(passages);
    }
  }
  return pairs;
}

// Pairs of a collection that is too small for any.
struct PairedIndex : GrownIndex {
  PairedIndex() { list(kFew); }

  void list(const WordPairLimits& limits) const {
    LiveIndex live(path);
    const LiveShard& shard = live.shards().front();
    make_statistics(files(), live.manifest().batches, live.database(),
                    count_surfaces(live.database(), live.signatures()));
    make_word_pairs(files(), live.manifest().batches, std::vector{PartPostings(shard.database())}, limits);
  }
};

Xapian::docid complete_to(const fs::path& path) { return LiveIndex(path).shards().front().word_pairs().last_docid(); }

std::string list_of(const Passages& passages) {
  std::string list;
  put_varint(list, passages.size());
  Xapian::docid before = 0;
  for (const auto& [docid, first, second] : passages) {
    put_varint(list, docid - before);
    before = docid;
    if (std::max(first, second) > 15) {
      list += {'\0', static_cast<char>(first), static_cast<char>(second)};
    } else {
      list += static_cast<char>(16 * first + second);
    }
  }
  return list;
}

}  // namespace

TEST_CASE("word pairs: a list is read passage by passage, without those that were removed") {
  const Passages passages{{3, 1, 1}, {4, 15, 15}, {200, 16, 2}, {201, 2, 24}, {4'000'000'000, 1, 15}};
  const std::string list = list_of(passages);
  CHECK(read({list, {}}) == passages);
  CHECK(PairPostings(list, {}).passages() == 5);
  CHECK(PairPostings().at_end());
  CHECK(PairPostings(list_of({}), {}).at_end());

  const std::vector<Xapian::docid> removed{2, 3, 5, 201, 4'000'000'000};
  CHECK(read({list, removed}) == Passages{passages[1], passages[2]});
  PairPostings postings(list, removed);
  postings.skip_to(5);
  CHECK(postings.docid() == 200);
  postings.skip_to(200);
  CHECK(postings.docid() == 200);
  postings.skip_to(201);
  CHECK(postings.at_end());
  // A list that ends too early does not lead outside it.
  for (std::size_t size = 0; size < list.size(); ++size) CHECK(read({list.substr(0, size), {}}).size() < 5);
}

TEST_CASE("word pairs: the words are the most frequent ones, by their most frequent term") {
  const TempFolder folder;
  std::string records;
  const auto add = [&](int count, const std::string& text, const std::string& language) {
    for (; count > 0; --count) records += R"({"title": "", "text": ")" + text + R"(", "lang": ")" + language + "\"}\n";
  };
  add(30, "rises häuser the 12", "en");
  add(40, "rises häuser und", "de");
  add(25, "falls", "en");
  folder.write("records.jsonl", records);
  index_folder(folder / "index", folder / "records.jsonl");
  LiveIndex live(folder / "index");
  const WordCounts vocabulary = Vocabulary(live.shards().front().paths().words()).counts();
  const auto words = [&](const WordPairLimits& limits) {
    std::string text;
    for (const PairedWord& word : words_to_pair(live.database(), vocabulary, limits)) {
      text += word.term + " ";
      CHECK(word.term.substr(1, 2) != "12");
    }
    return text;
  };
  CHECK(words({30, 1000, 9, 1}) == "Zde:haus Zde:ris Zde:und Zthe ");
  CHECK(words({1, 3, 9, 1}) == "Zde:haus Zde:ris Zde:und ");
  CHECK(words({1, 1000, 2, 1}) == "Zde:haus Zde:ris ");
}

TEST_CASE("word pairs: of two words with one hash the more frequent one is paired") {
  std::map<std::uint16_t, std::string> by_hash;
  std::string rarer, other;
  for (int number = 0; rarer.empty(); ++number) {
    std::string word = "q";  // of letters that no stemmer takes away
    for (int rest = number; rest > 0; rest /= 16) word += "bcdfghjkmnpqtvwx"[rest % 16];
    const auto [found, fresh] = by_hash.emplace(Analyzer::signature_hash(word), word);
    if (fresh) continue;
    rarer = found->second;
    other = word;
  }
  const TempFolder folder;
  std::string records;
  for (int id = 0; id < 20; ++id)
    records += R"({"id": ")" + std::to_string(id) + R"(", "title": "", "text": ")" + (id < 8 ? rarer : other) +
               " falls\", \"lang\": \"en\"}\n";
  folder.write("records.jsonl", records);
  index_folder(folder / "index", folder / "records.jsonl");
  LiveIndex live(folder / "index");
  const LiveShard& shard = live.shards().front();
  const auto words = words_to_pair(live.database(), Vocabulary(shard.paths().words()).counts(), {1, 1000, 9, 1});
  const std::vector<PairedWord> expected{{Analyzer::signature_hash("falls"), "Zfall"},
                                         {Analyzer::signature_hash(other), "Z" + other}};
  CHECK(words == expected);
}

TEST_CASE("word pairs: the lists are those of a scan, however few passages are in memory") {
  const PairedIndex index;
  CHECK(words_of(index.path).size() == 5);
  const Pairs pairs = live_pairs(index.path);
  CHECK(pairs.size() == 25);
  CHECK(pairs == pairs_by_scan(index.path, words_of(index.path), complete_to(index.path)));
  CHECK(check_index(index.path).empty());

  const std::string content = read_file(index.files().word_pairs());
  for (const Xapian::docid at_once : {1U, 40U, 4'000'000'000U}) {
    WordPairLimits limits = kFew;
    limits.passages_at_once = at_once;
    index.list(limits);
    CHECK(read_file(index.files().word_pairs()) == content);
  }
}

TEST_CASE("word pairs: through small batches they lose what is removed, and are told to go no further") {
  const PairedIndex index;
  const Pairs before = live_pairs(index.path);
  const auto words = words_of(index.path);
  const Xapian::docid end = complete_to(index.path);
  index.change();
  CHECK(complete_to(index.path) == end);
  CHECK(LiveIndex(index.path).database().get_lastdocid() > end);
  CHECK(live_pairs(index.path) != before);
  CHECK(live_pairs(index.path) == pairs_by_scan(index.path, words, end));
  CHECK(check_index(index.path).empty());
}

TEST_CASE("word pairs: a large batch lists them, and lists them anew") {
  const TempFolder folder;
  const auto write = [&](const std::string& name, unsigned from, unsigned to) {
    std::string records;
    for (unsigned i = from; i < to; ++i)
      records += R"({"id": ")" + std::to_string(i) + R"(", "title": "", "text": ")" + prose(6, i) + "\"}\n";
    folder.write(name + "/articles.jsonl", records);
  };
  write("many", 0, 65'600);
  write("more", 65'600, 66'000);
  const fs::path path = folder / "index";
  index_folder(path, folder / "many", large_path(20'000));
  const auto words = words_of(path);
  CHECK(words.size() == 12);
  const Pairs pairs = live_pairs(path);
  CHECK(pairs == pairs_by_scan(path, words, 65'600));
  remove_articles(path, {"0", "1", "2"});
  CHECK(live_pairs(path) == pairs_by_scan(path, words, 65'600));
  CHECK(live_pairs(path) != pairs);
  index_folder(path, folder / "more", large_path(100));
  CHECK(complete_to(path) > 65'600);
  CHECK(live_pairs(path) == pairs_by_scan(path, words, complete_to(path)));
  CHECK(check_index(path).empty());

  fs::remove(generation_paths(path, *live_generation(path)).word_pairs());
  REQUIRE(check_index(path).size() == 1);
  CHECK(check_index(path)[0].find("the word pairs are missing") == 0);
  remove_articles(path, {"3"});  // a small batch makes the file anew
  CHECK(live_pairs(path) == pairs_by_scan(path, words, complete_to(path)));
  CHECK(check_index(path).empty());
}

TEST_CASE("word pairs: a file that is missing, damaged or of another batch is done without") {
  const PairedIndex index;
  const fs::path file = index.files().word_pairs();
  const auto is_nothing = [&] {
    CHECK(live_pairs(index.path).empty());
    CHECK(LiveIndex(index.path).shards().front().statistics().known());
    CHECK(check_index(index.path).empty());  // so small a collection needs none
  };
  spoil_list_file(file, is_nothing);
  fs::remove(file);
  is_nothing();
}

TEST_CASE("word pairs: a list that is missing is found, but for an empty one, and so is one that is too many") {
  const PairedIndex index;
  LiveIndex live(index.path);
  const std::uint64_t batch = live.manifest().batches;
  const auto words = words_of(index.path);
  const ListFile listed(index.files().word_pairs(), kMagic, batch);
  const fs::path other = index.files().folder / "other";
  const auto write_first = [&](std::size_t lists, const std::vector<Passages>& more) {
    ListFileWriter writer(other, lists + more.size());
    for (std::size_t place = 0; place < lists; ++place) writer.add(listed.keys()[place], listed.list(place).value());
    for (const Passages& passages : more) writer.add(~std::uint64_t{0}, list_of(passages));
    writer.commit(kMagic, batch, listed.last_docid());
  };
  const auto is_right = [&](const fs::path& file, const Xapian::Database& database) {
    const std::vector parts{PartPostings(database, 1, listed.last_docid())};
    return WordPairsFile(file, batch).equal({parts, live.signatures(), words, 20}, words, {});
  };
  CHECK(is_right(index.files().word_pairs(), live.database()));
  write_first(listed.keys().size(), {{{1, 1, 1}}});
  CHECK_FALSE(is_right(other, live.database()));
  write_first(listed.keys().size() - 1, {});
  CHECK_FALSE(is_right(other, live.database()));
  write_first(1, {});  // the words
  CHECK_FALSE(is_right(other, live.database()));
  CHECK(is_right(other, Xapian::Database()));
}

TEST_CASE("word pairs: a list that is damaged or wrong is found") {
  const PairedIndex index;
  const fs::path file = index.files().word_pairs();
  const std::string content = read_file(file);
  const auto is_found = [&] {
    CHECK(check_index(index.path) == std::vector<std::string>{"the word pairs are not those of the stored articles"});
  };
  SUBCASE("damaged: it is done without, the others are there") {
    const Pairs pairs = live_pairs(index.path);
    const std::string damaged = with_damage(content, content.size() - 1);
    write_file(file, damaged);
    CHECK(live_pairs(index.path).size() + 1 == pairs.size());
    is_found();
  }
  SUBCASE("its key") {
    const std::string damaged = with_damage(content, 48);  // that of the first pair: the words come first
    write_file(file, damaged);
    is_found();
  }
  SUBCASE("the words") {
    const std::size_t words = content.find("Z" + words_of(index.path).front().term.substr(1));
    const std::string damaged = with_damage(content, words + 1);
    write_file(file, damaged);
    is_found();
  }
  SUBCASE("a removed passage that was not told") {
    index.change();
    Statistics statistics = StatisticsFile(index.files().statistics(), 3).read();
    CHECK_FALSE(statistics.removed.empty());
    statistics.removed.clear();
    write_statistics(index.files().statistics(), 3, statistics);
    is_found();
  }
}

TEST_CASE("word pairs: several shards have none") {
  CHECK(wants_word_pairs(1, 65'536));
  CHECK_FALSE(wants_word_pairs(2, 65'536));
  CHECK_FALSE(wants_word_pairs(1, 65'535));
}
