#include "index/surfaces.h"

namespace nutgraf {

void Surfaces::learn(std::string_view surface, Surface& learnt) {
  learnt.body = terms_.number_of(kBodyPrefix, analyzer_.term_of(surface, language_));
  learnt.signature_hash = Analyzer::signature_hash(surface);
  for (const TokenRole role : {TokenRole::piece, TokenRole::whole}) {
    Token token;
    token.surface = surface;
    token.role = role;
    if (is_vocabulary_word(token)) learnt.word_role = role;
  }
  if (companies_ != nullptr) learnt.name_beginning = companies_->beginning(surface);
}

void Surfaces::count_words(WordCounts& words) const {
  table_.for_each([&](const auto& record) {
    if (record.value.word_count > 0) words.add(record.string(), record.value.word_count);
  });
}

}  // namespace nutgraf
