// The row forms for other programs: CSV for spreadsheets, TREC runs for evaluation tools.
#include <string>
#include <string_view>

#include "nutgraf/present.h"
#include "present/columns.h"
#include "present/numbers.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

/// One cell of RFC 4180. Spreadsheets run cells that begin with these characters as formulas, and titles come from
/// strangers: such cells get an apostrophe in front, which spreadsheets take for "this is text".
std::string text_cell(std::string_view text) {
  std::string cell = printable(text);
  if (!cell.empty() && std::string_view("=+-@").find(cell.front()) != std::string_view::npos) cell.insert(0, 1, '\'');
  if (cell.find_first_of(",\"") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

/// "14..16", since spreadsheets make a date of "3-5".
std::string lines_cell(LineRange lines) {
  if (lines.first == lines.last) return std::to_string(lines.first);
  return std::to_string(lines.first) + ".." + std::to_string(lines.last);
}

std::string joined(const std::vector<Fragment>& fragments) {
  std::string text;
  for (const Fragment& fragment : fragments) {
    if (!text.empty()) text += " … ";
    text += fragment.text;
  }
  return text;
}

/// Run files are split at white space, by some tools at that of Unicode, so none may be left. A percent sign stays:
/// ids that are URLs hold them.
std::string run_field(std::string_view id) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string field;
  for (std::size_t at = 0; at < id.size();) {
    const CodePoint c = code_point_at(id, at);
    const std::string_view bytes = id.substr(at, c.size);
    at += c.size;
    if (c.value > 0x20 && c.value != 0x7F && !is_space(c.value)) {
      field += bytes;
      continue;
    }
    for (const char byte : bytes) {
      const auto value = static_cast<unsigned char>(byte);
      field += '%';
      field += kDigits[value >> 4U];
      field += kDigits[value & 15U];
    }
  }
  return field.empty() ? "-" : field;  // an empty field would shift the others
}

constexpr std::string_view kHeader = "rank,score,article,passage,date,source,title,path,lines,snippet\r\n";

std::string rows(const SearchResponse& response, const std::string& first_cells) {
  std::string csv;
  for (const Hit& hit : response.hits) {
    csv += first_cells + std::to_string(hit.rank) + ',' + present::six_decimals(hit.score) + ',';
    csv += text_cell(hit.article.id) + ',' + text_cell(hit.passage.id) + ',';
    csv += hit.article.date.iso() + ',' + text_cell(hit.article.source) + ',';
    csv += text_cell(hit.article.title) + ',' + text_cell(hit.article.path) + ',';
    csv += lines_cell(hit.passage.lines) + ',' + text_cell(joined(hit.snippet)) + "\r\n";
  }
  return csv;
}

}  // namespace

std::string to_csv(const SearchResponse& response) { return std::string(kHeader) + rows(response, {}); }

std::string csv_run_header() { return "qid," + std::string(kHeader); }

std::string to_csv_run(const SearchResponse& response, std::string_view qid) {
  return rows(response, text_cell(qid) + ',');
}

std::string to_trec(const SearchResponse& response, std::string_view qid) {
  const std::string topic = run_field(qid);
  std::string run;
  for (const Hit& hit : response.hits) {
    const std::string& id = response.by == ResultUnit::article ? hit.article.id : hit.passage.id;
    run += topic + " Q0 " + run_field(id) + ' ' + std::to_string(hit.rank) + ' ' + present::six_decimals(hit.score) +
           " nutgraf\n";
  }
  return run;
}

}  // namespace nutgraf
