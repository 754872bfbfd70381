// The matcher with the default table against passages that were labelled by reading (tests/relevance/companies).
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "nutgraf/passage.h"
#include "nutgraf/reader.h"
#include "support.h"

using namespace nutgraf;
namespace fs = std::filesystem;

namespace {

using Ids = std::set<std::string>;

struct Label {
  ByteRange bytes;
  Ids companies;
};

struct Counts {
  int right = 0, wrong = 0, missed = 0;

  [[nodiscard]] int labels() const { return right + missed; }
  [[nodiscard]] double precision() const {
    return right + wrong == 0 ? 1 : static_cast<double>(right) / (right + wrong);
  }
  [[nodiscard]] double recall() const { return labels() == 0 ? 1 : static_cast<double>(right) / labels(); }
};

std::map<std::string, std::vector<Label>> read_labels(const char* name) {
  std::ifstream file(fs::path(NUTGRAF_SOURCE_DIR) / "tests/relevance/companies" / name);
  std::map<std::string, std::vector<Label>> labels;
  for (std::string line; std::getline(file, line);) {
    std::stringstream cells(line);
    std::string id, range, list;
    std::getline(cells, id, '\t');
    std::getline(cells, range, '\t');
    std::getline(cells, list);
    Label label{{std::stoul(range), std::stoul(range.substr(range.find('-') + 1))}, {}};
    std::stringstream companies(list);
    for (std::string company; std::getline(companies, company, ',');) label.companies.insert(company);
    labels[id].push_back(std::move(label));
  }
  return labels;
}

CompanyMatcher default_matcher() {
  std::ifstream file(NUTGRAF_SOURCE_DIR "/corpus/companies.json");
  return read_companies(std::string(std::istreambuf_iterator<char>(file), {}), "corpus/companies.json");
}

class Comparison {
 public:
  Comparison(const char* labels, const fs::path& articles) : labels_(read_labels(labels)) {
    ArticleReader reader({articles}, {});
    while (const auto result = reader.next()) {
      if (const auto* article = std::get_if<Article>(&*result); article != nullptr) compare(*article);
    }
  }

  void check() const {
    CHECK(passages_ >= 140);
    Counts all;
    for (const auto& [company, counts] : by_company_) {
      all.right += counts.right;
      all.wrong += counts.wrong;
      all.missed += counts.missed;
      if (counts.labels() < 5) continue;
      INFO(company);
      CHECK(counts.precision() >= 0.95);
      CHECK(counts.recall() >= 0.90);
    }
    MESSAGE(passages_ << " passages, " << all.labels() << " mentions: precision " << all.precision() << ", recall "
                      << all.recall() << notes_.str());
    CHECK(all.precision() >= 0.95);
    CHECK(all.recall() >= 0.90);
  }

 private:
  void compare(const Article& article) {
    const auto found = labels_.find(article.id);
    if (found == labels_.end()) return;
    const auto passages = split_into_passages(article);
    std::vector<std::vector<CompanyMention>> mentions(passages.size() + 1);
    if (!article.title_derived) find(article.title, mentions.front());
    for (std::size_t i = 0; i < passages.size(); ++i) find(text_of(article, passages[i]), mentions[i + 1]);
    settle_mentions(mentions);
    for (std::size_t i = 0; i < passages.size(); ++i) {
      for (const Label& label : found->second) {
        const std::size_t begin = std::max(label.bytes.begin, passages[i].bytes.begin);
        const std::size_t end = std::min(label.bytes.end, passages[i].bytes.end);
        if (begin >= end || 2 * (end - begin) <= label.bytes.size()) continue;
        Ids ids;
        for (const auto& mention : mentions[i + 1]) ids.insert(matcher_.table().companies[mention.company].id);
        count(article.id + " " + std::to_string(label.bytes.begin), ids, label.companies);
      }
    }
  }

  static std::string_view text_of(const Article& article, const Passage& passage) {
    return std::string_view(article.text).substr(passage.text.begin, passage.text.size());
  }

  void find(std::string_view text, std::vector<CompanyMention>& mentions) {
    analyzer_.tokenize(text, "en", stream_);
    matcher_.find(stream_.tokens(), text, mentions);
  }

  void count(const std::string& where, const Ids& found, const Ids& expected) {
    ++passages_;
    for (const auto& id : found) {
      ++(expected.contains(id) ? by_company_[id].right : by_company_[id].wrong);
      if (!expected.contains(id)) notes_ << "\n  too many: " << where << " " << id;
    }
    for (const auto& id : expected) {
      by_company_[id].missed += found.contains(id) ? 0 : 1;
      if (!found.contains(id)) notes_ << "\n  missed: " << where << " " << id;
    }
  }

  CompanyMatcher matcher_ = default_matcher();
  std::map<std::string, std::vector<Label>> labels_;
  std::map<std::string, Counts> by_company_;
  Analyzer analyzer_;
  TokenStream stream_;
  std::ostringstream notes_;
  int passages_ = 0;
};

}  // namespace

TEST_CASE("default companies: labelled passages of the corpus") {
  Comparison("mentions.tsv", fs::path(NUTGRAF_SOURCE_DIR) / "corpus" / "articles").check();
}

TEST_CASE("default companies: labelled passages of other collections, where they are at hand") {
  const char* const given = std::getenv("NUTGRAF_DATA");
  const fs::path data = given != nullptr ? fs::path(given) : fs::path(NUTGRAF_SOURCE_DIR) / ".." / "shared" / "data";
  if (!fs::exists(data / "articles")) {
    MESSAGE("skipped: no " << data.string() << " (set NUTGRAF_DATA)");
    return;
  }
  Comparison("mentions_shared.tsv", data / "articles").check();
}
