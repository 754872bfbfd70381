#include "search/facets.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string_view>
#include <utility>

#include "index/terms.h"
#include "nutgraf/error.h"
#include "search/conditions.h"
#include "search/periods.h"

namespace nutgraf {
namespace {

constexpr std::array<std::string_view, 7> kNames{"company", "source", "lang", "day", "week", "month", "year"};

// From the directory, without a look at any document. Many matches are of few days.
Facet count_periods(Period period, std::span<const Xapian::docid> matches, const Signatures& signatures) {
  std::vector<std::uint32_t> days;
  days.reserve(matches.size());
  for (const auto docid : matches) {
    if (const Date date = signatures.date(docid); date.known()) days.push_back(date.number());
  }
  std::sort(days.begin(), days.end());
  std::map<std::string, std::size_t> counts;
  for (std::size_t begin = 0, end = 0; begin < days.size(); begin = end) {
    while (end < days.size() && days[end] == days[begin]) ++end;
    counts[label_of(Date::from_number(days[begin]), period)] += end - begin;
  }
  Facet facet{std::string(name_of(period)), {}};
  for (const auto& [value, count] : counts) facet.values.push_back({value, count});
  return facet;
}

// Which documents match, for posting lists to be held against.
class MatchSet {
 public:
  MatchSet(std::span<const Xapian::docid> matches, ResultUnit by, const LiveIndex& live)
      : matches_(matches),
        by_(by),
        signatures_(live.signatures()),
        is_match_(live.signatures().last_docid() + 1, false) {
    for (const auto docid : matches) is_match_[docid] = true;
  }

  /// How many have `term`, matches or articles of matches, and the first of these in each shard.
  struct Counted {
    std::size_t count = 0;
    std::vector<Xapian::docid> firsts = {};
  };
  [[nodiscard]] Counted with(const std::string& term, LiveIndex& live) const {
    Counted counted;
    ArticleSteps steps(signatures_);
    std::vector<bool> met(signatures_.stride());
    const auto add = [&](Xapian::docid docid) {
      if (by_ == ResultUnit::article && !steps.enters(docid)) return;
      ++counted.count;
      if (counted.firsts.size() == met.size() || met[docid % met.size()]) return;
      met[docid % met.size()] = true;
      counted.firsts.push_back(docid);
    };
    PostingList posting = live.postings(term);
    // A jump costs as much as some dozen steps.
    if (matches_.size() < live.frequency(term) / 32) {
      for (const auto docid : matches_) {
        if (posting.at_end()) break;
        posting.skip_to(docid);
        if (!posting.at_end() && posting.docid() == docid) add(docid);
      }
    } else {
      for (; !posting.at_end(); posting.next()) {
        if (posting.docid() < is_match_.size() && is_match_[posting.docid()]) add(posting.docid());
      }
    }
    return counted;
  }

 private:
  std::span<const Xapian::docid> matches_;
  ResultUnit by_;
  const Signatures& signatures_;
  std::vector<bool> is_match_;
};

// By the posting lists of the values.
Facet count_terms(std::string_view name, std::string_view prefix, const MatchSet& matches, LiveIndex& live) {
  Facet facet{std::string(name), {}};
  for (const auto& [term, frequency] : live.terms_from(std::string(prefix))) {
    const auto [count, firsts] = matches.with(term, live);
    if (count == 0) continue;
    facet.values.push_back(
        {prefix == kSourcePrefix ? written_source(firsts, live) : term.substr(prefix.size()), count});
  }
  std::sort(facet.values.begin(), facet.values.end(), [](const FacetValue& a, const FacetValue& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
  });
  return facet;
}

// One match an article: date, source and language are those of the article.
std::vector<Xapian::docid> one_an_article(const std::vector<Xapian::docid>& matches, const Signatures& signatures) {
  std::vector<Xapian::docid> firsts;
  ArticleSteps steps(signatures);
  for (const auto docid : matches) {
    if (steps.enters(docid)) firsts.push_back(docid);
  }
  return firsts;
}

}  // namespace

std::span<const std::string_view> facet_names() { return kNames; }

void check_facet_names(const std::vector<std::string>& names) {
  for (const auto& name : names) {
    if (std::find(kNames.begin(), kNames.end(), name) != kNames.end()) continue;
    std::string known = "There are: ";
    for (const auto& facet : kNames) known.append(facet == kNames.front() ? "" : ", ").append(facet);
    throw Error(ErrorCode::usage, "matches cannot be counted by \"" + name + "\"", known + ".");
  }
}

std::vector<Facet> count_facets(const std::vector<std::string>& names, const std::vector<Xapian::docid>& matches,
                                ResultUnit by, LiveIndex& live) {
  const auto counted = by == ResultUnit::article ? one_an_article(matches, live.signatures()) : matches;
  const MatchSet set(matches, by, live);
  std::vector<Facet> facets;
  for (const auto& name : names) {
    if (name == "company") {
      facets.push_back(count_terms(name, kCompanyPrefix, set, live));
    } else if (name == "source") {
      facets.push_back(count_terms(name, kSourcePrefix, set, live));
    } else if (name == "lang") {
      facets.push_back(count_terms(name, kLanguagePrefix, set, live));
    } else if (const auto period = period_called(name)) {
      facets.push_back(count_periods(*period, counted, live.signatures()));
    }
  }
  return facets;
}

}  // namespace nutgraf
