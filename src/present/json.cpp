// The JSON forms. Key order, spacing and rounding are fixed, so that equal answers are equal bytes; the *.schema.json
// files beside this one say what each key means.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/present.h"
#include "present/dump.h"
#include "present/numbers.h"

namespace nutgraf {
namespace {

using present::compact;
using present::dump;
using present::Json;
using present::range;
using present::text_or_null;

Json date_or_null(Date date) { return text_or_null(date.iso()); }

Json article_json(const ArticleRecord& article) {
  Json json{{"id", article.id},
            {"title", article.title},
            {"source", text_or_null(article.source)},
            {"author", text_or_null(article.author)},
            {"date", date_or_null(article.date)},
            {"date_source", name_of(article.date_source)},
            {"lang", article.language.empty() ? "und" : article.language},
            {"path", article.path}};
  if (article.record != 0) json["record"] = article.record;
  json["url"] = text_or_null(article.url);
  json["companies"] = article.companies;
  return json;
}

Json passage_json(const PassageRecord& passage, BytesOf bytes_of) {
  return {{"id", passage.id},
          {"ordinal", passage.ordinal},
          {"heading", text_or_null(passage.heading)},
          {"bytes", range(passage.bytes)},
          {"bytes_of", name_of(bytes_of)},
          {"lines", Json::array({passage.lines.first, passage.lines.last})},
          {"text", passage.text}};
}

Json snippet_json(const std::vector<Fragment>& fragments) {
  Json snippet = Json::array();
  for (const Fragment& fragment : fragments) {
    Json marks = Json::array();
    for (const ByteRange mark : fragment.marks) marks.push_back(range(mark));
    snippet.push_back({{"text", fragment.text}, {"bytes", range(fragment.bytes)}, {"marks", std::move(marks)}});
  }
  return snippet;
}

Json score_part_json(const ScorePart& part) {
  using present::rounded;
  return {{"idf", rounded(part.idf)},
          {"tf", rounded(part.tf)},
          {"saturation", rounded(part.saturation)},
          {"score", rounded(part.score)}};
}

Json explanation_json(const Explanation& explanation) {
  using present::rounded;
  Json words = Json::array();
  for (const WordScore& word : explanation.words) {
    words.push_back({{"word", word.word},
                     {"exact", word.exact},
                     {"weight", rounded(word.weight)},
                     {"passage", score_part_json(word.passage)},
                     {"article", score_part_json(word.article)}});
  }
  return {{"of", explanation.of},
          {"words", std::move(words)},
          {"passage", rounded(explanation.passage)},
          {"article", rounded(explanation.article)},
          {"article_share", rounded(explanation.article_share)},
          {"neighbours", rounded(explanation.neighbours)},
          {"recency", rounded(explanation.recency)},
          {"behind", rounded(explanation.behind)},
          {"total", rounded(explanation.total)}};
}

Json facets_json(const std::vector<Facet>& facets) {
  Json json = Json::object();
  for (const Facet& facet : facets) {
    json[facet.name] = Json::array();
    for (const FacetValue& value : facet.values)
      json[facet.name].push_back({{"value", value.value}, {"count", value.count}});
  }
  return json;
}

Json hit_json(const Hit& hit) {
  Json duplicates = Json::array();
  for (const DuplicateRef& duplicate : hit.duplicates) {
    duplicates.push_back({{"article", duplicate.article},
                          {"passage", duplicate.passage},
                          {"source", text_or_null(duplicate.source)},
                          {"date", date_or_null(duplicate.date)}});
  }
  Json json{{"rank", hit.rank},
            {"score", present::rounded(hit.score)},
            {"article", article_json(hit.article)},
            {"passage", passage_json(hit.passage, hit.article.bytes_of)},
            {"snippet", snippet_json(hit.snippet)},
            {"duplicates", std::move(duplicates)}};
  if (hit.explanation) json["explain"] = explanation_json(*hit.explanation);
  return json;
}

Json warnings_json(const std::vector<Diagnostic>& diagnostics) {
  Json warnings = Json::array();
  for (const Diagnostic& warning : diagnostics) {
    warnings.push_back({{"byte", warning.byte},
                        {"message", warning.message},
                        {"suggestion", warning.suggestion ? Json(*warning.suggestion) : Json(nullptr)}});
  }
  return warnings;
}

Json missing_json(const std::vector<MissingShard>& missing) {
  Json shards = Json::array();
  for (const MissingShard& one : missing)
    shards.push_back({{"shard", one.shard}, {"server", one.server}, {"reason", one.reason}});
  return shards;
}

Json query_json(const SearchResponse& response) {
  return {{"text", response.query},
          {"parsed", response.parsed},
          {"warnings", warnings_json(response.warnings)},
          {"corrected", response.corrected ? Json(*response.corrected) : Json(nullptr)}};
}

}  // namespace

std::string to_json(const SearchResponse& response, int indent, std::string_view qid) {
  Json json{{"schema", "nutgraf.search/1"}};
  if (!qid.empty()) json["qid"] = qid;
  json["query"] = query_json(response);
  json["total"] = {
      {"passages", response.total.passages}, {"articles", response.total.articles}, {"exact", response.total.exact}};
  if (!response.missing_shards.empty()) {
    json["partial"] = true;
    json["missing_shards"] = missing_json(response.missing_shards);
  }
  json["offset"] = response.offset;
  json["limit"] = response.limit;
  json["hits"] = Json::array();
  for (const Hit& hit : response.hits) json["hits"].push_back(hit_json(hit));
  if (!response.facets.empty()) json["facets"] = facets_json(response.facets);
  if (response.milliseconds) json["timing_ms"] = present::rounded(*response.milliseconds);
  return dump(json, indent);
}

std::string to_jsonl(const SearchResponse& response) {
  std::string lines;
  for (const Hit& hit : response.hits) lines += compact(hit_json(hit)) + '\n';
  return lines;
}

std::string to_json(const StoredArticle& stored, int indent) {
  Json article = article_json(stored.article);
  article["tags"] = stored.article.tags;
  article["passages"] = stored.article.passages;
  article["batch"] = stored.article.batch;
  Json passages = Json::array();
  for (const PassageRecord& passage : stored.passages) {
    passages.push_back(passage_json(passage, stored.article.bytes_of));
  }
  const bool full = stored.passages.size() == stored.article.passages;
  return dump({{"schema", "nutgraf.article/1"},
               {"article", std::move(article)},
               {"full", full},
               {"passages", std::move(passages)}},
              indent);
}

std::string to_json(const IndexInfo& info, int indent) {
  Json languages = Json::object();
  for (const auto& [code, passages] : info.languages) languages[code] = passages;
  return dump({{"schema", "nutgraf.info/1"},
               {"articles", info.articles},
               {"passages", info.passages},
               {"terms", info.terms},
               {"tokens", info.tokens},
               {"text_bytes", info.text_bytes},
               {"bytes", info.bytes},
               {"batches", info.batches},
               {"sequence", info.sequence},
               {"generation", info.generation},
               {"shards", info.shards},
               {"languages", std::move(languages)},
               {"dates", {{"first", date_or_null(info.first)}, {"last", date_or_null(info.last)}}}},
              indent);
}

std::string to_json(std::span<const CompanySummary> companies, std::string_view with, int indent) {
  Json list = Json::array();
  for (const CompanySummary& company : companies) {
    list.push_back({{"id", company.id},
                    {"name", company.name},
                    {"articles", company.articles},
                    {"passages", company.passages},
                    {"dates", {{"first", date_or_null(company.first)}, {"last", date_or_null(company.last)}}}});
  }
  return dump({{"schema", "nutgraf.companies-report/1"},
               {"with", text_or_null(std::string(with))},
               {"companies", std::move(list)}},
              indent);
}

std::string to_json(const Timeline& timeline, int indent) {
  Json buckets = Json::array();
  for (const TimelineBucket& bucket : timeline.buckets) {
    buckets.push_back({{"label", bucket.label},
                       {"first", bucket.days.since.iso()},
                       {"last", bucket.days.until.iso()},
                       {"articles", bucket.articles},
                       {"passages", bucket.passages}});
  }
  Json peaks = Json::array();
  for (const TimelinePeak& peak : timeline.peaks) {
    peaks.push_back({{"label", timeline.buckets[peak.bucket].label}, {"best", hit_json(peak.best)}});
  }
  return dump({{"schema", "nutgraf.timeline/1"},
               {"company", {{"id", timeline.company}, {"name", timeline.name}}},
               {"query", text_or_null(timeline.query)},
               {"warnings", warnings_json(timeline.warnings)},
               {"by", name_of(timeline.by)},
               {"total", {{"articles", timeline.total.articles}, {"passages", timeline.total.passages}}},
               {"undated", {{"articles", timeline.undated.articles}, {"passages", timeline.undated.passages}}},
               {"buckets", std::move(buckets)},
               {"peaks", std::move(peaks)}},
              indent);
}

std::string to_json(std::span<const WatchNews> news, int indent) {
  Json watches = Json::array();
  for (const auto& [watch, response] : news) {
    Json items = Json::array();
    for (const Hit& hit : response.hits)
      items.push_back({{"status", name_of(status_of(hit, watch))}, {"hit", hit_json(hit)}});
    watches.push_back({{"name", watch.name},
                       {"query", watch.query},
                       {"mark", watch.mark ? Json(*watch.mark) : Json(nullptr)},
                       {"sequence", response.sequence},
                       {"total",
                        {{"passages", response.total.passages},
                         {"articles", response.total.articles},
                         {"exact", response.total.exact}}},
                       {"news", std::move(items)}});
  }
  return dump({{"schema", "nutgraf.watch/1"}, {"watches", std::move(watches)}}, indent);
}

std::string to_json(std::string_view prefix, std::span<const Completion> words, int indent) {
  Json list = Json::array();
  for (const Completion& completion : words) list.push_back({{"word", completion.word}, {"count", completion.count}});
  return dump({{"schema", "nutgraf.suggest/1"}, {"prefix", prefix}, {"words", std::move(list)}}, indent);
}

std::string to_json(const DocumentReport& report) {
  return compact({{"path", report.path},
                  {"id", text_or_null(report.id)},
                  {"status", name_of(report.status)},
                  {"passages", report.passages},
                  {"reason", text_or_null(report.reason)}});
}

}  // namespace nutgraf
