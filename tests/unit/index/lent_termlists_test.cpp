// Lent termlists against those that Xapian keeps itself: what they say, and what a transaction does by them.
#include "index/lent_termlists.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <random>

#include "index/file_io.h"
#include "index/segment.h"
#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

namespace {

using Terms = std::map<std::string, std::uint32_t>;

Xapian::Document document_of(const Terms& terms) {
  Xapian::Document document;
  for (const auto& [term, wdf] : terms) document.add_term(term, wdf);
  return document;
}

/// The same documents in a database that keeps termlists and in one that does not.
struct Pair {
  TempFolder folder;
  fs::path kept = folder / "kept";
  fs::path without = folder / "without";

  explicit Pair(const std::vector<Terms>& documents) {
    for (const auto& [path, flags] : {std::pair{kept, 0}, std::pair{without, kWithoutTermlists}}) {
      Xapian::WritableDatabase database(path.string(), Xapian::DB_CREATE | flags);
      for (const auto& terms : documents) database.add_document(document_of(terms));
      database.commit();
    }
  }
};

std::vector<Terms> random_documents(unsigned seed, unsigned count) {
  std::mt19937 random(seed);
  std::vector<Terms> documents(count);
  for (Terms& terms : documents) {
    for (unsigned n = 1 + static_cast<unsigned>(random()) % (random() % 50 == 0 ? 2000 : 80); n > 0; --n) {
      std::string term = random() % 5 == 0 ? "XC" : "Z";
      for (unsigned letters = 1 + static_cast<unsigned>(random()) % 6; letters > 0; --letters)
        term += static_cast<char>('a' + random() % 4);
      terms[term] = static_cast<std::uint32_t>(random() % (random() % 20 == 0 ? 1000 : 4));
    }
  }
  return documents;
}

std::string termlist(const Xapian::Database& database, Xapian::docid docid, const std::string& prefix = {}) {
  std::string text = std::to_string(database.get_doclength(docid)) + ": ";
  for (auto term = database.termlist_begin(docid); term != database.termlist_end(docid); ++term)
    if ((*term).starts_with(prefix)) text += *term + ":" + std::to_string(term.get_wdf()) + " ";
  return text;
}

std::string described(const fs::path& path) {
  const Xapian::Database database(path.string());
  std::string text = std::to_string(database.get_doccount()) + " " + std::to_string(database.get_total_length()) + "\n";
  for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term)
    text += *term + " " + std::to_string(term.get_termfreq()) + " " +
            std::to_string(database.get_collection_freq(*term)) + "\n";
  for (const auto& [docid, terms] : terms_by_document(database))
    text += std::to_string(docid) + "/" + std::to_string(database.get_doclength(docid)) + " " + terms + "\n";
  return text;
}

std::size_t errors_in(const fs::path& path) { return Xapian::Database::check(path.string(), 0, nullptr); }

LentTermlists lend(const fs::path& path, const std::vector<Xapian::docid>& docids, const std::string& prefix = {}) {
  return {path, docids, {prefix}};
}

bool has_termlists(const fs::path& path) { return fs::exists(path / "termlist.glass"); }

}  // namespace

TEST_CASE("lent termlists: those that Xapian would have kept") {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    CAPTURE(seed);
    const Pair pair(random_documents(seed, 400));
    CHECK_FALSE(has_termlists(pair.without));
    const std::vector<Xapian::docid> docids{1, 2, 3, 77, 200, 201, 399, 400};
    const LentTermlists lent = lend(pair.without, docids);
    CHECK(Xapian::Database::check((pair.without / "termlist.glass").string(), 0, nullptr) == 0);
    const Xapian::Database kept(pair.kept.string()), without(pair.without.string());
    for (const auto docid : docids) CHECK(termlist(without, docid) == termlist(kept, docid));
    CHECK_THROWS_AS((void)termlist(without, 4), Xapian::DocNotFoundError);
  }
}

TEST_CASE("lent termlists: a wdf that just fits into the byte with the shared bytes, and one that does not") {
  std::vector<Terms> documents;
  for (std::size_t letters = 48; letters < 60; ++letters) {
    for (std::size_t shared = 1; shared < 6; ++shared) {
      const std::string longer = "aqqqqq" + std::string(letters, 'b');
      documents.push_back({{longer, 1}, {longer.substr(0, shared) + "r", 3}});
    }
  }
  const Pair pair(documents);
  std::vector<Xapian::docid> docids;
  for (std::size_t i = 1; i <= documents.size(); ++i) docids.push_back(static_cast<Xapian::docid>(i));
  const LentTermlists lent = lend(pair.without, docids);
  const Xapian::Database kept(pair.kept.string()), without(pair.without.string());
  for (const auto docid : docids) CHECK(termlist(without, docid) == termlist(kept, docid));
}

