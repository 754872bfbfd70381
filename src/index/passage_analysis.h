// Passage analysis: an admitted article in, for each of its passages the terms, the signature and the record that the
// index stores out. Shared by every builder, so that they cannot differ.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/admission.h"
#include "index/company_tags.h"
#include "index/signatures.h"
#include "index/surfaces.h"
#include "index/term_table.h"
#include "index/vocabulary.h"
#include "nutgraf/analyzer.h"

namespace nutgraf {

struct TermCount {
  std::uint32_t number = 0;  ///< in the table of the analysis
  std::uint32_t wdf = 0;
};

/// One passage ready to be stored.
struct AnalysedPassage {
  const TermTable& table;            ///< of all passages so far; terms with prefix
  std::span<const TermCount> terms;  ///< each term once; wdf 0: a boolean term
  PassageSignature signature;
  PassageRecord record;
  const ArticleRecord* article = nullptr;  ///< set on the first passage
};

/// Takes passages in docid order. The seam between analysis and the ways of writing an index.
class PassageSink {
 public:
  virtual ~PassageSink() = default;
  virtual void add(const AnalysedPassage& passage) = 0;
};

/// Not thread-safe: one per thread.
class PassageAnalysis {
 public:
  /// `companies` tags the passages; null: nothing does. Both must outlive the analysis.
  PassageAnalysis(const Analyzer& analyzer, const CompanyMatcher* companies)
      : companies_(companies), analyzer_(analyzer) {}

  /// Gives all passages of `admitted` to `sink`.
  void run(const AdmittedArticle& admitted, PassageSink& sink);

  /// Bytes of passage text, all runs together.
  [[nodiscard]] std::uint64_t text_bytes() const noexcept { return text_bytes_; }
  /// Languages met, in the order of their first article.
  [[nodiscard]] std::vector<std::string> languages() const;
  /// Of texts, titles and headings, all runs together.
  [[nodiscard]] WordCounts words() const;
  /// The terms met; some may be of no passage.
  [[nodiscard]] const TermTable& table() const noexcept { return table_; }

 private:
  Surfaces& surfaces_in(const std::string& language);
  template <typename Use>
  void tokenize(std::string_view text, Use&& use);
  void count(std::uint32_t number, std::uint32_t wdf);
  void find_metadata_terms(const ArticleRecord& record);
  void analyse_title(const ArticleRecord& record);
  void analyse_passage(const Passage& passage, std::string_view text);
  void analyse_text(std::string_view text);
  void analyse_heading(std::string_view heading);
  void find_companies(std::string_view text, std::size_t place);
  void add_company_terms(const std::vector<CompanyCount>& companies, std::vector<TermCount>& terms);

  // A passage that waits for its companies: which those are, the whole article says.
  struct Pending {
    std::vector<TermCount> terms;
    std::vector<std::uint16_t> signature;
  };

  const CompanyMatcher* companies_;
  const Analyzer& analyzer_;
  TokenStream stream_;
  TermTable table_;
  std::deque<Surfaces> surfaces_;      // by language
  Surfaces* known_ = nullptr;          // those of the language of the article at hand
  std::vector<TermCount> terms_;       // of the passage at hand
  std::vector<std::uint32_t> places_;  // by number of a term: its place in terms_, or anything where it is not there
  std::vector<std::uint32_t> title_words_;     // numbers of the title's tokens as words of the text
  std::vector<std::uint32_t> title_terms_;     // and as words of a title
  std::vector<std::uint32_t> metadata_terms_;  // numbers, of the article
  std::vector<NameStart> name_starts_;         // in stream_
  std::vector<std::uint16_t> signature_;
  std::vector<Pending> pending_;                       // at least as many as the article has passages
  std::vector<std::vector<CompanyMention>> mentions_;  // of the title, then of each passage
  std::vector<std::uint16_t> title_signature_;
  std::uint64_t text_bytes_ = 0;
};

/// The record that the index keeps of an article; detects the language where the source does not say.
[[nodiscard]] ArticleRecord record_of(const AdmittedArticle& admitted);

}  // namespace nutgraf
