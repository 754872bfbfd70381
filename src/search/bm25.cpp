#include "search/bm25.h"

#include <cmath>

#include "search/weights.h"

namespace nutgraf {

double idf(double documents, double document_frequency) {
  return std::log(1.0 + (documents - document_frequency + 0.5) / (document_frequency + 0.5));
}

double bm25(double idf, double wdf) { return idf * wdf * (weights::kK1 + 1) / (wdf + weights::kK1); }

Xapian::BM25Weight plain_bm25() {
  constexpr double kK1 = 1.2, kK2 = 0, kK3 = 1e6, kB = 0.75, kShortest = 0;  // so large a k3 hardly bends at all
  return {kK1, kK2, kK3, kB, kShortest};
}

Xapian::BM25Weight stock_bm25() {
  constexpr double kK2 = 0, kK3 = 0, kB = 0, kShortest = 0;
  return {weights::kK1, kK2, kK3, kB, kShortest};
}

// Xapian's own idf: BM25Weight::init() of 1.4.22.
double stock_factor(double documents, double document_frequency) {
  double odds = (documents - document_frequency + 0.5) / (document_frequency + 0.5);
  if (odds < 2) odds = odds * 0.5 + 1;
  return idf(documents, document_frequency) / std::log(odds);
}

Bm25::Bm25() {
  need_stat(COLLECTION_SIZE);
  need_stat(TERMFREQ);
  need_stat(WQF);
  need_stat(WDF);
  need_stat(WDF_MAX);
}

std::string Bm25::name() const { return "nutgraf::Bm25"; }

Bm25* Bm25::clone() const { return new Bm25; }

void Bm25::init(double factor) { factor_ = factor * get_wqf() * idf(get_collection_size(), get_termfreq()); }

double Bm25::get_sumpart(Xapian::termcount wdf, Xapian::termcount, Xapian::termcount) const {
  return bm25(factor_, wdf);
}

double Bm25::get_maxpart() const { return get_sumpart(get_wdf_upper_bound(), 0, 0); }
double Bm25::get_sumextra(Xapian::termcount, Xapian::termcount) const { return 0; }
double Bm25::get_maxextra() const { return 0; }

}  // namespace nutgraf
