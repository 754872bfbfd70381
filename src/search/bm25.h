// BM25 with b = 0 and an idf that never falls below zero, as a weighting scheme of Xapian.
//   weight = idf * wdf * (k1 + 1) / (wdf + k1),  idf = ln(1 + (N - df + 0.5) / (df + 0.5))
// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the idf of Lucene.
#pragma once

#include <xapian.h>

#include <string>

namespace nutgraf {

[[nodiscard]] double idf(double documents, double document_frequency);

/// What a term of an idf weighs that stands in a passage so often.
[[nodiscard]] double bm25(double idf, double wdf);

/// BM25 as others have it, to measure against: k1 1.2, b 0.75, a query word as often as it is asked.
[[nodiscard]] Xapian::BM25Weight plain_bm25();

/// The same weights as of Bm25, with a scheme that every server of Xapian's knows: a term counts stock_factor() of what
/// this gives.
[[nodiscard]] Xapian::BM25Weight stock_bm25();
[[nodiscard]] double stock_factor(double documents, double document_frequency);

class Bm25 : public Xapian::Weight {
 public:
  Bm25();

  std::string name() const override;
  double get_sumpart(Xapian::termcount wdf, Xapian::termcount length, Xapian::termcount unique_terms) const override;
  double get_maxpart() const override;
  double get_sumextra(Xapian::termcount length, Xapian::termcount unique_terms) const override;
  double get_maxextra() const override;
  Bm25* clone() const override;
  void init(double factor) override;

 private:
  double factor_ = 0;
};

}  // namespace nutgraf
