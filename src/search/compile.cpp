#include "search/compile.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <set>
#include <utility>

#include "index/terms.h"
#include "search/conditions.h"
#include "search/weights.h"
#include "text/excerpt.h"

namespace nutgraf {
namespace {

using Xapian::Query;

// The compiled children of a group.
struct Members {
  std::vector<MatchQuery> must, should, must_not, filters;
  bool has_words = false;  // whether anything was asked for, though nothing of it may be left
  bool excluded = false;   // whether the group stands in an exclusion

  // What hits must have; nothing where no word of what was asked for is left.
  [[nodiscard]] std::optional<MatchQuery> combined() const {
    if (has_words && must.empty() && should.empty()) return std::nullopt;
    MatchQuery query = positive();
    if (!filters.empty()) query = {Query::OP_FILTER, {query, {Query::OP_AND, filters}}};
    if (!must_not.empty()) query = {Query::OP_AND_NOT, {query, {Query::OP_OR, must_not}}};
    return query;
  }

  [[nodiscard]] MatchQuery positive() const {
    if (must.empty()) return should.empty() ? MatchQuery(match_all()) : MatchQuery(Query::OP_OR, should);
    const MatchQuery all(Query::OP_AND, must);
    // In an exclusion there is no order to improve, and there Xapian 1.4.22 can lose matches of OP_AND_MAYBE.
    if (should.empty() || excluded) return all;
    return {Query::OP_AND_MAYBE, {all, {Query::OP_OR, should}}};
  }
};

void restrict_to(CompiledQuery& compiled, const Condition& condition, const std::string& name) {
  if (!condition.problem.empty())
    compiled.warnings.push_back({0, condition.problem, condition.suggestion, DiagnosticKind::unmet_condition, name});
  compiled.requirements.push_back({condition.query, name, {}, false, !condition.problem.empty()});
  compiled.query = {Query::OP_FILTER, {compiled.query, condition.query}};
}

std::vector<NamedCompany> companies_of(const ParsedQuery& parsed, const SearchRequest& request, LiveIndex& live,
                                       const Analyzer& analyzer) {
  const bool expand = request.expand && request.rank != RankMode::bm25;
  return expand ? named_companies(parsed, live, analyzer) : std::vector<NamedCompany>();
}

class Compiler {
 public:
  Compiler(const ParsedQuery& parsed, const SearchRequest& request, LiveIndex& live, const Analyzer& analyzer,
           const QueryParts& parts)
      : parsed_(parsed),
        request_(request),
        live_(live),
        analyzer_(analyzer),
        parts_(parts),
        result_({.companies = companies_of(parsed, request, live, analyzer)}),
        leaves_(parsed, result_.companies, live, analyzer, parts) {}

  CompiledQuery run() {
    const auto query = compile_node(parsed_.root, {});
    if (query && result_.requirements.empty()) require(parsed_.root, *query);
    if (query) result_.query = *query;
    if (query) restrict_to_request(result_, request_, live_, analyzer_, parts_);
    result_.leaves = leaves_.take();
    if (query) {
      if (!request_.company.empty()) keep_company(request_.company);
      show_companies();
      score_companies();
    }
    gather_warnings();
    return std::move(result_);
  }

 private:
  // Nothing where nothing is left of the node.
  std::optional<MatchQuery> compile_node(const QueryNode& node, LeafRole role) {
    switch (node.kind) {
      case QueryKind::nothing: return std::nullopt;
      case QueryKind::all: return MatchQuery(match_all());
      case QueryKind::filter: return filter(node, role);
      case QueryKind::group: return group(node, role);
      default: return leaves_.compile(node, role);
    }
  }

