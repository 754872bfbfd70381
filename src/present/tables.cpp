#include "present/tables.h"

#include <algorithm>

#include "nutgraf/present.h"
#include "present/columns.h"
#include "present/numbers.h"

namespace nutgraf::present {
namespace {

std::string decimals(double value) { return fixed(rounded(value), 3); }

}  // namespace

std::string aligned(const std::vector<std::vector<std::string>>& rows, std::size_t indent) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns_of(printable(row[i])));
  }
  std::string text;
  for (const auto& row : rows) {
    text.append(indent, ' ');
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string cell = printable(row[i]);
      const std::size_t padding = widths[i] - columns_of(cell);
      if (i > 0) text.append(2 + padding, ' ');
      text += cell;
      if (i == 0 && row.size() > 1) text.append(padding, ' ');
    }
    text += '\n';
  }
  return text;
}

std::string explanation_text(const Explanation& explanation, std::size_t indent) {
  std::vector<std::vector<std::string>> rows{
      {"word", "weight", "idf", "tf", "saturation", "passage", "idf", "tf", "saturation", "article"}};
  for (const WordScore& word : explanation.words) {
    std::vector<std::string> row{word.exact ? "\"" + word.word + "\"" : word.word, decimals(word.weight)};
    for (const ScorePart* part : {&word.passage, &word.article}) {
      for (const double value : {part->idf, part->tf, part->saturation, part->score}) row.push_back(decimals(value));
    }
    rows.push_back(std::move(row));
  }
  const bool aged = explanation.recency < 1;
  return std::string(indent, ' ') + "score " + decimals(explanation.total) + " = " + (aged ? "(" : "") +
         decimals(explanation.passage) + " of " + printable(explanation.of) + " + " +
         decimals(explanation.article_share) + " x " + decimals(explanation.article) + " of its article + " +
         decimals(explanation.neighbours) + " of similar ones" +
         (aged ? ") x " + decimals(explanation.recency) + " for its age" : "") +
         (explanation.behind > 0 ? " - " + decimals(explanation.behind) + " found later" : "") + "\n" +
         aligned(rows, indent);
}

std::string facets_text(const std::vector<Facet>& facets) {
  std::string text;
  for (const Facet& facet : facets) {
    if (facet.values.empty()) continue;
    std::vector<std::vector<std::string>> rows;
    for (const FacetValue& value : facet.values) rows.push_back({value.value, with_separators(value.count)});
    text += '\n' + facet.name + '\n' + aligned(rows, 2);
  }
  return text;
}

}  // namespace nutgraf::present

namespace nutgraf {

std::string to_text(std::span<const CompanySummary> companies) {
  std::vector<std::vector<std::string>> rows{{"company", "articles", "passages", "first", "last"}};
  for (const CompanySummary& company : companies) {
    rows.push_back({company.id, present::with_separators(company.articles), present::with_separators(company.passages),
                    company.first.iso(), company.last.iso()});
  }
  return present::aligned(rows, 0);
}

}  // namespace nutgraf
