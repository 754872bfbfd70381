// Speed of the analyzer in bytes a second. Collections: NUTGRAF_DATA, else texts made up here.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "nutgraf/analyzer.h"

namespace {

/// Texts of a .jsonl file below $NUTGRAF_DATA, up to `limit` bytes; `stand_in` repeated where there is none.
std::vector<std::string> texts_of(const std::string& name, const std::string& stand_in, std::size_t limit) {
  std::vector<std::string> texts;
  const char* const root = std::getenv("NUTGRAF_DATA");
  std::ifstream file(std::filesystem::path(root != nullptr ? root : "") / name);
  std::size_t bytes = 0;
  for (std::string line; bytes < limit && std::getline(file, line);) {
    texts.push_back(nlohmann::json::parse(line).value("text", ""));
    bytes += texts.back().size();
  }
  if (texts.empty()) texts.assign(1000, stand_in);
  return texts;
}

void tokenize_all(benchmark::State& state, const std::vector<std::string>& texts, const std::string& language) {
  const nutgraf::Analyzer analyzer;
  nutgraf::TokenStream stream;
  std::size_t bytes = 0, tokens = 0;
  for (auto _ : state) {
    for (const std::string& text : texts) {
      analyzer.tokenize(text, language, stream);
      benchmark::DoNotOptimize(stream.tokens().data());
      bytes += text.size();
      tokens += stream.tokens().size();
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
  state.SetItemsProcessed(static_cast<std::int64_t>(tokens));
}

void tokenize_english(benchmark::State& state) {
  static const auto texts = texts_of("articles/reuters21578.jsonl",
                                     "Chip makers' shares rose 9.11% on Monday, led by Nvidia's H100s.\n", 20'000'000);
  tokenize_all(state, texts, "en");
}
BENCHMARK(tokenize_english)->Unit(benchmark::kMillisecond);

void tokenize_chinese(benchmark::State& state) {
  static const auto texts =
      texts_of("ir/cmrc2018_zh/corpus.jsonl", "腾讯控股发布新模型，小米SU7销量上升9.11%。", 20'000'000);
  tokenize_all(state, texts, "zh");
}
BENCHMARK(tokenize_chinese)->Unit(benchmark::kMillisecond);

/// Mostly ASCII with typographic quotes and accents, the common web article.
void tokenize_web_english(benchmark::State& state) {
  static const auto texts = [] {
    auto made = texts_of("articles/reuters21578.jsonl", "Chip makers' shares rose on Monday.\n", 5'000'000);
    for (std::string& text : made) text += " caf\u00E9 \u2019";
    return made;
  }();
  tokenize_all(state, texts, "en");
}
BENCHMARK(tokenize_web_english)->Unit(benchmark::kMillisecond);

void detect_language(benchmark::State& state) {
  static const auto texts = texts_of("articles/reuters21578.jsonl", "Chip makers' shares rose on Monday.\n", 2'000'000);
  std::size_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& text : texts) {
      benchmark::DoNotOptimize(nutgraf::Analyzer::detect_language(text));
      bytes += text.size();
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(detect_language)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
