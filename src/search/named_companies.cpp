#include "search/named_companies.h"

#include <utility>

#include "index/terms.h"
#include "search/bm25.h"
#include "search/weights.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

bool is_plain_word(const QueryNode& node) { return node.kind == QueryKind::word && node.field.empty(); }

class Finder {
 public:
  Finder(const ParsedQuery& parsed, LiveIndex& live, const Analyzer& analyzer)
      : parsed_(parsed), live_(live), analyzer_(analyzer) {}

  void visit(const QueryNode& node) {
    if (is_plain_word(node)) return find(node.bytes);
    if (node.kind != QueryKind::group) return;
    for (auto child = node.children.begin(); child != node.children.end();) {
      if (!is_plain_word(*child)) {
        visit(*child++);
        continue;
      }
      ByteRange run = child->bytes;
      const auto first = child++;
      while (child != node.children.end() && continues(*first, run, *child)) run.end = child++->bytes.end;
      find(run);
    }
  }

  std::vector<NamedCompany> take() { return std::move(found_); }

 private:
  // Whether `word` follows the alternatives up to `run` with nothing but white space between.
  [[nodiscard]] bool continues(const QueryNode& first, ByteRange run, const QueryNode& word) const {
    return is_plain_word(word) && first.occur == Occur::should && word.occur == Occur::should &&
           word.bytes.begin >= run.end && skip_space(parsed_.text, run.end) == word.bytes.begin;
  }

  void find(ByteRange run) {
    const std::string_view text = std::string_view(parsed_.text).substr(run.begin, run.size());
    analyzer_.tokenize(text, "en", stream_);
    for (auto& named : live_.company_names().find(stream_.tokens(), text)) {
      std::string term = std::string(kCompanyNamePrefix) + named.id;
      const bool indexed = live_.frequency(term) > 0;
      found_.push_back({std::move(named.id),
                        std::move(named.surfaces),
                        {run.begin + named.bytes.begin, run.begin + named.bytes.end},
                        std::move(term),
                        indexed});
    }
  }

  const ParsedQuery& parsed_;
  LiveIndex& live_;
  const Analyzer& analyzer_;
  TokenStream stream_;
  std::vector<NamedCompany> found_;
};

// Of the passages with the term, by the names of the company.
Concept concept_of(const std::string& term, const std::string& company, bool products, LiveIndex& live) {
  Concept shown;
  for (auto& [surfaces, written, kind] : live.company_names().spellings(company)) {
    if (products || kind != NameKind::product) shown.wordings.push_back({std::move(surfaces), std::move(written)});
  }
  shown.weight = idf(live.database().get_doccount(), live.frequency(term));
  return shown;
}

}  // namespace

std::vector<NamedCompany> named_companies(const ParsedQuery& parsed, LiveIndex& live, const Analyzer& analyzer) {
  Finder finder(parsed, live, analyzer);
  finder.visit(parsed.root);
  return finder.take();
}

ScoredConcept scored_company(const NamedCompany& named, LiveIndex& live) {
  ScoredConcept scored{{named.term}, weights::kCompany, named.id + " (any name)"};
  const auto add = [&scored](const std::vector<std::string>& surfaces) {
    auto& name = scored.names.emplace_back();
    for (const auto& surface : surfaces) name.push_back(Analyzer::signature_hash(surface));
  };
  add(named.surfaces);
  for (const auto& spelling : live.company_names().spellings(named.id)) {
    if (spelling.kind != NameKind::product) add(spelling.surfaces);
  }
  return scored;
}

Concept shown_company(const NamedCompany& named, LiveIndex& live) {
  Concept shown = concept_of(named.term, named.id, false, live);
  shown.wordings.push_back({named.surfaces});
  return shown;
}

Concept shown_filter(const std::string& id, LiveIndex& live) {
  return concept_of(std::string(kCompanyPrefix) + id, id, true, live);
}

}  // namespace nutgraf