  std::optional<MatchQuery> group(const QueryNode& group, LeafRole role) {
    Members members;
    members.excluded = role.excluded;
    const bool drops_stop_words = has_content_word(group);
    for (const QueryNode& child : group.children) {
      if (child.occur == Occur::should && drops_stop_words && leaves_.is_stop(child)) continue;
      const bool is_filter = child.kind == QueryKind::filter && child.occur == Occur::must;
      const bool is_word = child.occur != Occur::must_not && !is_filter && child.kind != QueryKind::all;
      members.has_words = members.has_words || is_word;
      if (child.occur == Occur::should && !role.excluded && too_many_words(child)) continue;
      const std::optional<MatchQuery> compiled = compile_node(child, role_of(child, role));
      if (!compiled) continue;
      auto& parts = is_filter                        ? members.filters
                    : child.occur == Occur::must     ? members.must
                    : child.occur == Occur::must_not ? members.must_not
                                                     : members.should;
      parts.push_back(*compiled);
      if (&group == &parsed_.root && child.occur != Occur::should && child.kind != QueryKind::all)
        require(child, *compiled);
    }
    return members.combined();
  }

  static LeafRole role_of(const QueryNode& child, LeafRole of_group) {
    const bool excluded = of_group.excluded || child.occur == Occur::must_not;
    return {excluded, excluded || child.occur == Occur::must};
  }

  bool has_content_word(const QueryNode& group) {
    return std::any_of(group.children.begin(), group.children.end(), [this](const QueryNode& child) {
      return child.occur != Occur::must_not && child.kind != QueryKind::filter && !leaves_.is_stop(child);
    });
  }

  bool too_many_words(const QueryNode& node) {
    if (node.kind == QueryKind::group || ++alternatives_ <= weights::kMaxWords) return false;
    if (alternatives_ == weights::kMaxWords + 1) {
      result_.warnings.push_back({node.bytes.begin,
                                  "only the first " + std::to_string(weights::kMaxWords) +
                                      " words are searched; from here on they are left out",
                                  {},
                                  DiagnosticKind::too_many_words,
                                  {}});
    }
    return true;
  }

  Query filter(const QueryNode& node, LeafRole role) {
    Condition condition;
    if (node.field == "source") {
      condition = source_condition(node.text, live_, analyzer_);
    } else if (node.field == "lang") {
      condition = language_condition(node.text, live_, analyzer_);
    } else if (node.field == "company") {
      condition = company_condition(node.text, live_, analyzer_);
      if (!role.excluded) keep_company(node.text);
    } else if (node.field == "id") {
      condition = id_condition(node.text, live_);
    } else {
      assert(node.field == "date");  // the parser takes fields of its table only
      const DateRange range = parse_date_range(node.text, request_.today).range.value_or(DateRange{});
      condition = date_condition(range.since, range.until, live_);
    }
    if (!condition.problem.empty()) warn_unmet(node, condition);
    return condition.query;
  }

  void warn_unmet(const QueryNode& node, const Condition& condition) {
    std::optional<std::string> suggestion;
    if (condition.suggestion) {
      QueryNode meant = node;
      meant.text = *condition.suggestion;
      suggestion = to_string(meant);
    }
    result_.warnings.push_back(
        {node.bytes.begin, condition.problem, std::move(suggestion), DiagnosticKind::unmet_condition, node.text});
  }

  // Filters on companies show why they let a passage through.
  void show_companies() {
    for (const auto& id : company_ids_) {
      if (result_.leaves.concepts.size() < weights::kMaxWords)
        result_.leaves.concepts.push_back(shown_filter(id, live_));
    }
  }

  // A query of nothing but companies is ordered by how much of a passage and its article they are.
  void score_companies() {
    if (!result_.leaves.scored.empty() || company_ids_.empty()) return;
    std::vector<MatchQuery> mentions;
    for (const auto& id : company_ids_) {
      mentions.emplace_back(parts_.scored(std::string(kCompanyPrefix) + id));
      result_.leaves.scored.push_back({{std::string(kCompanyPrefix) + id}, 1.0, "company:" + id});
    }
    result_.query = {Query::OP_AND_MAYBE, {result_.query, {Query::OP_OR, mentions}}};
  }

