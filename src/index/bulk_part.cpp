#include "index/bulk_part.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "index/codec.h"
#include "index/passage_analysis.h"
#include "index/record_store.h"
#include "index/terms.h"

namespace nutgraf {
namespace {

/// Keeps all that comes.
class BulkSink : public PassageSink {
 public:
  BulkSink(BulkPart& part, const std::vector<std::string>& roots, std::string_view dictionary)
      : part_(part), roots_(roots), store_(std::string(dictionary)) {}

  void add(const AnalysedPassage& passage) override;
  /// Sorts the terms, and their postings into lists.
  void invert(const TermTable& table);

 private:
  struct Key {
    std::uint64_t beginning = 0;  // the first bytes of the term: most comparisons need no more
    std::uint32_t number = 0;
  };
  std::vector<Key> sorted_keys(const TermTable& table, const std::vector<std::size_t>& counts) const;

  BulkPart& part_;
  const std::vector<std::string>& roots_;
  RecordStore store_;
  std::vector<TermCount> terms_;   // of all passages,
  std::vector<std::size_t> ends_;  // those of passage i up to ends_[i]
};

void BulkSink::add(const AnalysedPassage& passage) {
  std::uint32_t length = 0;
  for (const TermCount& term : passage.terms) length += term.wdf;
  part_.lengths.push_back(length);
  terms_.insert(terms_.end(), passage.terms.begin(), passage.terms.end());
  ends_.push_back(terms_.size());

  const PassageSignature& signature = passage.signature;
  part_.surfaces.insert(part_.surfaces.end(), signature.title.begin(), signature.title.end());
  part_.surfaces.insert(part_.surfaces.end(), signature.text.begin(), signature.text.end());
  part_.signatures.push_back(
      {part_.surfaces.size(), static_cast<std::uint32_t>(signature.title.size()), signature.ordinal, signature.date});

  part_.text_sizes.push_back(static_cast<std::uint32_t>(passage.record.text.size()));
  StoredPassage stored{passage.record, {}};
  if (passage.article != nullptr) stored.article = encode(*passage.article, roots_);
  part_.records.push_back(store_.pack(encode(stored)));
}

// Of terms that have postings: the table may know those of a title that no passage took.
std::vector<BulkSink::Key> BulkSink::sorted_keys(const TermTable& table, const std::vector<std::size_t>& counts) const {
  std::vector<Key> keys;
  for (std::uint32_t number = 0; number < counts.size(); ++number) {
    if (counts[number] > 0) keys.push_back({beginning_of(table.term(number)), number});
  }
  std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
    return a.beginning != b.beginning ? a.beginning < b.beginning : table.term(a.number) < table.term(b.number);
  });
  return keys;
}

void BulkSink::invert(const TermTable& table) {
  std::vector<std::size_t> places(table.size());  // by number of a term: first how many, then where the next one goes
  for (const TermCount& term : terms_) ++places[term.number];
  const std::vector<Key> keys = sorted_keys(table, places);
  std::size_t end = 0;
  part_.lists.reserve(keys.size());
  for (const Key& key : keys) {
    const std::string_view term = table.term(key.number);
    glass::require_key(term);
    part_.term_bytes += term;
    end += std::exchange(places[key.number], end);
    part_.lists.push_back({part_.term_bytes.size(), end});
  }
  part_.postings.resize(terms_.size());
  std::size_t next = 0;
  for (std::uint32_t docid = 1; docid <= ends_.size(); ++docid) {
    for (; next < ends_[docid - 1]; ++next) part_.postings[places[terms_[next].number]++] = {docid, terms_[next].wdf};
  }
}

/// Of passages that are `kept` (by docid - 1), the values.
template <typename Value>
void keep_only(std::vector<Value>& values, const std::vector<bool>& kept) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!kept[i]) continue;
    if (next != i) values[next] = std::move(values[i]);
    ++next;
  }
  values.resize(next);
}

void keep_signatures(BulkPart& part, const std::vector<bool>& kept) {
  std::vector<BulkPart::Signature> signatures;
  std::vector<std::uint16_t> surfaces;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (!kept[i]) continue;
    const auto of_passage = part.surfaces_of(i);
    surfaces.insert(surfaces.end(), of_passage.begin(), of_passage.end());
    signatures.push_back(part.signatures[i]);
    signatures.back().end = surfaces.size();
  }
  part.signatures = std::move(signatures);
  part.surfaces = std::move(surfaces);
}

/// None where no passage has the term.
std::span<const glass::Posting> postings_of(const BulkPart& part, std::string_view term) {
  const auto lists = std::views::iota(std::size_t{0}, part.lists.size());
  const auto list = std::ranges::lower_bound(lists, term, {}, [&](std::size_t i) { return part.term(i); });
  if (list == lists.end() || part.term(*list) != term) return {};
  return part.postings_of(*list);
}

void keep_postings(BulkPart& part, const std::vector<bool>& kept) {
  std::vector<std::uint32_t> docids(kept.size());  // of what is kept; by docid - 1
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) docids[i] = kept[i] ? ++last : 0;
  std::vector<BulkPart::List> lists;
  std::string term_bytes;
  std::vector<glass::Posting> postings;
  for (std::size_t list = 0; list < part.lists.size(); ++list) {
    const std::size_t before = postings.size();
    for (const glass::Posting& posting : part.postings_of(list)) {
      if (const std::uint32_t docid = docids[posting.docid - 1]; docid != 0) postings.push_back({docid, posting.wdf});
    }
    if (postings.size() == before) continue;
    term_bytes += part.term(list);
    lists.push_back({term_bytes.size(), postings.size()});
  }
  part.lists = std::move(lists);
  part.term_bytes = std::move(term_bytes);
  part.postings = std::move(postings);
}

}  // namespace

std::uint64_t beginning_of(std::string_view term) {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < sizeof bytes; ++i)
    bytes = bytes << 8U | (i < term.size() ? static_cast<unsigned char>(term[i]) : 0U);
  return bytes;
}

void remove_articles(BulkPart& part, std::span<const std::string> ids) {
  std::vector<bool> kept(part.records.size(), true);
  for (const std::string& id : ids) {
    for (const glass::Posting& posting : postings_of(part, article_term(id))) kept[posting.docid - 1] = false;
  }
  keep_signatures(part, kept);
  keep_postings(part, kept);
  keep_only(part.records, kept);
  keep_only(part.lengths, kept);
  keep_only(part.text_sizes, kept);
}

BulkPart analyse_in_bulk(const std::vector<AdmittedArticle>& articles, const std::vector<std::string>& roots,
                         std::string_view dictionary, const Analyzer& analyzer, const CompanyMatcher* companies) {
  BulkPart part;
  BulkSink sink(part, roots, dictionary);
  PassageAnalysis analysis(analyzer, companies);
  for (const AdmittedArticle& admitted : articles) analysis.run(admitted, sink);
  sink.invert(analysis.table());
  part.languages = analysis.languages();
  part.words = analysis.words();
  return part;
}

void append_signatures(SignatureWriter& writer, const BulkPart& part) {
  for (std::size_t i = 0; i < part.signatures.size(); ++i) {
    const BulkPart::Signature& signature = part.signatures[i];
    const auto surfaces = part.surfaces_of(i);
    writer.append(
        {surfaces.first(signature.title), surfaces.subspan(signature.title), signature.date, signature.ordinal});
  }
}

}  // namespace nutgraf
