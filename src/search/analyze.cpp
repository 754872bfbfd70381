#include "search/analyze.h"

#include <algorithm>

#include "search/compile.h"

namespace nutgraf {
namespace {

std::string name_of(TokenRole role) {
  switch (role) {
    case TokenRole::piece: return "piece";
    case TokenRole::whole: return "whole";
    case TokenRole::gram: return "gram";
    case TokenRole::part: return "part";
  }
  return "";
}

void add_tokens(const QueryNode& node, const ParsedQuery& parsed, LiveIndex& live, const Analyzer& analyzer,
                std::vector<AnalysedToken>& tokens) {
  for (const QueryNode& child : node.children) add_tokens(child, parsed, live, analyzer, tokens);
  const bool is_text = node.kind == QueryKind::word || node.kind == QueryKind::phrase || node.kind == QueryKind::prefix;
  if (!is_text) return;
  const std::size_t found = parsed.text.find(node.text, node.bytes.begin);
  const std::size_t begin = found != std::string::npos && found < node.bytes.end ? found : node.bytes.begin;
  TokenStream stream;
  analyzer.tokenize(node.text, "en", stream);
  for (const Token& token : stream.tokens()) {
    tokens.push_back({std::string(token.surface),
                      analyzer.terms_of(token.surface, live.manifest().languages),
                      name_of(token.role),
                      {begin + token.begin, begin + token.end}});
  }
}

}  // namespace

QueryAnalysis analyze(const SearchRequest& request, LiveIndex& live, const Analyzer& analyzer) {
  const ParsedQuery parsed = parse_query(request.query, request.syntax);
  const QueryParts parts(live, analyzer, matching_of(live), request.rank);
  CompiledQuery compiled = compile(parsed, request, live, analyzer, parts);
  QueryAnalysis analysis;
  analysis.query = request.query;
  analysis.parsed = to_string(parsed.root);
  add_tokens(parsed.root, parsed, live, analyzer, analysis.tokens);
  std::stable_sort(analysis.tokens.begin(), analysis.tokens.end(),
                   [](const AnalysedToken& a, const AnalysedToken& b) { return a.bytes.begin < b.bytes.begin; });
  for (auto& named : compiled.companies) {
    if (named.indexed) analysis.companies.push_back({std::move(named.id), named.bytes});
  }
  analysis.tree = parsed.root;
  analysis.compiled = compiled.query.plain().get_description();
  analysis.warnings = std::move(compiled.warnings);
  return analysis;
}

}  // namespace nutgraf
