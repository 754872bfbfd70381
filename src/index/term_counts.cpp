#include "index/term_counts.h"

#include <algorithm>
#include <string>

#include "index/terms.h"

namespace nutgraf {
namespace {

std::vector<std::uint16_t> ordinals_of(const Signatures& signatures) {
  std::vector<std::uint16_t> ordinals{0};
  ordinals.reserve(std::size_t{signatures.last_docid()} + 1);
  SignatureWalk walk(signatures);
  for (Xapian::docid docid = 1; docid <= signatures.last_docid(); ++docid) {
    walk.reach(docid);
    ordinals.push_back(static_cast<std::uint16_t>(signatures.ordinal(docid)));
  }
  return ordinals;
}

}  // namespace

bool TermCounter::begin(std::string_view term, Xapian::doccount passages) {
  if (passages < kFewestPassagesOfTerm || !term.starts_with(kBodyPrefix)) return false;
  hash_ = term_hash(term);
  frequent_ = passages >= limits_.fewest_passages;
  articles_ = 0;
  last_ = 0;
  return true;
}

void TermCounter::end() {
  counts_.articles.push_back({hash_, articles_});
  if (frequent_) counts_.champions.emplace(hash_, encode_champions(picker_.take()));
}

TermCounts TermCounter::take() {
  std::sort(counts_.articles.begin(), counts_.articles.end(),
            [](const TermFrequency& a, const TermFrequency& b) { return a.hash < b.hash; });
  return std::exchange(counts_, {});
}

TermCounts count_terms(const Xapian::Database& database, const Signatures& signatures, const ChampionLimits& limits) {
  TermCounter counter(ordinals_of(signatures), limits);
  const std::string prefix(kBodyPrefix);
  const auto end = database.allterms_end(prefix);
  for (auto term = database.allterms_begin(prefix); term != end; ++term) {
    const std::string name = *term;
    if (!counter.begin(name, term.get_termfreq())) continue;
    for (PostingList postings(database, name); !postings.at_end(); postings.next())
      counter.add({postings.docid(), postings.wdf()});
    counter.end();
  }
  return counter.take();
}

}  // namespace nutgraf
