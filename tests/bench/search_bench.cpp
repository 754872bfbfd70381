// Speed of what a search does for every candidate and every hit, one thread: the scan of signatures for a phrase and
// for NEAR, and the snippet, over the passages of the first 5,000 articles of Reuters below NUTGRAF_DATA, else those of
// corpus/articles. Items are passages.
#include <benchmark/benchmark.h>

#include <span>
#include <string>
#include <vector>

#include "kernel_articles.h"
#include "nutgraf/passage.h"
#include "nutgraf/snippet.h"
#include "search/pattern.h"

namespace {

using namespace nutgraf;

struct Passages {
  std::vector<std::string> texts;
  std::vector<std::vector<std::uint16_t>> signatures;
};

const Passages& passages() {
  static const Passages read = [] {
    Passages passages;
    const Analyzer analyzer;
    TokenStream stream;
    const auto collection = bench::kernel_articles();
    for (const Article& article : collection.articles) {
      for (const Passage& passage : split_into_passages(article)) {
        passages.texts.push_back(article.text.substr(passage.text.begin, passage.text.size()));
        analyzer.tokenize(passages.texts.back(), "en", stream);
        auto& signature = passages.signatures.emplace_back();
        for (const Token& token : stream.tokens()) {
          if (token.role == TokenRole::piece) signature.push_back(Analyzer::signature_hash(token.surface));
        }
      }
    }
    return passages;
  }();
  return read;
}

std::uint16_t hash(std::string_view word) { return Analyzer::signature_hash(word); }

// The words are frequent ones, in Reuters and elsewhere: a scan ends early where it finds them.
const Pattern<std::uint16_t> kPhrase{{{{hash("said"), hash("the")}}}, 1};
const Pattern<std::uint16_t> kNear{{{{hash("said")}}, {{hash("company")}}}, 10};

void scan_signatures(benchmark::State& state, const Pattern<std::uint16_t>& pattern) {
  for (auto _ : state) {
    std::size_t found = 0;
    for (const auto& signature : passages().signatures)
      found += holds(std::span<const std::uint16_t>(signature), pattern) ? 1 : 0;
    benchmark::DoNotOptimize(found);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(passages().signatures.size()));
}
BENCHMARK_CAPTURE(scan_signatures, phrase, kPhrase)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(scan_signatures, near, kNear)->Unit(benchmark::kMillisecond);

void snippet(benchmark::State& state) {
  const Analyzer analyzer;
  const std::vector<std::string> english{"en"};
  const std::vector<Concept> concepts{
      {analyzer.terms_of("company", english)}, {analyzer.terms_of("prices", english)}, {{}, {{{"said", "the"}}}}};
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(make_snippet(passages().texts[at], "en", concepts, analyzer));
    at = (at + 1) % passages().texts.size();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(snippet)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
