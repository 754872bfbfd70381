// The bulk builder against Xapian's own: whatever goes in, both segments must say the same.
#include "index/glass_segment.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <sstream>

#include "index/generation_build.h"
#include "index/glass_format.h"
#include "index/glass_postings.h"
#include "index/glass_version.h"
#include "index/lent_termlists.h"
#include "index/posting_list.h"
#include "index/record_store.h"
#include "nutgraf/error.h"
#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kRoots{"/news"};

// One passage a text, whatever its length.
AdmittedArticle article(const std::string& id, const std::vector<std::string>& texts,
                        const std::string& language = "en") {
  AdmittedArticle admitted;
  Article& article = admitted.article;
  article.id = id;
  article.root = kRoots.front();
  article.path = kRoots.front() + "/" + id;
  article.title = "Tencent shares of " + id;
  article.source = "Test Wire";
  article.language = language;
  article.date = Date::from_number(20250227);
  unsigned ordinal = 0;
  for (const auto& text : texts) {
    Passage passage;
    passage.ordinal = ++ordinal;
    passage.text = {article.text.size(), article.text.size() + text.size()};
    if (ordinal % 3 == 2) passage.heading = "The market";
    admitted.passages.push_back(passage);
    article.text += text;
  }
  return admitted;
}

ArticleSlice slice_of(AdmittedArticle one) {
  return std::make_shared<const std::vector<AdmittedArticle>>(1, std::move(one));
}

void describe_statistics(std::ostream& out, const Xapian::Database& database) {
  out << database.get_doccount() << ' ' << database.get_lastdocid() << ' ' << database.get_avlength() << ' '
      << database.get_total_length() << ' ' << database.get_doclength_lower_bound() << ' '
      << database.get_doclength_upper_bound() << ' ' << database.has_positions() << '\n';
}

void describe_postings(std::ostream& out, const Xapian::Database& database) {
  for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
    out << *term << ' ' << term.get_termfreq() << ' ' << database.get_collection_freq(*term) << ' '
        << database.get_wdf_upper_bound(*term);
    for (auto posting = database.postlist_begin(*term); posting != database.postlist_end(*term); ++posting) {
      out << ' ' << *posting << ':' << posting.get_wdf() << '/' << posting.get_doclength();
    }
    out << '\n';
  }
}

void describe_documents(std::ostream& out, const Xapian::Database& database) {
  for (auto posting = database.postlist_begin(""); posting != database.postlist_end(""); ++posting) {
    out << *posting << ' ' << database.get_doclength(*posting) << ' ' << database.get_document(*posting).get_data()
        << '\n';
  }
}

const Analyzer kAnalyzer;
const CompanyMatcher kCompanies = read_companies(
    R"({"schema": "nutgraf.companies/1",
        "companies": [{"id": "tencent", "name": "Tencent"}, {"id": "deepseek", "name": "DeepSeek"},
                      {"id": "bytedance", "name": "ByteDance", "products": ["Doubao"]}]})",
    "companies of the test");

// All that Xapian's interface tells of a database.
std::string described(const fs::path& path) {
  const Xapian::Database database(path.string());
  std::ostringstream out;
  describe_statistics(out, database);
  describe_postings(out, database);
  describe_documents(out, database);
  return out.str();
}

std::size_t errors_in(const fs::path& path) { return Xapian::Database::check(path.string(), 0, nullptr); }

// No dump of two databases where they differ: where they do.
void check_same(const fs::path& one, const fs::path& other) {
  const std::string a = described(one), b = described(other);
  const auto at = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
  CHECK_MESSAGE(a == b, "differ at ", at, ": ",
                a.substr(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - 60)), 120));
}

