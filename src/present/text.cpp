// The text forms: what a person reads at a terminal.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nutgraf/present.h"
#include "present/columns.h"
#include "present/hits.h"
#include "present/numbers.h"
#include "present/tables.h"
#include "text/excerpt.h"

namespace nutgraf {
namespace {

using present::add_item;
using present::count;
using present::hard;
using present::hit_text;
using present::Ink;
using present::lines_of;
using present::Paragraph;
using present::summary_of;
using present::title_of;
using present::with_separators;

constexpr std::size_t kLongestQuery = 500;  // bytes of a query that are said again

// ---- show and info: rows of a label and a value ----

struct Row {
  std::string label;
  Paragraph value;
  std::size_t padding = 0;  // spaces before the value, to align numbers at their right
};

std::string table_text(const std::vector<Row>& rows, const TextStyle& style) {
  std::size_t labels = 0;
  for (const Row& row : rows) {
    if (!row.value.empty()) labels = std::max(labels, row.label.size());
  }
  std::string text;
  for (const Row& row : rows) {
    const std::string lead =
        row.label + std::string(labels + 2 + row.padding - std::min(labels, row.label.size()), ' ');
    text += row.value.wrapped(style, lead, lead.size());
  }
  return text;
}

std::string_view found_in(DateSource source) {
  switch (source) {
    case DateSource::none: return "";
    case DateSource::record: return "from the record";
    case DateSource::front_matter: return "from the front matter";
    case DateSource::meta: return "from the page's metadata";
    case DateSource::text: return "from the text";
    case DateSource::url: return "from the URL";
    case DateSource::file_name: return "from the file name";
  }
  return "";
}

std::vector<Row> metadata_of(const StoredArticle& stored) {
  const ArticleRecord& article = stored.article;
  Paragraph date;
  if (article.date.known()) {
    date.add(article.date.iso());
    if (const auto found = found_in(article.date_source); !found.empty()) date.add(" (" + std::string(found) + ")");
  }
  Paragraph tags;
  for (const std::string& tag : article.tags) tags.add(tags.empty() ? "" : ", ").add(tag);
  Paragraph file;
  file.add_whole(article.path);
  if (article.record != 0) file.add(", " + hard("record", with_separators(article.record)));
  Paragraph passages;
  passages.add(with_separators(article.passages));
  if (stored.passages.size() != article.passages) {
    passages.add(" (" + with_separators(stored.passages.size()) + " shown)");
  }
  return {{"ID", Paragraph().add_whole(article.id)},
          {"Source", Paragraph().add(article.source)},
          {"Author", Paragraph().add(article.author)},
          {"Date", std::move(date)},
          {"Language", Paragraph().add(article.language == "und" ? "" : article.language)},
          {"Tags", std::move(tags)},
          {"URL", Paragraph().add_whole(article.url)},
          {"File", std::move(file)},
          {"Passages", std::move(passages)}};
}

/// A passage may hold several paragraphs; blank lines part them.
std::vector<std::string_view> split_at_blank_lines(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    const std::size_t next = text.find_first_not_of(" \t\r", at + 1);
    if (next == std::string_view::npos || text[next] != '\n') continue;
    parts.push_back(text.substr(begin, at - begin));
    begin = next;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::string passage_text(const PassageRecord& passage, BytesOf bytes_of, const TextStyle& style) {
  Paragraph origin;
  add_item(origin, passage.id, Ink::dim, true);
  add_item(origin, lines_of(passage.lines, bytes_of), Ink::dim);
  std::string text = origin.wrapped(style, "", 0);
  if (!passage.heading.empty()) text += Paragraph().add(hard("§", passage.heading), Ink::title).wrapped(style, "", 0);
  bool first = true;
  for (const std::string_view part : split_at_blank_lines(passage.text)) {
    const std::string lines = Paragraph().add(part).wrapped(style, "", 0);
    if (!first && !lines.empty()) text += '\n';
    first = first && lines.empty();
    text += lines;
  }
  return text;
}

Paragraph languages_of(const IndexInfo& info) {
  std::vector<std::pair<std::string, std::size_t>> languages(info.languages.begin(), info.languages.end());
  std::stable_sort(languages.begin(), languages.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  Paragraph list;
  for (const auto& [code, passages] : languages) {
    add_item(list, hard(code, with_separators(passages)), Ink::plain);
  }
  if (!list.empty()) list.add(hard("", "passages"));
  return list;
}

}  // namespace

std::string to_text(const SearchResponse& response, const TextStyle& style, std::string_view qid) {
  if (!qid.empty()) {
    const std::string heading = "== " + std::string(qid) + ": " + response.query;
    return Paragraph().add(heading, Ink::title).wrapped(style, "", 3) + '\n' + to_text(response, style) + '\n';
  }
  if (response.hits.empty() && response.total.passages == 0) {
    return Paragraph().add("No hits for: " + excerpt(response.query, kLongestQuery)).wrapped(style, "", 0);
  }
  std::string text;
  if (response.corrected)
    text = Paragraph()
               .add("Nothing matches what was typed; hits for: " + excerpt(*response.corrected, kLongestQuery))
               .wrapped(style, "", 0) +
           '\n';
  for (const Hit& hit : response.hits) text += hit_text(hit, style) + '\n';
  return text + summary_of(response).wrapped(style, "", 0) + present::facets_text(response.facets);
}

std::string to_text(const StoredArticle& stored, const TextStyle& style) {
  std::string text = Paragraph().add(title_of(stored.article), Ink::title).wrapped(style, "", 0);
  text += '\n' + table_text(metadata_of(stored), style);
  for (const PassageRecord& passage : stored.passages) {
    text += '\n' + passage_text(passage, stored.article.bytes_of, style);
  }
  return text;
}

std::string to_text(const IndexInfo& info, const TextStyle& style) {
  std::vector<std::pair<std::string, std::string>> figures{
      {"Articles", with_separators(info.articles)},    {"Passages", with_separators(info.passages)},
      {"Terms", with_separators(info.terms)},          {"Tokens", with_separators(info.tokens)},
      {"Text", present::human_bytes(info.text_bytes)}, {"On disk", present::human_bytes(info.bytes)},
      {"Batches", with_separators(info.batches)},      {"Sequence", with_separators(info.sequence)},
      {"Generation", with_separators(info.generation)}};
  if (info.shards > 1) figures.emplace_back("Shards", with_separators(info.shards));
  std::size_t widest = 0;
  for (const auto& figure : figures) widest = std::max(widest, figure.second.size());
  std::vector<Row> rows;
  for (const auto& [label, number] : figures) {
    // The table cleans its values, so the spaces that align a number go with its label.
    rows.push_back({label, Paragraph().add(number), widest - number.size()});
  }
  Paragraph dates;
  if (info.first.known()) dates.add(info.first.iso() + " to " + info.last.iso());
  rows.push_back({"Dates", std::move(dates)});
  rows.push_back({"Languages", languages_of(info)});
  return table_text(rows, style);
}

}  // namespace nutgraf
