#include "search/copies.h"

#include <xxhash.h>

#include <algorithm>
#include <chrono>
#include <compare>
#include <limits>
#include <map>
#include <memory_resource>
#include <numeric>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "search/first_places.h"
#include "search/stop_words.h"
#include "search/weights.h"
#include "text/ascii.h"

namespace nutgraf {
namespace {

bool equal(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

bool stands_in(std::span<const std::uint16_t> signature, std::uint16_t surface) {
  return std::find(signature.begin(), signature.end(), surface) != signature.end();
}

std::vector<std::uint16_t> joined(std::span<const std::uint16_t> title, std::span<const std::uint16_t> text) {
  std::vector<std::uint16_t> both(title.begin(), title.end());
  both.insert(both.end(), text.begin(), text.end());
  return both;
}

// Of "MAY8" or "1597H" the letters as well.
bool is_glued_to_digit(const std::string& text, const Token& token) {
  return is_letter(text[token.begin]) && ((token.begin > 0 && is_digit(text[token.begin - 1])) ||
                                          (token.end < text.size() && is_digit(text[token.end])));
}

bool published_days_apart(Date a, Date b) {
  if (!a.known() || !b.known()) return false;
  const auto days = std::chrono::sys_days(a.calendar()) - std::chrono::sys_days(b.calendar());
  return std::chrono::abs(days).count() > weights::kDaysOfCopying;
}

// Digits, numerals, months, times of day.
bool is_number(std::string_view surface) {
  static const std::unordered_set<std::string_view> kWords = {
      "two",    "three",     "four",    "five",     "six",      "seven",  "eight", "nine",    "ten",
      "eleven", "twelve",    "二",      "三",       "四",       "五",     "六",    "七",      "八",
      "九",     "十",        "january", "february", "march",    "april",  "may",   "june",    "july",
      "august", "september", "october", "november", "december", "midday", "noon",  "midnight"};
  return std::any_of(surface.begin(), surface.end(), is_digit) || kWords.contains(surface);
}

// What a passage shares with its copies, some of it; the last is that of the whole.
std::vector<std::uint64_t> hashes_of(std::span<const std::uint16_t> signature) {
  auto hashes = sketch_of(signature);
  if (!hashes.empty()) hashes.push_back(XXH3_64bits(signature.data(), signature.size_bytes()));
  return hashes;
}

// Passages that say the same, in groups under the first of each; found in linear time: hashes propose, the judge
// decides.
class CopyGroups {
 public:
  CopyGroups(CopyJudge& judge, std::size_t passages) : judge_(judge) {
    by_hash_.reserve(passages * (weights::kSketch + 1));
  }

  /// Number of the group that a passage joins: of those whose first member says the same the likeliest, or a new one.
  std::size_t add(Xapian::docid docid, const std::vector<std::uint64_t>& hashes) {
    for (const std::size_t group : likeliest(hashes)) {
      if (judge_.is_copy(docid, first_members_[group])) return group;
    }
    for (const auto hash : hashes) {
      if (auto& groups = by_hash_[hash]; groups.size() < kGroupsOfHash)
        groups.push_back(static_cast<std::uint32_t>(first_members_.size()));
    }
    first_members_.push_back(docid);
    return first_members_.size() - 1;
  }

 private:
  // What stands in more groups says little, and looking at all of them would take the square of the time.
  static constexpr std::size_t kGroupsOfHash = 64;

  // Those of equal text, then those with most of the sketch; earlier ones first. The hash of the whole is the last.
  std::vector<std::size_t> likeliest(const std::vector<std::uint64_t>& hashes) const {
    std::map<std::size_t, std::size_t> equal_hashes;  // by group
    for (const auto hash : hashes) {
      const auto groups = by_hash_.find(hash);
      if (groups == by_hash_.end()) continue;
      for (const auto group : groups->second) equal_hashes[group] += hash == hashes.back() ? weights::kSketch : 1;
    }
    std::vector<std::pair<std::size_t, std::size_t>> order(equal_hashes.begin(), equal_hashes.end());
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<std::size_t> groups;
    for (std::size_t i = 0; i < std::min(order.size(), weights::kLikelyOriginals); ++i)
      groups.push_back(order[i].first);
    return groups;
  }

  CopyJudge& judge_;
  std::vector<Xapian::docid> first_members_;
  std::pmr::monotonic_buffer_resource memory_;  // of a thousand short lists
  std::pmr::unordered_map<std::uint64_t, std::pmr::vector<std::uint32_t>> by_hash_{&memory_};
};

// In linear time.
Neighbourhoods neighbourhoods_of(const std::vector<std::vector<std::uint64_t>>& hashes) {
  Neighbourhoods neighbours{std::vector<std::size_t>(hashes.size()), std::vector<std::size_t>(hashes.size())};
  auto& towards = neighbours.first;  // it, until all are united; the first leads to itself
  std::iota(towards.begin(), towards.end(), std::size_t{0});
  const auto first_of = [&](std::size_t place) {
    while (towards[place] != place) place = towards[place] = towards[towards[place]];
    return place;
  };
  FirstPlaces has_hash(hashes.size() * (weights::kSketch + 1));
  for (std::size_t place = 0; place < hashes.size(); ++place) {
    for (const auto hash : hashes[place]) {
      const auto [a, b] = std::minmax({first_of(place), first_of(has_hash.of(hash, place))});
      towards[b] = a;
    }
  }
  std::vector<std::size_t> behind(hashes.size());  // by the first of them
  for (std::size_t place = hashes.size(); place-- > 0;) {
    towards[place] = first_of(place);
    neighbours.next[place] = std::exchange(behind[towards[place]], place);
  }
  return neighbours;
}

// The longer one first, then by the words.
std::strong_ordering compare_texts(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b) {
  if (a.size() != b.size()) return b.size() <=> a.size();
  return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end());
}

// An article that says when it was published comes before one that does not.
bool published_before(Date a, Date b) { return a.known() && (!b.known() || a < b); }

}  // namespace

bool CopyJudge::is_copy(Xapian::docid copy, Xapian::docid original) {
  const std::uint64_t both = std::uint64_t{copy} << 32 | original;
  const auto said = said_.find(both);
  return said != said_.end() ? said->second : said_.emplace(both, compare(copy, original)).first->second;
}

bool CopyJudge::compare(Xapian::docid copy, Xapian::docid original) {
  const Signatures& signatures = live_.signatures();
  const bool same_text = equal(signatures.of(copy), signatures.of(original));
  if (same_text && equal(signatures.title(copy), signatures.title(original))) return true;
  if (signatures.of(copy).size() < weights::kFewestWordsOfCopy) return false;
  if (!has_most_words_of(original, copy) || !keeps_enough(copy, original)) return false;
  if (same_text) return true;
  const ComparedPassage &a = read(copy), &b = read(original);
  if (of_one_series(a.title, b.title) || of_one_series(a.heading, b.heading)) return false;
  if (!replaced_in_title(a.heading, b.heading).empty()) return false;  // parts of a bulletin
  const auto replaced = replaced_in_title(a.title.empty() ? a.heading : a.title, b.title.empty() ? b.heading : b.title);
  return !tells_other_facts(a.text, b.text, replaced);
}

// Nearly all of each must stand in the other where a form is likelier than a copy: lists repeat themselves within an
// article, reports from week to week.
bool CopyJudge::keeps_enough(Xapian::docid copy, Xapian::docid original) {
  const Signatures& signatures = live_.signatures();
  const double share = share_in_original(copy, original);
  if (share < weights::kSameContent) return false;
  if (equal(signatures.of(copy), signatures.of(original))) return true;
  const bool likely = signatures.article(copy) != signatures.article(original) &&
                      !published_days_apart(signatures.date(copy), signatures.date(original));
  return likely || std::min(share, share_in_original(original, copy)) >= weights::kSameContentApart;
}

// A phrase in common makes candidates of most pairs: this keeps them from being weighed.
bool CopyJudge::has_most_words_of(Xapian::docid original, Xapian::docid copy) {
  const auto text = live_.signatures().of(copy);
  std::size_t common = 0;
  words_.visit(text, live_.signatures().of(original), [&](auto, bool is_common) { common += is_common ? 1 : 0; });
  return common >= static_cast<std::size_t>(weights::kLeastEqualWords * static_cast<double>(text.size()));
}

// The titles of brief texts count: they say whose dividend it is. Longer texts are copied under other headlines.
double CopyJudge::share_in_original(Xapian::docid copy, Xapian::docid original) {
  const Signatures& signatures = live_.signatures();
  const auto weight = [this](std::uint16_t surface) { return weights_.of(surface); };
  const auto text = signatures.of(copy), other = signatures.of(original);
  const auto title = signatures.title(copy), other_title = signatures.title(original);
  const bool titled = text.size() < weights::kBriefText && !title.empty() && !other_title.empty();
  return titled ? words_.share(joined(title, text), joined(other_title, other), weight)
                : words_.share(text, other, weight);
}

const ComparedPassage& CopyJudge::read(Xapian::docid docid) {
  const auto [entry, is_new] = read_.try_emplace(docid);
  ComparedPassage& read = entry->second;
  if (is_new) {
    const auto title = live_.signatures().title(docid);
    const PassageRecord& passage = articles_.passage(docid);
    if (!title.empty()) read.title = words(articles_.of(docid).title, title);
    read.heading = words(passage.heading, title);
    read.text = words(passage.text, title);
  }
  return read;
}

std::vector<ComparedWord> CopyJudge::words(const std::string& text, std::span<const std::uint16_t> title) const {
  std::vector<ComparedWord> words;
  TokenStream stream;
  analyzer_.tokenize(text, {}, stream);
  for (const Token& token : stream.tokens()) {
    if (token.role != TokenRole::piece) continue;
    ComparedWord word{Analyzer::signature_hash(token.surface), WordKind::plain};
    if (is_number(token.surface) || is_glued_to_digit(text, token)) {
      word.kind = WordKind::number;
    } else if (!is_stop_word(token.surface)) {
      if (stands_in(title, word.surface)) {
        word.kind = WordKind::subject;
      } else if (is_upper(text[token.begin])) {
        word.kind = WordKind::name;
      }
    }
    words.push_back(word);
  }
  return words;
}

CopyFolding::CopyFolding(const std::vector<Candidate>& ranked, Speaker speaker, const Signatures& signatures,
                         ArticleCache& articles, CopyJudge& judge)
    : ranked_(ranked), speaker_(speaker), signatures_(signatures), articles_(articles), judge_(judge) {
  hashes_.reserve(ranked_.size());
  for (const auto& candidate : ranked_) hashes_.push_back(hashes_of(signatures_.of(candidate.docid)));
  neighbourhoods_ = neighbourhoods_of(hashes_);
}

std::optional<FoldedCandidate> CopyFolding::next() {
  for (; place_ < ranked_.size(); ++place_) {
    // The first of a neighbourhood comes before all others of it.
    const bool is_first = neighbourhoods_.first[place_] == place_;
    if (is_first && neighbourhoods_.next[place_] == 0) return FoldedCandidate{ranked_[place_++]};
    if (is_first) fold(place_);
    if (const auto hit = hits_.find(place_); hit != hits_.end()) {
      ++place_;
      return std::move(hit->second);
    }
  }
  return std::nullopt;
}

void CopyFolding::fold(std::size_t first) {
  std::vector<std::size_t> order{first};
  for (std::size_t place = first; (place = neighbourhoods_.next[place]) != 0;) order.push_back(place);
  const auto text = [&](std::size_t place) { return signatures_.of(ranked_[place].docid); };
  // Groups form around those who speak, so that each copy is held against the text under which it is listed.
  if (speaker_ == Speaker::earliest) {
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      if (ranked_[a].tier != ranked_[b].tier) return ranked_[a].tier < ranked_[b].tier;
      const Date date_a = signatures_.date(ranked_[a].docid), date_b = signatures_.date(ranked_[b].docid);
      if (date_a != date_b) return published_before(date_a, date_b);
      return compare_texts(text(a), text(b)) < 0;
    });
  }
  // Ids are read only where nothing else decides.
  const auto speaks_before = [&](std::size_t a, std::size_t b) {
    return ranked_[a].tier == ranked_[b].tier &&
           signatures_.date(ranked_[a].docid) == signatures_.date(ranked_[b].docid) &&
           compare_texts(text(a), text(b)) == 0 && articles_.before(ranked_[a].docid, ranked_[b].docid);
  };
  CopyGroups groups(judge_, order.size());
  std::map<std::size_t, std::size_t> group_of;  // by place
  std::vector<std::size_t> speakers;            // of each group
  for (const std::size_t place : order) {
    const std::size_t group = group_of[place] = groups.add(ranked_[place].docid, hashes_[place]);
    if (group == speakers.size()) speakers.push_back(place);
    if (speaker_ == Speaker::earliest && speaks_before(place, speakers[group])) speakers[group] = place;
  }
  std::vector<FoldedCandidate*> hit_of(speakers.size());
  for (const auto& [place, group] : group_of) {
    if (hit_of[group] == nullptr) {
      hit_of[group] = &hits_.emplace(place, FoldedCandidate{ranked_[place]}).first->second;
      hit_of[group]->candidate.docid = ranked_[speakers[group]].docid;
    }
    if (place != speakers[group]) hit_of[group]->copies.push_back(ranked_[place].docid);
  }
}