void replace_and_delete(const fs::path& path) {
  std::vector<Xapian::docid> docids{1};
  if (Xapian::Database(path.string()).get_lastdocid() >= 3) docids.push_back(3);
  const LentTermlists lent(path, docids, {""});
  Xapian::WritableDatabase database(path.string(), Xapian::DB_OPEN | kWithoutTermlists);
  database.begin_transaction();
  Xapian::Document document;
  document.set_data("new");
  document.add_term("Zmarket", 2);
  document.add_boolean_term("XAnew");
  database.replace_document(1, document);
  database.add_document(document);
  if (docids.size() > 1) database.delete_document(3);
  database.commit_transaction();
}

// The articles as so many parts, one behind the other.
std::vector<BulkPart> parts_of(const std::vector<AdmittedArticle>& articles, std::size_t count,
                               std::string_view dictionary) {
  std::vector<BulkPart> parts;
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = [&](std::size_t part) {
      return articles.begin() + static_cast<std::ptrdiff_t>(part * articles.size() / count);
    };
    parts.push_back(analyse_in_bulk({at(i), at(i + 1)}, kRoots, dictionary, kAnalyzer, &kCompanies));
  }
  return parts;
}

// Both builders; segments, what compaction makes of them twice over, and that after a transaction.
void check_builders_agree(const std::vector<AdmittedArticle>& articles, std::size_t count,
                          std::string_view dictionary) {
  CAPTURE(count);
  const TempFolder folder;
  const GenerationPaths api{folder / "api"}, bulk{folder / "bulk"};
  for (const auto& paths : {api, bulk}) fs::create_directories(paths.folder);
  const Segment one = build_segment(api, articles, kRoots, dictionary, &kCompanies);
  const std::vector<BulkPart> parts = parts_of(articles, count, dictionary);
  std::vector<const BulkPart*> pointers;
  SignatureWriter signatures(bulk, 0);
  std::uint64_t text_bytes = 0;
  WordCounts words;
  for (const BulkPart& part : parts) {
    pointers.push_back(&part);
    append_signatures(signatures, part);
    text_bytes += part.text_bytes();
    words.add(part.words);
  }
  signatures.flush();
  CHECK(write_database(bulk, pointers) == one.postings);
  CHECK(one.last_docid == signatures.last_docid());
  CHECK(one.text_bytes == text_bytes);
  CHECK(one.words.sorted() == words.sorted());
  if (count == 1) CHECK(one.languages == parts.front().languages);
  CHECK(read_small_file(api.signatures()) == read_small_file(bulk.signatures()));
  CHECK(read_small_file(api.directory()) == read_small_file(bulk.directory()));
  CHECK(errors_in(bulk.passages()) == 0);
  check_same(api.passages(), bulk.passages());
  for (const auto& paths : {api, bulk}) {
    Xapian::Database twice;
    twice.add_database(Xapian::Database(paths.passages().string()));
    twice.add_database(Xapian::Database(paths.passages().string()));
    twice.compact((paths.folder / "merged").string(), Xapian::Compactor::FULL);
    CHECK(errors_in(paths.folder / "merged") == 0);
  }
  check_same(api.folder / "merged", bulk.folder / "merged");
  for (const auto& paths : {api, bulk}) {
    replace_and_delete(paths.folder / "merged");
    CHECK(errors_in(paths.folder / "merged") == 0);
  }
  check_same(api.folder / "merged", bulk.folder / "merged");
}

// In one part and, where there are so many articles, in several, of which one may be empty.
void check_builders_agree(const std::vector<AdmittedArticle>& articles, std::string_view dictionary = {}) {
  for (const std::size_t count : {1, 2, 3, 7}) {
    if (count == 1 || articles.size() > 1) check_builders_agree(articles, count, dictionary);
  }
}

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  unsigned operator()() { return static_cast<unsigned>(engine_()); }

 private:
  std::mt19937 engine_;
};

// Text that no compressor shortens much.
std::string noise(std::size_t words, unsigned seed) {
  Random random(seed);
  std::string text;
  for (std::size_t i = 0; i < words; ++i) {
    for (unsigned letters = 3 + random() % 9; letters > 0; --letters) text += static_cast<char>('a' + random() % 26);
    text += ' ';
  }
  return text;
}

}  // namespace

