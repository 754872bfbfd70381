// Usage: query_bench INDEX QUERIES RUNS [bm25 | fast | default | thorough]...
//
// Top 10 with snippets through one Searcher, in one process: a line of JSON for each kind of query and each way to rank
// (where none is named: the default), in milliseconds. Queries and ways take turns. Before the first round each has run
// once.
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "nutgraf/search.h"
#include "timing.h"

namespace {

using nutgraf::RankMode;

RankMode mode_of(const std::string& name) {
  static const std::map<std::string, RankMode> modes{{"bm25", RankMode::bm25},
                                                     {"fast", RankMode::fast},
                                                     {"default", RankMode::standard},
                                                     {"thorough", RankMode::thorough}};
  return modes.at(name);
}

/// Of one kind of query, ranked in one way.
struct Measured {
  std::vector<double> milliseconds;
  std::size_t hits = 0;
};

int run(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: query_bench INDEX QUERIES RUNS [bm25 | fast | default | thorough]...\n";
    return 2;
  }
  const double opening = bench::now();
  nutgraf::Searcher searcher(argv[1]);
  const double opened = bench::now();
  const auto queries = bench::read_queries(argv[2]);
  std::vector<std::string> ranks(argv + 4, argv + argc);
  if (ranks.empty()) ranks.emplace_back("default");
  std::map<std::pair<std::string, std::string>, Measured> measured;
  for (int round = -1; round < std::stoi(argv[3]); ++round) {
    for (const auto& query : queries) {
      for (const auto& rank : ranks) {
        nutgraf::SearchRequest request;
        request.query = query.text;
        request.rank = mode_of(rank);
        const double start = bench::now();
        const auto response = searcher.search(request);
        const double milliseconds = (bench::now() - start) * 1000;
        Measured& of = measured[{query.kind, rank}];
        if (round < 0) {
          of.hits += response.hits.size();
        } else {
          of.milliseconds.push_back(milliseconds);
        }
      }
    }
  }
  for (const auto& kind : bench::kinds_of(queries)) {
    for (const auto& rank : ranks) {
      const Measured& of = measured[{kind, rank}];
      nlohmann::ordered_json line;
      line["kind"] = kind;
      line["rank"] = rank;
      line["runs"] = of.milliseconds.size();
      line["median_ms"] = bench::percentile(of.milliseconds, 0.5);
      line["p95_ms"] = bench::percentile(of.milliseconds, 0.95);
      line["p99_ms"] = bench::percentile(of.milliseconds, 0.99);
      line["least_ms"] = bench::percentile(of.milliseconds, 0);
      line["hits"] = of.hits;
      line["open_ms"] = (opened - opening) * 1000;
      std::cout << line.dump() << '\n';
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) try { return run(argc, argv); } catch (const std::exception& error) {
  std::cerr << "query_bench: " << error.what() << '\n';
  return 1;
}
