// Bulk part: what the passages of a slice come to, inverted and sorted, in memory. Parts that follow each other are
// written as one segment.
#pragma once

#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/admission.h"
#include "index/glass_postings.h"
#include "index/signatures.h"
#include "index/vocabulary.h"
#include "nutgraf/analyzer.h"
#include "nutgraf/company.h"

namespace nutgraf {

/// All that a segment needs of its articles: they can go. Docids are from 1.
struct BulkPart {
  /// A term and its postings, behind those of the list before.
  struct List {
    std::size_t term_end = 0;      ///< in term_bytes
    std::size_t postings_end = 0;  ///< in postings
  };
  /// Where the signature of a passage ends in `surfaces`: first its title's, then its text's.
  struct Signature {
    std::size_t end = 0;
    std::uint32_t title = 0;  ///< how many are of the title
    std::uint32_t ordinal = 1;
    Date date;
  };

  std::vector<List> lists;  ///< by term, ascending
  std::string term_bytes;
  std::vector<glass::Posting> postings;
  std::vector<std::uint32_t> lengths;     ///< of the documents: sums of their wdf
  std::vector<std::string> records;       ///< as RecordStore packs them
  std::vector<std::uint32_t> text_sizes;  ///< of the passages, in bytes
  std::vector<Signature> signatures;
  std::vector<std::uint16_t> surfaces;
  std::vector<std::string> languages;
  WordCounts words;

  [[nodiscard]] std::uint64_t text_bytes() const {
    return std::accumulate(text_sizes.begin(), text_sizes.end(), std::uint64_t{0});
  }
  [[nodiscard]] std::string_view term(std::size_t list) const {
    const std::size_t begin = list == 0 ? 0 : lists[list - 1].term_end;
    return std::string_view(term_bytes).substr(begin, lists[list].term_end - begin);
  }
  [[nodiscard]] std::span<const glass::Posting> postings_of(std::size_t list) const {
    const std::size_t begin = list == 0 ? 0 : lists[list - 1].postings_end;
    return std::span(postings).subspan(begin, lists[list].postings_end - begin);
  }
  [[nodiscard]] std::span<const std::uint16_t> surfaces_of(std::size_t passage) const {
    const std::size_t begin = passage == 0 ? 0 : signatures[passage - 1].end;
    return std::span(surfaces).subspan(begin, signatures[passage].end - begin);
  }
};

/// Its first eight bytes as a number: terms of which these differ compare as they do.
[[nodiscard]] std::uint64_t beginning_of(std::string_view term);

/// Articles, each id once. `roots`: the batch folders, as in the manifest; `companies` may be null. An analyzer that
/// did earlier slices is quicker. Error(internal) for a term that no table can hold.
[[nodiscard]] BulkPart analyse_in_bulk(const std::vector<AdmittedArticle>& articles,
                                       const std::vector<std::string>& roots, std::string_view dictionary,
                                       const Analyzer& analyzer, const CompanyMatcher* companies);

/// Takes out the articles with these ids.
void remove_articles(BulkPart& part, std::span<const std::string> ids);

/// The signatures of the passages, for the docids that follow.
void append_signatures(SignatureWriter& writer, const BulkPart& part);

}  // namespace nutgraf