TEST_CASE("bulk: one passage, hardly a passage") {
  check_builders_agree({article("a", {"One short text."})});
  check_builders_agree({article("a", {"."})});
}

TEST_CASE("bulk: records that go on over items and blocks") {
  std::vector<std::string> texts{prose(20, 1),     prose(600, 2),    prose(20'000, 3), noise(300, 4),
                                 noise(12'000, 5), noise(60'000, 6), "Short."};
  check_builders_agree({article("long", texts), article("next", {"Another one."})});
}

TEST_CASE("bulk: records that a dictionary compressed, also above 64 KB") {
  std::vector<std::string> samples;
  for (unsigned i = 0; i < 300; ++i) samples.push_back(prose(100, i));
  const std::string dictionary = train_dictionary(samples);
  REQUIRE_FALSE(dictionary.empty());
  check_builders_agree({article("a", {prose(100, 1), noise(40'000, 2), noise(1, 3), prose(5'000, 4)})}, dictionary);
}

TEST_CASE("bulk: Chinese, the longest terms, ids of all kinds") {
  const std::string longest(240, 'x');
  check_builders_agree({article("zh",
                                {"腾讯控股发布混元大模型。字节跳动的豆包也在更新，日活跃用户达到3000万。",
                                 "DeepSeek-R1模型接入腾讯元宝。"},
                                "zh"),
                        article(longest, {longest + " " + std::string(239, 'x') + " " + longest + "y"}),
                        article("文章/一", {"Türkiye’de 5 % über €3bn"}, "de"), article("a#b c", {"x"})});
}

TEST_CASE("bulk: random collections") {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    std::vector<AdmittedArticle> articles;
    for (unsigned i = 0, count = 1 + random() % 300; i < count; ++i) {
      std::vector<std::string> texts;
      for (unsigned n = 1 + random() % 6; n > 0; --n) {
        const unsigned words = random() % (random() % 20 == 0 ? 2000 : 90);
        texts.push_back(random() % 2 == 0 ? prose(words + 1, random()) : noise(words, random()) + "end");
      }
      articles.push_back(article("a" + std::to_string(random() % 9) + "/" + std::to_string(i), texts));
    }
    check_builders_agree(articles);
  }
}

TEST_CASE("bulk: a B-tree of three levels") {
  check_builders_agree({article("a", {noise(70'000, 1), noise(70'000, 2), noise(70'000, 3), noise(70'000, 4)})});
}

