// Companies in the index: terms, records, and tagging anew.
#include <doctest/doctest.h>

#include "support.h"

using namespace nutgraf;
using nutgraf::test::dump;
using nutgraf::test::index_folder;
using nutgraf::test::large_path;
using nutgraf::test::TempFolder;

namespace {

CompanyMatcher table(const std::string& companies) {
  return read_companies(R"({"schema": "nutgraf.companies/1", "context": ["shares"], "companies": [)" + companies + "]}",
                        "table");
}

const char* const kTencent = R"({"id": "tencent", "name": "Tencent", "aliases": ["腾讯"], "products": ["WeChat"]})";
const char* const kArm = R"(, {"id": "arm", "name": "Arm", "aliases": ["Arm Holdings"], "guarded": ["Arm"]})";

BatchOptions tagging(const CompanyMatcher& companies, BatchOptions options = {}) {
  options.companies = &companies;
  return options;
}

void write_articles(const TempFolder& folder) {
  folder.write("news/tencent.txt",
               "# Tencent and its app\n\n腾讯 said that WeChat grew. Tencent shares fell.\n\nNo name here.\n");
  folder.write("news/arm.txt",
               "The chip designer Arm Holdings is mentioned.\n\nArm sells designs, and WeChat does not.\n");
  folder.write("news/none.txt", "He broke an arm.\n");
}

// The terms of companies, by passage.
std::string company_terms(const std::filesystem::path& index, const std::string& id) {
  LiveIndex live(index);
  return live.read([&](LiveIndex& view) {
    std::string terms;
    const auto docid = view.first_passage(id);
    std::istringstream all(test::terms_by_document(view.database())[docid]);
    for (std::string term; all >> term;) {
      if (term.starts_with("XC") || term.starts_with("XN")) terms += term + " ";
    }
    return terms;
  });
}

std::vector<std::string> companies_of(const std::filesystem::path& index, const std::string& id) {
  return find_article(index, id)->article.companies;
}

}  // namespace

TEST_CASE("index: passages and articles say of which companies they speak") {
  const TempFolder folder;
  write_articles(folder);
  const CompanyMatcher companies = table(std::string(kTencent) + kArm);
  index_folder(folder / "index", folder / "news", tagging(companies));
  CHECK(companies_of(folder / "index", "news/tencent.txt") == std::vector<std::string>{"tencent"});
  CHECK(companies_of(folder / "index", "news/arm.txt") == std::vector<std::string>{"arm", "tencent"});
  CHECK(companies_of(folder / "index", "news/none.txt").empty());
  CHECK(company_terms(folder / "index", "news/arm.txt") == "XCarm:2 XCtencent:1 XNarm:2 ");
  CHECK(index_info(folder / "index").companies_version == companies.version());
  CHECK(check_index(folder / "index").empty());
}

TEST_CASE("index: mentions in the title count in every passage, as its words do") {
  const TempFolder folder;
  folder.write("news/a.md", "---\ntitle: Tencent buys\n---\n# One\n\nWeChat is an app.\n\n# Two\n\nNothing.\n");
  const CompanyMatcher companies = table(kTencent);
  index_folder(folder / "index", folder / "news", tagging(companies));
  CHECK(company_terms(folder / "index", "news/a.md") == "XCtencent:4 XNtencent:3 ");
}

TEST_CASE("index: companies are tagged alike on the small and the large path") {
  const TempFolder folder;
  write_articles(folder);
  const CompanyMatcher companies = table(std::string(kTencent) + kArm);
  index_folder(folder / "small", folder / "news", tagging(companies));
  BatchOptions bulk = tagging(companies, large_path());
  bulk.builder = SegmentBuilder::bulk;
  index_folder(folder / "large", folder / "news", bulk);
  CHECK(dump(folder / "small") == dump(folder / "large"));
  CHECK(index_info(folder / "large").companies_version == companies.version());
}

TEST_CASE("index: tagging anew gives what indexing with the new table gives") {
  const TempFolder folder;
  write_articles(folder);
  const CompanyMatcher old_table = table(kTencent);
  const CompanyMatcher new_table = table(R"({"id": "weixin", "name": "WeChat"})" + std::string(kArm));
  index_folder(folder / "index", folder / "news", tagging(old_table));
  index_folder(folder / "expected", folder / "news", tagging(new_table));
  const RetagReport report = retag_companies(folder / "index", new_table);
  CHECK(report.articles == 3);
  CHECK(report.changed == 2);
  CHECK(dump(folder / "index") == dump(folder / "expected"));
  CHECK(companies_of(folder / "index", "news/arm.txt") == companies_of(folder / "expected", "news/arm.txt"));
  CHECK(index_info(folder / "index").companies_version == new_table.version());
  CHECK(check_index(folder / "index").empty());
  CHECK(retag_companies(folder / "index", new_table).changed == 0);
}

TEST_CASE("index: a batch with another table makes a mixture, until all is tagged anew") {
  const TempFolder folder;
  write_articles(folder);
  const CompanyMatcher old_table = table(kTencent);
  const CompanyMatcher new_table = table(std::string(kTencent) + kArm);
  index_folder(folder / "index", folder / "news", tagging(old_table));
  folder.write("more/new.txt", "Arm Holdings again.\n");
  index_folder(folder / "index", folder / "more", tagging(new_table));
  CHECK(index_info(folder / "index").companies_version == 0);
  folder.write("more/newer.txt", "Tencent again.\n");
  index_folder(folder / "index", folder / "more", tagging(new_table));
  CHECK(index_info(folder / "index").companies_version == 0);
  retag_companies(folder / "index", new_table);
  CHECK(index_info(folder / "index").companies_version == new_table.version());
  CHECK(companies_of(folder / "index", "news/arm.txt") == std::vector<std::string>{"arm", "tencent"});
}

TEST_CASE("index: without a table nothing is tagged") {
  const TempFolder folder;
  write_articles(folder);
  index_folder(folder / "index", folder / "news");
  CHECK(companies_of(folder / "index", "news/tencent.txt").empty());
  CHECK(index_info(folder / "index").companies_version == 0);
}
