#include "index/passage_analysis.h"

#include <algorithm>

#include "index/terms.h"

namespace nutgraf {

ArticleRecord record_of(const AdmittedArticle& admitted) {
  const Article& article = admitted.article;
  ArticleRecord record;
  record.id = article.id;
  record.id_from_path = article.id_from_path;
  record.root = article.root;
  record.path = article.path;
  record.record = article.record;
  record.title = article.title;
  record.title_derived = article.title_derived;
  record.source = article.source;
  record.author = article.author;
  record.url = article.url;
  record.language = article.language;
  if (record.language.empty()) {
    const ByteRange first = admitted.passages.front().text;
    record.language = Analyzer::detect_language(std::string_view(article.text).substr(first.begin, first.size()));
  }
  record.tags = article.tags;
  record.date = article.date;
  record.date_source = article.date_source;
  record.bytes_of = article.bytes_of;
  record.content_hash = admitted.content_hash;
  record.passages = static_cast<std::uint32_t>(admitted.passages.size());
  record.batch = admitted.batch;
  record.sequence = admitted.sequence;
  record.first_sequence = admitted.first_sequence;
  record.changed_sequence = admitted.changed_sequence;
  return record;
}

void PassageAnalysis::run(const AdmittedArticle& admitted, PassageSink& sink) {
  const Article& article = admitted.article;
  ArticleRecord record = record_of(admitted);
  if (std::find(languages_.begin(), languages_.end(), record.language) == languages_.end())
    languages_.push_back(record.language);

  mentions_.assign(admitted.passages.size() + 1, {});
  if (pending_.size() < admitted.passages.size()) pending_.resize(admitted.passages.size());
  analyse_title(record);
  const auto text_of = [&](const Passage& passage) {
    return std::string_view(article.text).substr(passage.text.begin, passage.text.size());
  };
  for (std::size_t i = 0; i < admitted.passages.size(); ++i) {
    terms_.clear();
    analyse_passage(admitted.passages[i], text_of(admitted.passages[i]), record);
    pending_[i].terms.swap(terms_);
    pending_[i].signature.swap(signature_);
  }

  const CompanyTags tags = tag_companies(mentions_);
  if (companies_ != nullptr) record.companies = ids_of(tags.article, companies_->table());
  for (std::size_t i = 0; i < admitted.passages.size(); ++i) {
    const Passage& passage = admitted.passages[i];
    Pending& pending = pending_[i];
    add_company_terms(tags.passages[i], pending.terms);
    const bool first = passage.ordinal == 1;
    const PassageSignature signature{first ? title_signature_ : std::span<const std::uint16_t>(), pending.signature,
                                     record.date, passage.ordinal};
    sink.add({table_, pending.terms, signature,
              PassageRecord{
                  {}, passage.ordinal, passage.heading, passage.bytes, passage.lines, std::string(text_of(passage))},
              first ? &record : nullptr});
  }
}

// Fills terms_ and signature_, and the mentions of the passage.
void PassageAnalysis::analyse_passage(const Passage& passage, std::string_view text, const ArticleRecord& record) {
  analyse_text(text, record.language);
  find_companies(text, passage.ordinal);
  for (const std::uint32_t number : title_words_) count(number, kTitleWdf);
  if (passage.ordinal == 1) {
    for (const std::uint32_t number : title_terms_) count(number, 0);
  }
  if (!passage.heading.empty()) {
    count_tokens(passage.heading, record.language, kBodyPrefix, kHeadingWdf);
    count_tokens(passage.heading, record.language, kHeadingPrefix, 0);
    words_.add(stream_.tokens());
    find_companies(passage.heading, passage.ordinal);
  }
  add_metadata_terms(record);
  for (TermCount& term : terms_) term.wdf = std::min(term.wdf, kMaxWdf);
  text_bytes_ += text.size();
}

// In the text that stream_ holds the tokens of.
void PassageAnalysis::find_companies(std::string_view text, std::size_t place) {
  if (companies_ != nullptr) companies_->find(stream_.tokens(), text, mentions_[place]);
}

void PassageAnalysis::add_company_terms(const std::vector<CompanyCount>& companies, std::vector<TermCount>& terms) {
  for (const CompanyCount& found : companies) {
    const std::string& id = companies_->table().companies[found.company].id;
    terms.push_back({table_.number_of(kCompanyPrefix, id), found.mentions});
    if (found.named > 0) terms.push_back({table_.number_of(kCompanyNamePrefix, id), found.named});
  }
}

void PassageAnalysis::count(std::uint32_t number, std::uint32_t wdf) {
  if (number >= places_.size()) places_.resize(std::max<std::size_t>(number + 1, 2 * places_.size()));
  std::uint32_t& place = places_[number];
  if (place < terms_.size() && terms_[place].number == number) {
    terms_[place].wdf += wdf;
  } else {
    place = static_cast<std::uint32_t>(terms_.size());
    terms_.push_back({number, wdf});
  }
}

void PassageAnalysis::count_tokens(std::string_view text, std::string_view language, std::string_view prefix,
                                   std::uint32_t wdf) {
  analyzer_.tokenize(text, language, stream_);
  for (const Token& token : stream_.tokens()) count(prefix, token.term, wdf);
}

void PassageAnalysis::analyse_title(const ArticleRecord& record) {
  title_words_.clear();
  title_terms_.clear();
  title_signature_.clear();
  if (record.title_derived) return;  // its words are in the text
  analyzer_.tokenize(record.title, record.language, stream_);
  words_.add(stream_.tokens());
  find_companies(record.title, 0);
  for (const Token& token : stream_.tokens()) {
    title_words_.push_back(table_.number_of(kBodyPrefix, token.term));
    title_terms_.push_back(table_.number_of(kTitlePrefix, token.term));
    const bool fits = token.role == TokenRole::piece && title_signature_.size() < kMaxTitleTokens;
    if (fits) title_signature_.push_back(Analyzer::signature_hash(token.surface));
  }
}

void PassageAnalysis::analyse_text(std::string_view text, std::string_view language) {
  signature_.clear();
  analyzer_.tokenize(text, language, stream_);
  words_.add(stream_.tokens());
  for (const Token& token : stream_.tokens()) {
    count(kBodyPrefix, token.term, 1);
    if (token.role == TokenRole::piece) signature_.push_back(Analyzer::signature_hash(token.surface));
  }
}

void PassageAnalysis::add_metadata_terms(const ArticleRecord& record) {
  count({}, article_term(record.id), 0);
  count(kLanguagePrefix, record.language, 0);
  if (!record.source.empty()) {
    if (const auto term = source_term(record.source, analyzer_); !term.empty()) count({}, term, 0);
  }
  if (record.date.known()) {
    for (const auto& term : {year_term(record.date), month_term(record.date), day_term(record.date)})
      count({}, term, 0);
  }
}

}  // namespace nutgraf