TEST_CASE("bulk: docids that take three bytes") {
  std::vector<std::string> texts;
  for (unsigned i = 0; i < 33'500; ++i)
    texts.push_back("w" + std::to_string(i) + " shares" + (i % 7 == 0 ? " price price" : ""));
  std::vector<AdmittedArticle> articles;
  for (unsigned i = 0; i < 2; ++i)
    articles.push_back(
        article("many" + std::to_string(i), {texts.begin() + i * 16'750, texts.begin() + (i + 1) * 16'750}));
  check_builders_agree(articles);
}

TEST_CASE("bulk: more postings than 24 bits count") {
  constexpr unsigned kPassages = 33'000, kWords = 512, kVocabulary = 4'096;
  std::vector<std::string> texts(kPassages);
  for (unsigned passage = 0; passage < kPassages; ++passage) {
    for (unsigned word = 0; word < kWords; ++word)
      texts[passage] += "w" + std::to_string((passage * 37 + word * 5) % kVocabulary) + " ";
  }
  const std::vector<AdmittedArticle> articles{
      article("a", {texts.begin(), texts.begin() + kPassages / 2}),
      article("b", {texts.begin() + kPassages / 2, texts.end()}),
  };
  const TempFolder folder;
  const GenerationPaths api{folder / "api"}, bulk{folder / "bulk"};
  for (const auto& paths : {api, bulk}) fs::create_directories(paths.folder);
  const Segment one = build_segment(api, articles, kRoots, {}, &kCompanies);
  CHECK(one.postings > 1U << 24U);
  const std::vector<BulkPart> parts = parts_of(articles, 2, {});
  const std::vector<const BulkPart*> pointers{&parts[0], &parts[1]};
  CHECK(write_database(bulk, pointers) == one.postings);
  CHECK(errors_in(bulk.passages()) == 0);

  const Xapian::Database a(api.passages().string()), b(bulk.passages().string());
  CHECK(a.get_total_length() == b.get_total_length());
  std::uint64_t same = 0;
  for (auto term = a.allterms_begin(); term != a.allterms_end(); ++term) {
    PostingList theirs(a, *term), ours(b, *term);
    for (; !theirs.at_end() && !ours.at_end(); theirs.next(), ours.next())
      same += theirs.docid() == ours.docid() && theirs.wdf() == ours.wdf() ? 1 : 0;
  }
  CHECK(same == one.postings);
}

TEST_CASE("bulk: sortable numbers sort") {
  std::string before;
  for (const std::uint32_t value :
       {1U, 2U, 255U, 256U, 0x7FFFU, 0x8000U, 0x8001U, 0x1FFFFFU, 0x200000U, 0xFFFFFFFU, 0x10000000U, 0xFFFFFFFFU}) {
    const std::string key = glass::document_key(value);
    CHECK(before < key);
    before = key;
  }
}

TEST_CASE("bulk: what cannot be written is an error, not a bad database") {
  const TempFolder folder;
  glass::PostingWriter writer(folder / "postlist.glass");
  const std::vector<glass::Posting> postings{{1, 1}};
  CHECK_THROWS_AS(writer.add(std::string_view("a\0b", 3), postings), Error);
  CHECK_THROWS_AS(writer.add(std::string(246, 'x'), postings), Error);
  writer.add("b", postings);
  CHECK_THROWS_AS(writer.add("a", postings), Error);
  fs::create_directories(folder / "db");
  CHECK_THROWS_AS(glass::VersionFile(folder / "db"), Error);
  folder.write("db/iamglass", std::string("\x0F\x0DXapian Glass\x04\x6F", 16) + std::string(80, '\0'));
  CHECK_THROWS_AS(glass::VersionFile(folder / "db"), Error);
}

TEST_CASE("bulk: both builders make the same index, with duplicates, replacements and a live generation") {
  const TempFolder folder;
  const auto api = folder / "api", bulk = folder / "bulk";
  BatchOptions options = large_path();
  const auto index_both = [&] {
    for (const auto& [index, builder] :
         {std::pair{api, SegmentBuilder::add_document}, std::pair{bulk, SegmentBuilder::bulk}}) {
      options.builder = builder;
      const auto result = index_folder(index, folder / "news", options);
      CHECK(result.report.rebuilt);
      CHECK(result.report.warning.empty());
      CHECK(check_index(index).empty());
    }
    CHECK(dump(api) == dump(bulk));
    CHECK(index_info(api).tokens == index_info(bulk).tokens);
  };
  std::string lines;
  for (unsigned i = 0; i < 60; ++i) {
    lines += R"({"id":"n)" + std::to_string(i % 45) + R"(","title":"T )" + std::to_string(i) + R"(","text":")" +
             prose(150 + i, i) + "\"}\n";
  }
  folder.write("news/a.jsonl", lines);
  folder.write("news/zh.txt", "腾讯控股Tencent发布混元\n\n腾讯元宝接入DeepSeek-R1模型。字节跳动的豆包也在更新。");
  index_both();
  folder.write("news/a.jsonl", lines.substr(0, lines.size() / 3) + R"({"id":"n3","title":"New","text":"a new text"})"
                                                                   "\n");
  folder.write("news/zh.txt", "腾讯\n\n" + prose(400, 9));
  index_both();
  folder.write("news/c.txt", "Small batch\n\n" + prose(100, 5));
  options.small_batch_passages = 10'000;
  for (const auto& index : {api, bulk}) {
    CHECK_FALSE(index_folder(index, folder / "news", options).report.rebuilt);
    CHECK(check_index(index).empty());
  }
  CHECK(dump(api) == dump(bulk));
}

