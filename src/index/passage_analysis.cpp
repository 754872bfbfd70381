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

std::vector<std::string> PassageAnalysis::languages() const {
  std::vector<std::string> languages;
  for (const Surfaces& surfaces : surfaces_) languages.push_back(surfaces.language());
  return languages;
}

WordCounts PassageAnalysis::words() const {
  WordCounts words;
  for (const Surfaces& surfaces : surfaces_) surfaces.count_words(words);
  return words;
}

void PassageAnalysis::run(const AdmittedArticle& admitted, PassageSink& sink) {
  const Article& article = admitted.article;
  ArticleRecord record = record_of(admitted);
  known_ = &surfaces_in(record.language);
  mentions_.assign(admitted.passages.size() + 1, {});
  if (pending_.size() < admitted.passages.size()) pending_.resize(admitted.passages.size());
  analyse_title(record);
  find_metadata_terms(record);
  const auto text_of = [&](const Passage& passage) {
    return std::string_view(article.text).substr(passage.text.begin, passage.text.size());
  };
  for (std::size_t i = 0; i < admitted.passages.size(); ++i) {
    terms_.clear();
    analyse_passage(admitted.passages[i], text_of(admitted.passages[i]));
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

Surfaces& PassageAnalysis::surfaces_in(const std::string& language) {
  const auto known = std::find_if(surfaces_.begin(), surfaces_.end(),
                                  [&](const Surfaces& surfaces) { return surfaces.language() == language; });
  return known != surfaces_.end() ? *known : surfaces_.emplace_back(language, analyzer_, companies_, table_);
}

/// Fills stream_ and name_starts_, counts words, and calls `use` with each token and its surface.
template <typename Use>
void PassageAnalysis::tokenize(std::string_view text, Use&& use) {
  analyzer_.tokenize_surfaces(text, stream_);
  name_starts_.clear();
  known_->for_each(stream_.tokens(), [&](const Token& token, Surface& surface) {
    if (token.role == surface.word_role) ++surface.word_count;
    if (surface.name_beginning != 0 && token.role == TokenRole::piece)
      name_starts_.push_back({token.position, surface.name_beginning});
    use(token, surface);
  });
}

// Fills terms_ and signature_, and the mentions of the passage.
void PassageAnalysis::analyse_passage(const Passage& passage, std::string_view text) {
  analyse_text(text);
  find_companies(text, passage.ordinal);
  for (const std::uint32_t number : title_words_) count(number, kTitleWdf);
  if (passage.ordinal == 1) {
    for (const std::uint32_t number : title_terms_) count(number, 0);
  }
  if (!passage.heading.empty()) {
    analyse_heading(passage.heading);
    find_companies(passage.heading, passage.ordinal);
  }
  for (const std::uint32_t number : metadata_terms_) count(number, 0);
  for (TermCount& term : terms_) term.wdf = std::min(term.wdf, kMaxWdf);
  text_bytes_ += text.size();
}

// In the text that stream_ holds the tokens of.
void PassageAnalysis::find_companies(std::string_view text, std::size_t place) {
  if (companies_ != nullptr) companies_->find(stream_.tokens(), name_starts_, text, mentions_[place]);
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

void PassageAnalysis::analyse_title(const ArticleRecord& record) {
  title_words_.clear();
  title_terms_.clear();
  title_signature_.clear();
  if (record.title_derived) return;  // its words are in the text
  tokenize(record.title, [&](const Token& token, Surface& surface) {
    title_words_.push_back(surface.body);
    title_terms_.push_back(known_->title_term(surface));
    const bool fits = token.role == TokenRole::piece && title_signature_.size() < kMaxTitleTokens;
    if (fits) title_signature_.push_back(surface.signature_hash);
  });
  find_companies(record.title, 0);
}

void PassageAnalysis::analyse_text(std::string_view text) {
  signature_.clear();
  tokenize(text, [&](const Token& token, const Surface& surface) {
    count(surface.body, 1);
    if (token.role == TokenRole::piece) signature_.push_back(surface.signature_hash);
  });
}

void PassageAnalysis::analyse_heading(std::string_view heading) {
  tokenize(heading, [&](const Token&, Surface& surface) {
    count(surface.body, kHeadingWdf);
    count(known_->heading_term(surface), 0);
  });
}

void PassageAnalysis::find_metadata_terms(const ArticleRecord& record) {
  metadata_terms_.clear();
  const auto add = [&](std::string_view prefix, std::string_view term) {
    metadata_terms_.push_back(table_.number_of(prefix, term));
  };
  add({}, article_term(record.id));
  add(kLanguagePrefix, record.language);
  if (!record.source.empty()) {
    if (const auto term = source_term(record.source, analyzer_); !term.empty()) add({}, term);
  }
  if (record.date.known()) {
    for (const auto& term : {year_term(record.date), month_term(record.date), day_term(record.date)}) add({}, term);
  }
}

}  // namespace nutgraf
