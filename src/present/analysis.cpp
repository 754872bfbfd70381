// The forms of a query's analysis: what `search --analyze` prints.
#include <array>
#include <string>
#include <string_view>

#include "nutgraf/present.h"
#include "present/dump.h"
#include "present/tables.h"

namespace nutgraf {
namespace {

using present::Json;

std::string_view name_of(QueryKind kind) {
  constexpr std::array<std::string_view, 8> kNames{"nothing", "all",  "word",   "phrase",
                                                   "prefix",  "near", "filter", "group"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Occur occur) {
  constexpr std::array<std::string_view, 3> kNames{"should", "must", "must_not"};
  return kNames[static_cast<std::size_t>(occur)];
}

std::string bytes_text(ByteRange bytes) { return std::to_string(bytes.begin) + "-" + std::to_string(bytes.end); }

Json tree_json(const QueryNode& node) {
  Json json{{"kind", name_of(node.kind)}, {"occur", name_of(node.occur)}};
  if (!node.field.empty()) json["field"] = node.field;
  if (!node.text.empty()) json["text"] = node.text;
  if (node.distance > 0) json["distance"] = node.distance;
  json["bytes"] = present::range(node.bytes);
  for (const QueryNode& child : node.children) json["children"].push_back(tree_json(child));
  return json;
}

// "must  group", its children further in.
void add_tree(const QueryNode& node, std::size_t depth, std::string& text) {
  text.append(2 * depth + 2, ' ').append(name_of(node.occur)).append(" ").append(name_of(node.kind));
  if (node.distance > 0) text += "/" + std::to_string(node.distance);
  if (!node.field.empty()) text += " " + printable(node.field) + ":";
  if (!node.text.empty()) text += (node.field.empty() ? " " : "") + printable(node.text);
  text += "  (" + bytes_text(node.bytes) + ")\n";
  for (const QueryNode& child : node.children) add_tree(child, depth + 1, text);
}

}  // namespace

std::string to_text(const QueryAnalysis& analysis) {
  std::string text =
      "Query     " + printable(analysis.query) + "\nRead as   " + printable(analysis.parsed) + "\n\nTokens\n";
  std::vector<std::vector<std::string>> rows;
  for (const AnalysedToken& token : analysis.tokens) {
    std::string terms;
    for (const std::string& term : token.terms) terms += (terms.empty() ? "" : " ") + term;
    rows.push_back({token.surface, token.role, terms, bytes_text(token.bytes)});
  }
  text += present::aligned(rows, 2);
  if (!analysis.companies.empty()) text += "\nCompanies, by any name\n";
  rows.clear();
  for (const AnalysedCompany& company : analysis.companies) rows.push_back({company.id, bytes_text(company.bytes)});
  text += present::aligned(rows, 2) + "\nTree\n";
  add_tree(analysis.tree, 0, text);
  text += "\nDatabase query\n  " + printable(analysis.compiled) + "\n";
  if (analysis.warnings.empty()) return text;
  text += "\nWarnings\n";
  for (const Diagnostic& warning : analysis.warnings) {
    text += "  at byte " + std::to_string(warning.byte) + ": " + printable(warning.message);
    text += (warning.suggestion ? " (did you mean " + printable(*warning.suggestion) + "?)" : "") + "\n";
  }
  return text;
}

std::string to_json(const QueryAnalysis& analysis, int indent) {
  Json warnings = Json::array(), tokens = Json::array(), companies = Json::array();
  for (const Diagnostic& warning : analysis.warnings) {
    warnings.push_back({{"byte", warning.byte},
                        {"message", warning.message},
                        {"suggestion", warning.suggestion ? Json(*warning.suggestion) : Json(nullptr)}});
  }
  for (const AnalysedToken& token : analysis.tokens) {
    tokens.push_back({{"surface", token.surface},
                      {"terms", token.terms},
                      {"role", token.role},
                      {"bytes", present::range(token.bytes)}});
  }
  for (const AnalysedCompany& company : analysis.companies)
    companies.push_back({{"id", company.id}, {"bytes", present::range(company.bytes)}});
  return present::dump(
      {{"schema", "nutgraf.analysis/1"},
       {"query", {{"text", analysis.query}, {"parsed", analysis.parsed}, {"warnings", std::move(warnings)}}},
       {"tokens", std::move(tokens)},
       {"companies", std::move(companies)},
       {"tree", tree_json(analysis.tree)},
       {"compiled", analysis.compiled}},
      indent);
}

}  // namespace nutgraf