TEST_CASE("lent termlists: documents are deleted, replaced and added by them, batch after batch") {
  const Pair pair(random_documents(7, 300));
  const auto fresh = random_documents(8, 40);
  for (unsigned batch = 0; batch < 4; ++batch) {
    CAPTURE(batch);
    // What the batch before added goes as well.
    const std::vector<Xapian::docid> docids{1 + batch, 100 + batch, 200 + batch, 300 + batch * 10};
    for (const auto& path : {pair.kept, pair.without}) {
      std::optional<LentTermlists> lent;
      if (path == pair.without) lent.emplace(path, docids, std::vector<std::string>{""});
      Xapian::WritableDatabase database(path.string(), Xapian::DB_OPEN | kWithoutTermlists);
      database.begin_transaction();
      database.delete_document(docids[0]);
      database.delete_document(docids[1]);
      database.replace_document(docids[2], document_of(fresh[batch]));
      database.delete_document(docids[3]);
      for (unsigned i = 0; i < 10; ++i) database.add_document(document_of(fresh[batch * 10 + i]));
      database.commit_transaction();
    }
    CHECK_FALSE(has_termlists(pair.without));
    CHECK(errors_in(pair.without) == 0);
    CHECK(described(pair.without) == described(pair.kept));
  }
}

TEST_CASE("lent termlists: a part of the terms may be changed, the others stay") {
  const Pair pair(random_documents(9, 100));
  std::vector<Xapian::docid> all;
  for (Xapian::docid docid = 1; docid <= 100; ++docid) all.push_back(docid);
  for (const auto& path : {pair.kept, pair.without}) {
    std::optional<LentTermlists> lent;
    if (path == pair.without) lent.emplace(path, all, std::vector<std::string>{"XC"});
    Xapian::WritableDatabase database(path.string(), Xapian::DB_OPEN | kWithoutTermlists);
    for (const auto docid : all) {
      Xapian::Document document = database.get_document(docid);
      std::vector<std::string> before;
      for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term)
        if ((*term).starts_with("XC")) before.push_back(*term);
      for (const auto& term : before) document.remove_term(term);
      if (docid % 3 > 0) document.add_term("XCnew", docid % 3);
      database.replace_document(docid, document);
    }
    database.commit();
  }
  CHECK(errors_in(pair.without) == 0);
  CHECK(described(pair.without) == described(pair.kept));
}

TEST_CASE("lent termlists: what a dead writer left is no harm, wherever it died") {
  const Pair pair(random_documents(10, 50));
  const fs::path lists = pair.without / "termlist.glass";
  const std::string before = described(pair.without);
  const std::string none = read_small_file(pair.without / "iamglass").value();
  std::string lent_lists, version;
  {
    const LentTermlists lent = lend(pair.without, {3, 4});
    lent_lists = read_small_file(lists).value();
    version = read_small_file(pair.without / "iamglass").value();
  }
  CHECK(read_small_file(pair.without / "iamglass").value() == none);
  SUBCASE("with half of the lists written") { replace_file(lists, lent_lists.substr(0, 5000)); }
  SUBCASE("before the version file said so") { replace_file(lists, lent_lists); }
  SUBCASE("before the transaction") {
    replace_file(lists, lent_lists);
    replace_file(pair.without / "iamglass", version);
  }
  SUBCASE("before the lists were taken back") {
    {
      const LentTermlists lent = lend(pair.without, {3, 4});
      Xapian::WritableDatabase database(pair.without.string(), Xapian::DB_OPEN | kWithoutTermlists);
      database.set_metadata("key", "value");
      database.commit();
      database.close();
      lent_lists = read_small_file(lists).value();
      version = read_small_file(pair.without / "iamglass").value();
    }
    replace_file(lists, lent_lists);
    replace_file(pair.without / "iamglass", version);
  }
  CHECK(described(pair.without) == before);
  {
    const LentTermlists lent = lend(pair.without, {4, 5});
    Xapian::WritableDatabase database(pair.without.string(), Xapian::DB_OPEN | kWithoutTermlists);
    database.delete_document(4);
    database.delete_document(5);
    database.commit();
  }
  Xapian::WritableDatabase kept(pair.kept.string(), Xapian::DB_OPEN);
  kept.delete_document(4);
  kept.delete_document(5);
  kept.commit();
  CHECK(described(pair.without) == described(pair.kept));
  CHECK(errors_in(pair.without) == 0);
  CHECK_FALSE(has_termlists(pair.without));
}

TEST_CASE("lent termlists: a reader from before sees no change") {
  const Pair pair(random_documents(11, 50));
  Xapian::Database reader(pair.without.string());
  const auto before = terms_by_document(reader);
  const LentTermlists lent = lend(pair.without, {3, 4});
  CHECK_FALSE(reader.reopen());
  CHECK(terms_by_document(reader) == before);
  CHECK(terms_by_document(Xapian::Database(pair.without.string())) == before);
}

