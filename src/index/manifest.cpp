#include "index/manifest.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "nutgraf/analyzer.h"
#include "nutgraf/error.h"

namespace nutgraf {
namespace {

using Json = nlohmann::ordered_json;

Error incompatible(const std::string& what) {
  return {ErrorCode::index, "the index was built by another version of nutgraf: " + what,
          "Index the articles again into an empty folder."};
}

void add_missing(const std::vector<std::string>& from, std::vector<std::string>& to) {
  for (const auto& one : from) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
  }
}

}  // namespace

std::string encode(const Manifest& manifest) {
  Json json{{"schema", kIndexSchema},
            {"analyzer", kAnalyzerVersion},
            {"articles", manifest.articles},
            {"text_bytes", manifest.text_bytes},
            {"sequence", manifest.sequence},
            {"batches", manifest.batches},
            {"roots", manifest.roots},
            {"languages", manifest.languages},
            {"companies", manifest.companies_version}};
  if (manifest.shards > 1) {
    json["shard"] = manifest.shard;
    json["shards"] = manifest.shards;
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Manifest decode_manifest(std::string_view bytes) {
  const Json json = Json::parse(bytes, nullptr, false);
  if (!json.is_object()) {
    throw Error(ErrorCode::index, "this is a Xapian database, but not an index of nutgraf",
                "Name another folder with --index.");
  }
  if (json.value("schema", 0) != kIndexSchema) {
    throw incompatible("schema " + std::to_string(json.value("schema", 0)) + ", this program reads " +
                       std::to_string(kIndexSchema));
  }
  const std::string analyzer = json.value("analyzer", std::string());
  if (analyzer != kAnalyzerVersion) {
    throw incompatible("analyzer " + analyzer + ", this program has " + std::string(kAnalyzerVersion));
  }
  Manifest manifest;
  manifest.articles = json.value("articles", std::uint64_t{0});
  manifest.text_bytes = json.value("text_bytes", std::uint64_t{0});
  manifest.sequence = json.value("sequence", std::uint64_t{0});
  manifest.batches = json.value("batches", std::uint64_t{0});
  manifest.roots = json.value("roots", std::vector<std::string>());
  manifest.languages = json.value("languages", std::vector<std::string>());
  manifest.companies_version = json.value("companies", std::uint64_t{0});
  manifest.shard = json.value("shard", std::size_t{0});
  manifest.shards = json.value("shards", std::size_t{1});
  return manifest;
}

Manifest united(std::span<const Manifest> shards) {
  Manifest whole = shards.front();
  for (const Manifest& shard : shards.subspan(1)) {
    whole.articles += shard.articles;
    whole.text_bytes += shard.text_bytes;
    whole.sequence = std::min(whole.sequence, shard.sequence);
    whole.batches = std::max(whole.batches, shard.batches);
    if (whole.companies_version != shard.companies_version) whole.companies_version = 0;
    add_roots(whole, shard.roots);
    add_languages(whole, shard.languages);
  }
  return whole;
}

void add_roots(Manifest& manifest, const std::vector<std::string>& roots) { add_missing(roots, manifest.roots); }

void add_languages(Manifest& manifest, const std::vector<std::string>& languages) {
  add_missing(languages, manifest.languages);
}

std::string batch_key(std::uint64_t number) {
  std::array<char, 32> key{};
  std::snprintf(key.data(), key.size(), "batch:%06llu", static_cast<unsigned long long>(number));
  return key.data();
}

std::string encode(const BatchRecord& record) {
  const Json json{{"number", record.number},
                  {"name", record.name},
                  {"added", record.added},
                  {"updated", record.updated},
                  {"removed", record.removed}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace nutgraf
