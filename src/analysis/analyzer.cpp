#include "nutgraf/analyzer.h"

#include <xxhash.h>

#include <algorithm>

#include "analysis/normalizer.h"
#include "analysis/stemmer.h"
#include "analysis/token_storage.h"
#include "analysis/tokenizer.h"

namespace nutgraf {

TokenStream::TokenStream() : storage_(std::make_unique<Storage>()) {}
TokenStream::~TokenStream() = default;
TokenStream::TokenStream(TokenStream&&) noexcept = default;
TokenStream& TokenStream::operator=(TokenStream&&) noexcept = default;

std::span<const Token> TokenStream::tokens() const {
  return storage_ ? std::span<const Token>(storage_->tokens) : std::span<const Token>();
}

struct Analyzer::Impl {
  void fill(TokenStream& stream, std::string_view text, const analysis::Stemmers::Choice* choice) {
    if (!stream.storage_) stream.storage_ = std::make_unique<TokenStream::Storage>();
    TokenStream::Storage& storage = *stream.storage_;
    storage.tokens.clear();
    storage.strings.reset();
    normalizer.normalize(text, storage.folded);
    analysis::Tokenizer(text, choice, storage).run();
  }

  analysis::Normalizer normalizer;
  analysis::Stemmers stemmers;
};

Analyzer::Analyzer() : impl_(std::make_unique<Impl>()) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

void Analyzer::tokenize(std::string_view text, std::string_view language, TokenStream& out) const {
  const analysis::Stemmers::Choice stemmers = impl_->stemmers.choose(language);
  impl_->fill(out, text, &stemmers);
}

void Analyzer::tokenize_surfaces(std::string_view text, TokenStream& out) const { impl_->fill(out, text, nullptr); }

std::vector<std::string> Analyzer::terms_of(std::string_view surface, std::span<const std::string> languages) const {
  if (surface.empty()) return {};
  if (languages.empty()) return {std::string(surface)};
  std::vector<std::string> terms;
  for (const std::string& language : languages) {
    std::string term = term_of(surface, language);
    if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(std::move(term));
  }
  return terms;
}

std::string Analyzer::term_of(std::string_view surface, std::string_view language) const {
  if (!analysis::Normalizer::is_plain_word(surface)) return std::string(surface);
  analysis::Arena strings;
  return std::string(impl_->stemmers.choose(language).term(surface, strings));
}

std::uint16_t Analyzer::signature_hash(std::string_view surface) {
  return static_cast<std::uint16_t>(XXH3_64bits(surface.data(), surface.size()));
}

}  // namespace nutgraf
