// Speed of the steps of a large batch, one thread, in bytes of article text a second (kernel_articles.h).
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "index/glass_segment.h"
#include "index/mapped_file.h"
#include "index/passage_analysis.h"
#include "kernel_articles.h"
#include "nutgraf/company.h"
#include "nutgraf/passage.h"

namespace {

namespace fs = std::filesystem;
using namespace nutgraf;

struct Collection {
  std::vector<std::string> roots;
  std::vector<AdmittedArticle> articles = {};
  std::int64_t bytes = 0;
};

Collection read_collection() {
  auto [roots, articles] = bench::kernel_articles();
  Collection read{std::move(roots)};
  for (auto& article : articles) {
    auto passages = split_into_passages(article);
    if (passages.empty()) continue;
    read.bytes += static_cast<std::int64_t>(article.text.size());
    read.articles.push_back({std::move(article), std::move(passages)});
  }
  return read;
}

const Collection& articles() {
  static const Collection read = read_collection();
  return read;
}

const CompanyMatcher& companies() {
  static const CompanyMatcher matcher = [] {
    const fs::path path = fs::path(NUTGRAF_SOURCE_DIR) / "corpus/companies.json";
    const MappedFile file(path);
    return read_companies({static_cast<const char*>(file.data()), file.size()}, path.string());
  }();
  return matcher;
}

void count_bytes(benchmark::State& state) { state.SetBytesProcessed(state.iterations() * articles().bytes); }

class NoSink : public PassageSink {
 public:
  void add(const AnalysedPassage& passage) override { benchmark::DoNotOptimize(passage.terms.data()); }
};

void read_and_cut(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(read_collection().bytes);
  count_bytes(state);
}
BENCHMARK(read_and_cut)->Unit(benchmark::kMillisecond);

void cut(benchmark::State& state) {
  for (auto _ : state) {
    for (const auto& admitted : articles().articles) benchmark::DoNotOptimize(split_into_passages(admitted.article));
  }
  count_bytes(state);
}
BENCHMARK(cut)->Unit(benchmark::kMillisecond);

void analyse(benchmark::State& state, const CompanyMatcher* matcher) {
  for (auto _ : state) {
    const Analyzer analyzer;
    PassageAnalysis analysis(analyzer, matcher);
    NoSink sink;
    for (const auto& admitted : articles().articles) analysis.run(admitted, sink);
  }
  count_bytes(state);
}
BENCHMARK_CAPTURE(analyse, with_companies, &companies())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(analyse, without, nullptr)->Unit(benchmark::kMillisecond);

std::uint64_t write_segment(const GenerationPaths& paths, const BulkPart& part) {
  SignatureWriter signatures(paths, 0);
  append_signatures(signatures, part);
  signatures.flush();
  const BulkPart* const parts[] = {&part};
  return write_database(paths, parts);
}

/// Analysis, inversion and the files; records are compressed by a dictionary of the first articles.
void build_segment(benchmark::State& state) {
  std::vector<std::string> samples;
  for (const auto& admitted : articles().articles) samples.push_back(admitted.article.text);
  const std::string dictionary = train_dictionary(samples);
  const fs::path folder = fs::temp_directory_path() / ("nutgraf-index-bench-" + std::to_string(::getpid()));
  for (auto _ : state) {
    fs::create_directories(folder);
    const Analyzer analyzer;
    const BulkPart part = analyse_in_bulk(articles().articles, articles().roots, dictionary, analyzer, &companies());
    benchmark::DoNotOptimize(write_segment({folder}, part));
    fs::remove_all(folder);
  }
  count_bytes(state);
}
BENCHMARK(build_segment)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