std::vector<Xapian::docid> by_publication(std::vector<Xapian::docid> docids, const Signatures& signatures,
                                          ArticleCache& articles) {
  std::sort(docids.begin(), docids.end(), [&](Xapian::docid a, Xapian::docid b) {
    const Date date_a = signatures.date(a), date_b = signatures.date(b);
    return date_a != date_b ? published_before(date_a, date_b) : articles.before(a, b);
  });
  return docids;
}

void drop_copies_of(const std::vector<Xapian::docid>& originals, std::vector<Candidate>& candidates,
                    const Signatures& signatures, CopyJudge& judge) {
  if (originals.empty()) return;
  CopyGroups groups(judge, originals.size() + candidates.size());
  const auto group_of = [&](Xapian::docid docid) { return groups.add(docid, hashes_of(signatures.of(docid))); };
  std::size_t known = 0;
  for (const auto original : originals) known = std::max(known, group_of(original) + 1);
  std::set<Xapian::docid> copies;
  for (const auto& candidate : candidates) {
    if (group_of(candidate.docid) < known) copies.insert(signatures.article(candidate.docid));
  }
  std::erase_if(candidates,
                [&](const Candidate& candidate) { return copies.contains(signatures.article(candidate.docid)); });
}

}  // namespace nutgraf