namespace {

// A folder stands where the database of the first run is to be written; `slices` of one article each.
void check_fallback(const char* database, std::size_t slices, SegmentBuilder builder) {
  const TempFolder folder;
  BuildTurns turns(1);
  GenerationBuild build(folder.path(), 1, 1, turns, kRoots, trained_dictionary({}), nullptr, builder);
  fs::create_directories(folder / "gen-0001" / database / "docdata.glass");
  GenerationBuild::Merge merge;
  merge.change.manifest.roots = kRoots;
  merge.change.record.number = 1;
  merge.articles = slices;
  const auto run = [&] {
    for (std::size_t i = 0; i < slices; ++i)
      build.add_slice(slice_of(article("a" + std::to_string(i), {"One text.", "Another text."})));
    build.finish(merge);
  };
  if (builder == SegmentBuilder::bulk) {
    CHECK_THROWS_AS(run(), Error);
    return;
  }
  run();
  CHECK(build.warning().find("docdata.glass") != std::string::npos);
  CHECK(Xapian::Database((folder / "gen-0001/passages").string()).get_doccount() == 2 * slices);
  CHECK(errors_in(folder / "gen-0001/passages") == 0);
  CHECK(Vocabulary(folder / "gen-0001/words").counts().of("text") == 2 * slices);
  const Signatures signatures({folder / "gen-0001"}, static_cast<std::uint32_t>(2 * slices));
  CHECK(signatures.of(static_cast<std::uint32_t>(2 * slices)).size() == 2);
}

}  // namespace

TEST_CASE("bulk: a part without some of its articles is what the others make") {
  const auto others = [](unsigned skipped) {
    std::vector<AdmittedArticle> articles;
    for (unsigned i = 0; i < 6; ++i) {
      if (((skipped >> i) & 1U) == 0)
        articles.push_back(article("a" + std::to_string(i), {prose(30, i), prose(10, i + 9), "腾讯"}));
    }
    return articles;
  };
  for (unsigned skipped = 0; skipped < 64; ++skipped) {
    CAPTURE(skipped);
    std::vector<std::string> ids;
    for (unsigned i = 0; i < 6; ++i) {
      if (((skipped >> i) & 1U) != 0) ids.push_back("a" + std::to_string(i));
    }
    BulkPart part = analyse_in_bulk(others(0), kRoots, {}, kAnalyzer, &kCompanies);
    remove_articles(part, ids);
    const BulkPart expected = analyse_in_bulk(others(skipped), kRoots, {}, kAnalyzer, &kCompanies);
    CHECK(part.records == expected.records);
    CHECK(part.lengths == expected.lengths);
    CHECK(part.surfaces == expected.surfaces);
    CHECK(part.term_bytes == expected.term_bytes);
    CHECK(part.text_sizes == expected.text_sizes);
    REQUIRE(part.signatures.size() == expected.signatures.size());
    for (std::size_t i = 0; i < part.signatures.size(); ++i) {
      CHECK(part.signatures[i].end == expected.signatures[i].end);
      CHECK(part.signatures[i].ordinal == expected.signatures[i].ordinal);
    }
    REQUIRE(part.lists.size() == expected.lists.size());
    for (std::size_t list = 0; list < part.lists.size(); ++list) {
      const auto same = [](const glass::Posting& a, const glass::Posting& b) {
        return a.docid == b.docid && a.wdf == b.wdf;
      };
      CHECK(part.term(list) == expected.term(list));
      CHECK(std::ranges::equal(part.postings_of(list), expected.postings_of(list), same));
    }
  }
}

