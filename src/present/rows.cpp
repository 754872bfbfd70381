// The row forms for other programs: CSV for spreadsheets, TREC runs for evaluation tools.
#include <string>
#include <string_view>

#include "nutgraf/present.h"
#include "present/columns.h"
#include "present/numbers.h"

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
  const std::string topic = trec_field(qid);
  std::string run;
  for (const Hit& hit : response.hits) {
    const std::string& id = response.by == ResultUnit::article ? hit.article.id : hit.passage.id;
    run += topic + " Q0 " + trec_field(id) + ' ' + std::to_string(hit.rank) + ' ' + present::six_decimals(hit.score) +
           " nutgraf\n";
  }
  return run;
}

std::string to_trec(const Run& run) {
  std::string lines;
  for (const auto& [qid, ranked] : run.topics) {
    std::size_t rank = 0;
    for (const ScoredDocument& document : ranked) {
      lines += trec_field(qid) + " Q0 " + document.docno + ' ' + std::to_string(++rank) + ' ' +
               present::six_decimals(document.score) + ' ' + trec_field(run.name) + '\n';
    }
  }
  return lines;
}

}  // namespace nutgraf