namespace {

const CompanyMatcher kCompanies = read_companies(
    R"({"schema": "nutgraf.companies/1",
        "companies": [{"id": "tencent", "name": "Tencent"}, {"id": "bytedance", "name": "ByteDance", "products": ["Doubao"]}]})",
    "companies of the test");

void write_articles(const TempFolder& folder) {
  folder.write("news/a.md", "---\ntitle: Tencent and chips\nsource: Test Wire\ndate: 2025-02-27\n---\n" +
                                prose(500, 1) + "\n\n## The market\n\n" + prose(300, 2));
  folder.write("news/b.txt", "腾讯元宝\n\n腾讯元宝接入DeepSeek-R1模型。字节跳动的豆包也在更新。Tencent shares.");
  folder.write("news/c.txt", prose(200, 3));
  folder.write("news/d.jsonl", R"({"id":"long/)" + std::string(300, 'x') + R"(","title":"GPT-4o","text":"One text."})");
}

}  // namespace

TEST_CASE("lent termlists: of articles, from their texts, what all posting lists have") {
  const TempFolder folder;
  write_articles(folder);
  BatchOptions options;
  options.companies = &kCompanies;
  index_folder(folder / "index", folder / "news", options);
  const fs::path path = generation_paths(folder / "index", 1).passages();
  std::vector<std::string> ids{"no such article"}, roots;
  std::string dictionary;
  LiveIndex(folder / "index").read([&](LiveIndex& view) {
    for (const auto first : view.articles()) ids.insert(ids.begin(), view.article(first).id);
    roots = view.manifest().roots;
    dictionary = view.shards().front().dictionary();
    return 0;
  });
  REQUIRE(ids.size() == 5);
  ids.push_back(ids.front());
  const auto articles = documents_of_articles(Xapian::Database(path.string()), ids);
  CHECK(articles.size() == 4);
  CHECK(std::is_sorted(articles.begin(), articles.end()));
  const LentTermlists lent(path, articles, RecordStore(dictionary), roots);
  const Xapian::Database database(path.string());
  std::string all;
  for (const auto& [docid, terms] : terms_by_document(database)) {
    all += terms;
    CHECK(termlist(database, docid) == std::to_string(database.get_doclength(docid)) + ": " + terms);
  }
  CHECK(all.find("XCtencent:") != std::string::npos);
}

TEST_CASE("lent termlists: of more documents than are in memory at a time") {
  const TempFolder folder;
  std::string records;
  for (unsigned i = 0; i < 9000; ++i)
    records += R"({"id": ")" + std::to_string(i) + R"(", "title": "", "text": ")" + prose(6, i) + "\"}\n";
  folder.write("news.jsonl", records);
  index_folder(folder / "index", folder / "news.jsonl");
  const fs::path path = generation_paths(folder / "index", 1).passages();
  const auto terms = terms_by_document(Xapian::Database(path.string()));
  std::vector<Xapian::docid> docids;
  std::vector<std::vector<Xapian::docid>> articles;
  for (const auto& [docid, unused] : terms) {
    docids.push_back(docid);
    articles.push_back({docid});
  }
  REQUIRE(docids.size() == 9000);
  const auto are_right = [&] {
    const Xapian::Database database(path.string());
    return std::all_of(docids.begin(), docids.end(), [&](Xapian::docid docid) {
      return termlist(database, docid) == std::to_string(database.get_doclength(docid)) + ": " + terms.at(docid);
    });
  };
  SUBCASE("by their docids") {
    const LentTermlists lent(path, docids, {""});
    CHECK(are_right());
  }
  SUBCASE("by their texts") {
    const std::string dictionary = LiveIndex(folder / "index").shards().front().dictionary();
    const LentTermlists lent(path, articles, RecordStore(dictionary), {""});
    CHECK(are_right());
  }
}

TEST_CASE("lent termlists: a term that the analysis does not give is found all the same") {
  const TempFolder folder;
  write_articles(folder);
  index_folder(folder / "index", folder / "news");
  const fs::path path = generation_paths(folder / "index", 1).passages();
  {
    const LentTermlists lent = lend(path, {1});
    Xapian::WritableDatabase database(path.string(), Xapian::DB_OPEN | kWithoutTermlists);
    Xapian::Document document = database.get_document(1);
    document.add_term("Zunheard", 2);
    database.replace_document(1, document);
    database.commit();
  }
  const auto articles =
      documents_of_articles(Xapian::Database(path.string()), {LiveIndex(folder / "index").article(1).id});
  const LentTermlists lent(path, articles, RecordStore(), LiveIndex(folder / "index").manifest().roots);
  CHECK(termlist(Xapian::Database(path.string()), 1).find("Zunheard:2 ") != std::string::npos);
}
