// The JSON forms. Key order, spacing and rounding are fixed, so that equal answers are equal bytes; the *.schema.json
// files beside this one say what each key means.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/present.h"
#include "present/numbers.h"

namespace nutgraf {
namespace {

using Json = nlohmann::ordered_json;

/// One line. File names need not be UTF-8: what is not becomes U+FFFD, and nothing throws.
std::string compact(const Json& value) {
  const std::string dumped = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  // JSON allows DEL and the controls U+0080 to U+009F as they are, but terminals obey them ("\u009b" begins an escape
  // sequence as ESC [ does), and JSON is looked at in terminals too. They stand in strings only.
  std::string out;
  out.reserve(dumped.size());
  for (std::size_t at = 0; at < dumped.size(); ++at) {
    const auto byte = static_cast<unsigned char>(dumped[at]);
    const auto next = at + 1 < dumped.size() ? static_cast<unsigned char>(dumped[at + 1]) : 0U;
    if (byte == 0x7F) {
      out += "\\u007f";
    } else if (byte == 0xC2 && next < 0xA0) {
      out += next < 0x90 ? "\\u008" : "\\u009";
      out += "0123456789abcdef"[next & 15U];
      ++at;
    } else {
      out += dumped[at];
    }
  }
  return out;
}

/// Numbers, ranges and lists of ranges stay on one line also when the rest is indented.
bool is_short(const Json& value) {
  if (value.is_array())
    return std::all_of(value.begin(), value.end(),
                       [](const Json& item) { return item.is_number() || (item.is_array() && is_short(item)); });
  return !value.is_object() || value.empty();
}

void append_pretty(std::string& out, const Json& value, std::size_t step, std::size_t margin) {
  if (is_short(value)) {
    out += compact(value);
    return;
  }
  const bool object = value.is_object();
  out += object ? '{' : '[';
  bool first = true;
  for (auto item = value.begin(); item != value.end(); ++item) {
    if (!first) out += ',';
    first = false;
    out += '\n';
    out.append(margin + step, ' ');
    if (object) out += compact(Json(item.key())) + ": ";
    append_pretty(out, *item, step, margin + step);
  }
  out += '\n';
  out.append(margin, ' ');
  out += object ? '}' : ']';
}

std::string dump(const Json& value, int indent) {
  if (indent <= 0) return compact(value);
  std::string out;
  append_pretty(out, value, static_cast<std::size_t>(indent), 0);
  return out;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json date_or_null(Date date) { return text_or_null(date.iso()); }

Json range(ByteRange bytes) { return Json::array({bytes.begin, bytes.end}); }

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
  json["companies"] = Json::array();
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

Json hit_json(const Hit& hit) {
  Json duplicates = Json::array();
  for (const DuplicateRef& duplicate : hit.duplicates) {
    duplicates.push_back({{"article", duplicate.article},
                          {"passage", duplicate.passage},
                          {"source", text_or_null(duplicate.source)},
                          {"date", date_or_null(duplicate.date)}});
  }
  return {{"rank", hit.rank},
          {"score", present::rounded(hit.score)},
          {"article", article_json(hit.article)},
          {"passage", passage_json(hit.passage, hit.article.bytes_of)},
          {"snippet", snippet_json(hit.snippet)},
          {"duplicates", std::move(duplicates)}};
}

Json query_json(const SearchResponse& response) {
  Json warnings = Json::array();
  for (const Diagnostic& warning : response.warnings) {
    warnings.push_back({{"byte", warning.byte},
                        {"message", warning.message},
                        {"suggestion", warning.suggestion ? Json(*warning.suggestion) : Json(nullptr)}});
  }
  return {
      {"text", response.query}, {"parsed", response.parsed}, {"warnings", std::move(warnings)}, {"corrected", nullptr}};
}

}  // namespace

std::string to_json(const SearchResponse& response, int indent, std::string_view qid) {
  Json json{{"schema", "nutgraf.search/1"}};
  if (!qid.empty()) json["qid"] = qid;
  json["query"] = query_json(response);
  json["total"] = {
      {"passages", response.total.passages}, {"articles", response.total.articles}, {"exact", response.total.exact}};
  json["offset"] = response.offset;
  json["limit"] = response.limit;
  json["hits"] = Json::array();
  for (const Hit& hit : response.hits) json["hits"].push_back(hit_json(hit));
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
               {"languages", std::move(languages)},
               {"dates", {{"first", date_or_null(info.first)}, {"last", date_or_null(info.last)}}}},
              indent);
}

std::string to_json(const DocumentReport& report) {
  return compact({{"path", report.path},
                  {"id", text_or_null(report.id)},
                  {"status", name_of(report.status)},
                  {"passages", report.passages},
                  {"reason", text_or_null(report.reason)}});
}

}  // namespace nutgraf