TEST_CASE("bulk: a part that is added document by document is what its articles are") {
  std::vector<AdmittedArticle> articles;
  for (unsigned i = 0; i < 40; ++i)
    articles.push_back(article("a" + std::to_string(i), {prose(90, i), noise(30, i) + "end", "腾讯"}));
  const TempFolder folder;
  const GenerationPaths whole{folder / "whole"}, part{folder / "part"};
  for (const auto& paths : {whole, part}) fs::create_directories(paths.folder);
  const Segment one = build_segment(whole, articles, kRoots, {}, &kCompanies);
  const Segment other = build_segment(part, analyse_in_bulk(articles, kRoots, {}, kAnalyzer, &kCompanies));
  check_same(whole.passages(), part.passages());
  CHECK(read_small_file(whole.signatures()) == read_small_file(part.signatures()));
  CHECK(read_small_file(whole.directory()) == read_small_file(part.directory()));
  CHECK(one.last_docid == other.last_docid);
  CHECK(one.postings == other.postings);
  CHECK(one.text_bytes == other.text_bytes);
  CHECK(one.languages == other.languages);
}

TEST_CASE("bulk: where it fails, the slow way is taken, with a warning") {
  for (const auto builder : {SegmentBuilder::automatic, SegmentBuilder::bulk}) {
    check_fallback("passages", 1, builder);
    check_fallback("passages", 3, builder);
    check_fallback("segment-0/passages", kSlicesAtOnce + 2, builder);
  }
}

TEST_CASE("bulk: a slice with a term that no table can hold goes the slow way alone") {
  for (const std::size_t slices : {3, 12, 40}) {
    CAPTURE(slices);
    const TempFolder folder;
    BuildTurns turns(2);
    GenerationBuild build(folder.path(), 1, 2, turns, kRoots, trained_dictionary({}), nullptr);
    for (std::size_t i = 0; i < slices; ++i) {
      auto odd = article("a" + std::to_string(i), {"One text.", "Another text."});
      if (i == 1) odd.article.id = std::string("a\0b", 3);
      if (i == 4) build.supersede(2, "a2");
      build.add_slice(slice_of(odd));
    }
    if (slices <= 4) build.supersede(2, "a2");
    GenerationBuild::Merge merge;
    merge.change.manifest.roots = kRoots;
    merge.change.record.number = 1;
    merge.articles = slices;
    build.finish(merge);
    CHECK(build.warning().find("cannot be a key") != std::string::npos);
    const Xapian::Database database((folder / "gen-0001/passages").string());
    CHECK(database.get_doccount() == 2 * slices - 2);
    CHECK(database.get_termfreq("XAa2") == 0);
    CHECK(database.get_termfreq(std::string("XAa\0b", 5)) == 2);
    CHECK(errors_in(folder / "gen-0001/passages") == 0);
  }
}

TEST_CASE("bulk: segments that do not add up are not merged into an index") {
  const TempFolder folder;
  BuildTurns turns(1);
  GenerationBuild build(folder.path(), 1, 1, turns, kRoots, trained_dictionary({}), nullptr, SegmentBuilder::bulk);
  // Of more than 32 slices some are written before all are there: when the one worker is done with the 33rd, the first
  // eight are. It takes the 34th then, and the 35th waits for that.
  constexpr int kSlices = kSlicesAtOnce + 3;
  for (int i = 0; i < kSlices; ++i) build.add_slice(slice_of(article("a" + std::to_string(i), {"One text."})));
  Xapian::WritableDatabase((folder / "gen-0001/segment-0/passages").string(), Xapian::DB_OPEN | kWithoutTermlists)
      .add_document(Xapian::Document());
  GenerationBuild::Merge merge;
  merge.change.manifest.roots = kRoots;
  merge.change.record.number = 1;
  merge.articles = kSlices;
  try {
    build.finish(merge);
    FAIL("an index that is not what was put in");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find("does not check out") != std::string::npos);
    CHECK(error.hint().find("The index is as it was before.") != std::string::npos);
  }
  CHECK_FALSE(fs::exists(folder / "CURRENT"));
}
