// Usage: query_bench INDEX QUERIES RUNS
//
// Top 10 with snippets through one Searcher, in one process: a line of JSON for each kind of query, in milliseconds.
// The queries take turns. Before the first round each has run once.
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "nutgraf/search.h"
#include "timing.h"

namespace {

int run(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: query_bench INDEX QUERIES RUNS\n";
    return 2;
  }
  const double opening = bench::now();
  nutgraf::Searcher searcher(argv[1]);
  const double opened = bench::now();
  const auto queries = bench::read_queries(argv[2]);
  std::map<std::string, std::vector<double>> times;
  std::map<std::string, std::size_t> hits;
  for (int round = -1; round < std::stoi(argv[3]); ++round) {
    for (const auto& query : queries) {
      nutgraf::SearchRequest request;
      request.query = query.text;
      const double start = bench::now();
      const auto response = searcher.search(request);
      const double milliseconds = (bench::now() - start) * 1000;
      if (round < 0) {
        hits[query.kind] += response.hits.size();
      } else {
        times[query.kind].push_back(milliseconds);
      }
    }
  }
  for (const auto& kind : bench::kinds_of(queries)) {
    nlohmann::ordered_json line;
    line["kind"] = kind;
    line["runs"] = times[kind].size();
    line["median_ms"] = bench::percentile(times[kind], 0.5);
    line["p95_ms"] = bench::percentile(times[kind], 0.95);
    line["p99_ms"] = bench::percentile(times[kind], 0.99);
    line["least_ms"] = bench::percentile(times[kind], 0);
    line["hits"] = hits[kind];
    line["open_ms"] = (opened - opening) * 1000;
    std::cout << line.dump() << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) try { return run(argc, argv); } catch (const std::exception& error) {
  std::cerr << "query_bench: " << error.what() << '\n';
  return 1;
}