  void keep_company(const std::string& name) {
    std::string id = live_.company_names().resolve(name, analyzer_);
    if (!id.empty() && std::find(company_ids_.begin(), company_ids_.end(), id) == company_ids_.end() &&
        company_ids_.size() < weights::kMaxWords)
      company_ids_.push_back(std::move(id));
  }

  void require(const QueryNode& node, const MatchQuery& query) {
    const bool excluded = node.occur == Occur::must_not;
    const bool group = node.kind == QueryKind::group;
    const std::string text = excerpt(to_string(node));
    std::string name = excluded ? "-" : "";
    name += group ? "(" + text + ")" : node.kind == QueryKind::word ? "\"" + text + "\"" : text;
    const ByteRange bytes = group ? ByteRange{node.bytes.begin, node.bytes.begin} : node.bytes;
    result_.requirements.push_back({query, std::move(name), bytes, excluded, false});
  }

  void gather_warnings() {
    auto& warnings = result_.warnings;
    warnings.insert(warnings.end(), parsed_.warnings.begin(), parsed_.warnings.end());
    warnings.insert(warnings.end(), result_.leaves.warnings.begin(), result_.leaves.warnings.end());
    std::stable_sort(warnings.begin(), warnings.end(),
                     [](const Diagnostic& a, const Diagnostic& b) { return a.byte < b.byte; });
    const auto same = [](const Diagnostic& a, const Diagnostic& b) {
      return a.byte == b.byte && a.message == b.message;
    };
    warnings.erase(std::unique(warnings.begin(), warnings.end(), same), warnings.end());
    forget_names_of_fields(warnings);
    if (warnings.size() > kMaxQueryWarnings) warnings.resize(kMaxQueryWarnings);
  }

  // That no passage has the word "titel" is no news about "titel:x", of which there is a warning already.
  static void forget_names_of_fields(std::vector<Diagnostic>& warnings) {
    std::set<std::size_t> fields;
    for (const auto& warning : warnings) {
      if (warning.kind == DiagnosticKind::unknown_field) fields.insert(warning.byte);
    }
    std::erase_if(warnings, [&](const Diagnostic& warning) {
      return warning.kind == DiagnosticKind::unknown_word && fields.contains(warning.byte);
    });
  }

  const ParsedQuery& parsed_;
  const SearchRequest& request_;
  LiveIndex& live_;
  const Analyzer& analyzer_;
  const QueryParts& parts_;
  CompiledQuery result_;
  Leaves leaves_;
  std::size_t alternatives_ = 0;
  std::vector<std::string> company_ids_;  // of filters that are no exclusions, then of the request; each once
};

}  // namespace

void restrict_to_request(CompiledQuery& compiled, const SearchRequest& request, LiveIndex& live,
                         const Analyzer& analyzer, const QueryParts& parts) {
  if (request.since.known() || request.until.known()) {
    std::string name = request.since.known() ? "--since " + request.since.iso() : "";
    if (request.until.known()) name += (name.empty() ? "" : " ") + ("--until " + request.until.iso());
    restrict_to(compiled, date_condition(request.since, request.until, live), name);
  }
  if (!request.source.empty())
    restrict_to(compiled, source_condition(request.source, live, analyzer), "--source " + request.source);
  if (!request.company.empty())
    restrict_to(compiled, company_condition(request.company, live, analyzer), "--company " + request.company);
  if (!request.language.empty())
    restrict_to(compiled, language_condition(request.language, live, analyzer), "--lang " + request.language);
  if (request.after > 0)
    compiled.query = {Query::OP_FILTER, {compiled.query, changed_after(request.after, live, parts)}};
}

CompiledQuery compile(const ParsedQuery& parsed, const SearchRequest& request, LiveIndex& live,
                      const Analyzer& analyzer, const QueryParts& parts) {
  return Compiler(parsed, request, live, analyzer, parts).run();
}

}  // namespace nutgraf
