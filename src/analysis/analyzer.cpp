#include "nutgraf/analyzer.h"

#define XXH_INLINE_ALL
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
  analysis::Normalizer normalizer;
  analysis::Stemmers stemmers;
};

Analyzer::Analyzer() : impl_(std::make_unique<Impl>()) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

void Analyzer::tokenize(std::string_view text, std::string_view language, TokenStream& out) const {
  if (!out.storage_) out.storage_ = std::make_unique<TokenStream::Storage>();
  TokenStream::Storage& storage = *out.storage_;
  storage.tokens.clear();
  storage.strings.reset();
  impl_->normalizer.normalize(text, storage.folded);
  analysis::Tokenizer(text, impl_->stemmers.choose(language), storage).run();
}

std::vector<std::string> Analyzer::terms_of(std::string_view surface, std::span<const std::string> languages) const {
  if (surface.empty()) return {};
  if (languages.empty() || !analysis::Normalizer::is_plain_word(surface)) return {std::string(surface)};
  std::vector<std::string> terms;
  analysis::Arena strings;
  for (const std::string& language : languages) {
    std::string term(impl_->stemmers.choose(language).term(surface, strings));
    if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(std::move(term));
  }
  return terms;
}

std::uint16_t Analyzer::signature_hash(std::string_view surface) {
  return static_cast<std::uint16_t>(XXH3_64bits(surface.data(), surface.size()));
}

}  // namespace nutgraf
