// Companies counted from their posting lists.
#include <algorithm>

#include "index/live_index.h"
#include "index/terms.h"

namespace nutgraf {
namespace {

// The passages of one company, and the articles that they are of, by docid.
struct Places {
  std::vector<bool> passages;
  std::vector<bool> articles;  // by first passage
};

template <typename Visit>
void for_each_passage(LiveIndex& live, const std::string& term, Visit&& visit) {
  const auto end = live.database().postlist_end(term);
  for (auto posting = live.database().postlist_begin(term); posting != end; ++posting) visit(*posting);
}

Places places_of(LiveIndex& live, const std::string& term) {
  const std::size_t size = live.signatures().last_docid() + 1;
  Places places{std::vector<bool>(size), std::vector<bool>(size)};
  for_each_passage(live, term, [&](Xapian::docid docid) {
    places.passages[docid] = true;
    places.articles[live.signatures().article(docid)] = true;
  });
  return places;
}

// Of what `within` holds; null: of all.
CompanySummary summary_of(LiveIndex& live, const std::string& term, const Places* within) {
  CompanySummary summary;
  ArticleSteps steps(live.signatures());
  for_each_passage(live, term, [&](Xapian::docid docid) {
    const Xapian::docid article = live.signatures().article(docid);
    if (within != nullptr && !within->articles[article]) return;
    summary.passages += within == nullptr || within->passages[docid] ? 1 : 0;
    if (!steps.enters(docid)) return;
    ++summary.articles;
    const Date date = live.signatures().date(docid);
    if (!date.known()) return;
    if (!summary.first.known() || date < summary.first) summary.first = date;
    if (!summary.last.known() || date > summary.last) summary.last = date;
  });
  return summary;
}

}  // namespace

std::vector<CompanySummary> company_summaries(const std::filesystem::path& index, const std::string& with) {
  LiveIndex live(index);
  return live.read([&](LiveIndex& view) {
    std::vector<CompanySummary> summaries;
    const CompanyTable companies = view.company_table();
    if (companies.companies.empty()) return summaries;
    const std::string other =
        with.empty() ? std::string() : std::string(kCompanyPrefix) + view.company_called(with, Analyzer());
    const Places places = other.empty() ? Places{} : places_of(view, other);
    const Places* const within = other.empty() ? nullptr : &places;
    for (const auto& [term, frequency] : view.terms_from(std::string(kCompanyPrefix))) {
      CompanySummary summary = term == other ? CompanySummary{} : summary_of(view, term, within);
      if (summary.articles == 0) continue;
      summary.id = term.substr(kCompanyPrefix.size());
      const Company* company = companies.find(summary.id);
      summary.name = company == nullptr ? summary.id : company->name;
      summaries.push_back(std::move(summary));
    }
    std::stable_sort(summaries.begin(), summaries.end(), [](const CompanySummary& a, const CompanySummary& b) {
      return a.articles != b.articles ? a.articles > b.articles : a.passages > b.passages;
    });
    return summaries;
  });
}

}  // namespace nutgraf
