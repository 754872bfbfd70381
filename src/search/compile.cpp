#include "search/compile.h"

#include <algorithm>
#include <utility>

#include "index/terms.h"
#include "search/bm25.h"
#include "search/date_terms.h"
#include "search/signature_source.h"
#include "search/stop_words.h"
#include "search/weights.h"

namespace nutgraf {
namespace {

using Xapian::Query;

constexpr std::size_t kPrefixTerms = 50;

Query combine(Query::op operation, const std::vector<Query>& parts) { return {operation, parts.begin(), parts.end()}; }

bool is_alphabetic(std::string_view surface) {
  return std::none_of(surface.begin(), surface.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "US" in a query that also has small letters is a name, "us" is not.
bool is_capital_name(std::string_view word, std::string_view query) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return word.size() == 2 && std::all_of(word.begin(), word.end(), is_upper) &&
         std::any_of(query.begin(), query.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

class Compiler {
 public:
  Compiler(const ParsedQuery& parsed, LiveIndex& live, const Analyzer& analyzer)
      : parsed_(parsed), live_(live), database_(live.database()), analyzer_(analyzer) {}

  CompiledQuery run(const SearchRequest& request) {
    today_ = request.today;
    result_.warnings = parsed_.warnings;
    result_.query = compile_node(parsed_.root, true);
    restrict_to(request);
    return std::move(result_);
  }

 private:
  Query compile_node(const QueryNode& node, bool required) {
    switch (node.kind) {
      case QueryKind::nothing: return Query::MatchNothing;
      case QueryKind::all: return Query::MatchAll;
      case QueryKind::word: return word(node);
      case QueryKind::phrase: return phrase(node, required);
      case QueryKind::prefix: return prefix(node);
      case QueryKind::near: return near(node);
      case QueryKind::filter: return filter(node);
      case QueryKind::group: return group(node, required);
    }
    return Query::MatchNothing;
  }

  // ---- boolean ----

  Query group(const QueryNode& group, bool required) {
    std::vector<Query> must, should, must_not, filters;
    const bool sole = group.children.size() == 1;
    const bool drops_stop_words = has_content_word(group);
    for (const QueryNode& child : group.children) {
      if (child.occur == Occur::should && drops_stop_words && is_stop(child)) continue;
      const bool was_excluded = std::exchange(excluded_, excluded_ || child.occur == Occur::must_not);
      Query compiled = compile_node(child, required && (sole || child.occur == Occur::must));
      excluded_ = was_excluded;
      const bool is_filter = child.kind == QueryKind::filter && child.occur == Occur::must;
      auto& parts = is_filter                        ? filters
                    : child.occur == Occur::must     ? must
                    : child.occur == Occur::must_not ? must_not
                                                     : should;
      parts.push_back(std::move(compiled));
    }
    Query query = combine_positive(must, should);
    if (!filters.empty()) query = Query(Query::OP_FILTER, query, combine(Query::OP_AND, filters));
    if (!must_not.empty()) query = Query(Query::OP_AND_NOT, query, combine(Query::OP_OR, must_not));
    return query;
  }

  static Query combine_positive(const std::vector<Query>& must, const std::vector<Query>& should) {
    if (must.empty()) return should.empty() ? Query::MatchAll : combine(Query::OP_OR, should);
    const Query all = combine(Query::OP_AND, must);
    return should.empty() ? all : Query(Query::OP_AND_MAYBE, all, combine(Query::OP_OR, should));
  }

  bool is_stop(const QueryNode& node) {
    if (node.kind != QueryKind::word || !node.field.empty() || is_capital_name(node.text, parsed_.text)) return false;
    analyzer_.tokenize(node.text, "en", stream_);
    const auto tokens = stream_.tokens();
    return tokens.size() == 1 && is_stop_word(tokens.front().surface);
  }

  bool has_content_word(const QueryNode& group) {
    return std::any_of(group.children.begin(), group.children.end(), [this](const QueryNode& child) {
      return child.occur != Occur::must_not && child.kind != QueryKind::filter && !is_stop(child);
    });
  }

  // ---- words ----

  // What a text node's term stands for in its field.
  Query term_query(const std::string& term, const std::string& field) {
    if (field == "title") return Query((new ArticleSource(live_.signatures(), std::string(kTitlePrefix) + term))->release());
    return Query(std::string(field == "heading" ? kHeadingPrefix : kBodyPrefix) + term);
  }

  // One concept: any of its terms; the best one counts.
  Query any_of(const std::vector<std::string>& terms, const std::string& field) {
    std::vector<Query> alternatives;
    for (const auto& term : terms) alternatives.push_back(term_query(term, field));
    return alternatives.size() == 1 ? alternatives.front() : combine(Query::OP_MAX, alternatives);
  }

  double weight_of(const std::vector<std::string>& terms) const {
    double weight = 0;
    for (const auto& term : terms) {
      const auto df = database_.get_termfreq(std::string(kBodyPrefix) + term);
      if (df > 0) weight = std::max(weight, idf(database_.get_doccount(), df));
    }
    return weight;
  }

  void show(std::vector<std::string> terms, std::vector<std::string> surfaces = {}) {
    if (excluded_) return;
    const double weight = weight_of(terms);
    result_.concepts.push_back({std::move(terms), std::move(surfaces), weight});
  }

  void count(const std::vector<std::string>& terms, double weight) {
    if (excluded_) return;
    ScoredConcept scored{{}, weight};
    for (const auto& term : terms) scored.terms.push_back(std::string(kBodyPrefix) + term);
    result_.scored.push_back(std::move(scored));
  }

  Query leaf(std::vector<std::string> terms, const QueryNode& node, double weight = 1.0) {
    Query query = any_of(terms, node.field);
    if (weight != 1.0) query = Query(Query::OP_SCALE_WEIGHT, query, weight);
    count(terms, weight);
    show(std::move(terms));
    return query;
  }

  // A word as typed may be several pieces. What is written as one ("GPT-4o", "R1") is one term; a compound of plain
  // words ("open-source") also counts by its words; a run of CJK characters is its pairs.
  Query word(const QueryNode& node) {
    analyzer_.tokenize(node.text, "en", stream_);
    std::vector<Token> tokens(stream_.tokens().begin(), stream_.tokens().end());
    std::vector<Query> parts;
    std::size_t pieces = 0;
    for (const Token& token : tokens) pieces += token.role == TokenRole::piece ? 1 : 0;
    for (std::size_t position = 0; position < pieces;) position += word_part(node, tokens, position, parts);
    if (parts.empty()) {
      result_.warnings.push_back({node.bytes.begin, "\"" + node.text + "\" has nothing to search for: only letters, digits and characters of a script count", {}});
      return Query::MatchNothing;
    }
    return parts.size() == 1 ? parts.front() : combine(Query::OP_OR, parts);
  }

  // Adds the query for what starts at piece `position`; gives how many pieces it took.
  std::size_t word_part(const QueryNode& node, const std::vector<Token>& tokens, std::size_t position, std::vector<Query>& parts) {
    const Token* piece = nullptr;
    const Token* longest = nullptr;
    const Token* gram = nullptr;
    bool ends_gram = false;
    for (const Token& token : tokens) {
      if (token.role == TokenRole::gram && token.position + 1 == position) ends_gram = true;
      if (token.position != position) continue;
      if (token.role == TokenRole::piece) piece = &token;
      if (token.role == TokenRole::gram) gram = &token;
      if (token.role == TokenRole::whole && token.pieces > 1 && (longest == nullptr || token.pieces > longest->pieces)) longest = &token;
    }
    if (gram != nullptr) {
      parts.push_back(leaf({std::string(gram->term)}, node));
      return 1;
    }
    if (piece == nullptr || ends_gram) return 1;  // the last character of a run is in the pair before it
    if (longest == nullptr) {
      parts.push_back(leaf(analyzer_.terms_of(piece->surface, live_.manifest().languages), node));
      return 1;
    }
    const std::size_t end = position + longest->pieces;
    const bool compound = is_plain_compound(tokens, position, end);
    if (compound) {
      for (const Token& token : tokens) {
        if (token.role != TokenRole::piece || token.position < position || token.position >= end) continue;
        parts.push_back(leaf(analyzer_.terms_of(token.surface, live_.manifest().languages), node));
      }
    }
    parts.push_back(leaf(analyzer_.terms_of(longest->surface, live_.manifest().languages), node, compound ? weights::kJoined : 1.0));
    return longest->pieces;
  }

  static bool is_plain_compound(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
    return std::all_of(tokens.begin(), tokens.end(), [&](const Token& token) {
      const bool inside = token.role == TokenRole::piece && token.position >= begin && token.position < end;
      return !inside || is_alphabetic(token.surface);
    });
  }

  Query prefix(const QueryNode& node) {
    analyzer_.tokenize(node.text, "en", stream_);
    std::string surface;
    for (const Token& token : stream_.tokens()) {
      if (token.role == TokenRole::piece) surface += token.surface;
    }
    std::vector<std::pair<Xapian::doccount, std::string>> found;
    const std::string start = std::string(kBodyPrefix) + surface;
    for (auto term = database_.allterms_begin(start); !surface.empty() && term != database_.allterms_end(start); ++term) {
      found.emplace_back(term.get_termfreq(), (*term).substr(kBodyPrefix.size()));
    }
    if (found.size() > kPrefixTerms) {
      std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
      result_.warnings.push_back({node.bytes.begin, "\"" + node.text + "*\" begins " + std::to_string(found.size()) + " words; the " +
                                                        std::to_string(kPrefixTerms) + " most frequent are searched", {}});
      found.resize(kPrefixTerms);
    }
    if (found.empty()) return Query::MatchNothing;
    std::vector<std::string> terms;
    for (auto& [df, term] : found) terms.push_back(std::move(term));
    return leaf(std::move(terms), node);
  }

  // ---- order and nearness ----

  std::vector<std::string> surfaces_of(std::string_view text) {
    analyzer_.tokenize(text, "en", stream_);
    std::vector<std::string> surfaces;
    for (const Token& token : stream_.tokens()) {
      if (token.role == TokenRole::piece) surfaces.emplace_back(token.surface);
    }
    return surfaces;
  }

  // The AND of the words' lists, filtered by the signatures.
  Query words_in_pattern(const std::vector<std::string>& surfaces, std::size_t distance, const std::string& field) {
    std::vector<Query> words;
    SignaturePattern pattern{{}, distance};
    for (const auto& surface : surfaces) {
      const auto terms = analyzer_.terms_of(surface, live_.manifest().languages);
      count(terms, 1.0);
      words.push_back(any_of(terms, field));
      pattern.hashes.push_back(Analyzer::signature_hash(surface));
    }
    const Query all = combine(Query::OP_AND, words);
    // Titles and headings have no signatures: there, all the words.
    if (!field.empty()) return all;
    return {Query::OP_FILTER, all, Query((new SignatureSource(live_.signatures(), std::move(pattern)))->release())};
  }

  Query phrase(const QueryNode& node, bool required) {
    const auto surfaces = surfaces_of(node.text);
    if (surfaces.empty()) return Query::MatchNothing;
    std::vector<std::string> terms;
    for (const auto& surface : surfaces) terms.push_back(analyzer_.terms_of(surface, live_.manifest().languages).front());
    if (node.field.empty()) {
      show(std::move(terms), surfaces);
      if (required && !excluded_) result_.required_phrases.push_back(surfaces);
    }
    return words_in_pattern(surfaces, 0, node.field);
  }

  Query near(const QueryNode& node) {
    std::vector<std::string> surfaces;
    for (const QueryNode& child : node.children) {
      for (auto& surface : surfaces_of(child.text)) surfaces.push_back(std::move(surface));
    }
    if (surfaces.empty()) return Query::MatchNothing;
    for (const auto& surface : surfaces) show(analyzer_.terms_of(surface, live_.manifest().languages));
    return words_in_pattern(surfaces, std::max<std::size_t>(1, node.distance), node.field);
  }

  // ---- conditions on metadata ----

  Query filter(const QueryNode& node) {
    const auto weightless = [](const Query& query) { return Query(Query::OP_SCALE_WEIGHT, query, 0.0); };
    if (node.field == "source") return weightless(source(node.text, node.bytes.begin));
    if (node.field == "lang") return weightless(Query(std::string(kLanguagePrefix) + node.text));
    if (node.field == "id") return weightless(Query(article_term(node.text)));
    if (node.field == "date") {
      const DateRange range = parse_date_range(node.text, today_).range.value_or(DateRange{});
      return weightless(dates(range.since, range.until));
    }
    result_.warnings.push_back({node.bytes.begin, "the field " + node.field + " is not in this index; the condition is left out", {}});
    return Query::MatchAll;
  }

  // Every source whose name holds the words asked for: "bohu" finds "Bohu Finance (bohuFN)".
  Query source(const std::string& name, std::size_t byte) {
    const std::string wanted = " " + fold(name, analyzer_) + " ";
    const std::string prefix(kSourcePrefix);
    std::vector<Query> sources;
    for (auto term = database_.allterms_begin(prefix); term != database_.allterms_end(prefix); ++term) {
      const std::string folded = " " + (*term).substr(prefix.size()) + " ";
      if (folded.find(wanted) != std::string::npos) sources.emplace_back(*term);
    }
    if (sources.empty()) {
      result_.warnings.push_back({byte, "no article is from a source called \"" + name + "\"", {}});
      return Query::MatchNothing;
    }
    return combine(Query::OP_OR, sources);
  }

  // Open ends reach to the first and the last day that the index holds.
  Query dates(Date since, Date until) {
    const std::string prefix(kDayPrefix);
    std::vector<Query> terms;
    if (!since.known() || !until.known()) {
      for (auto term = database_.allterms_begin(prefix); term != database_.allterms_end(prefix); ++term) {
        const Date day = Date::from_number(static_cast<std::uint32_t>(std::stoul((*term).substr(prefix.size()))));
        if ((!since.known() || day >= since) && (!until.known() || day <= until)) terms.emplace_back(*term);
      }
    } else {
      for (auto& term : date_terms(since, until)) terms.emplace_back(std::move(term));
    }
    return terms.empty() ? Query::MatchNothing : combine(Query::OP_OR, terms);
  }

  void restrict_to(const SearchRequest& request) {
    std::vector<Query> conditions;
    if (request.since.known() || request.until.known()) conditions.push_back(dates(request.since, request.until));
    if (!request.source.empty()) conditions.push_back(source(request.source, 0));
    if (!request.language.empty()) conditions.emplace_back(std::string(kLanguagePrefix) + request.language);
    if (!conditions.empty()) result_.query = Query(Query::OP_FILTER, result_.query, combine(Query::OP_AND, conditions));
  }

  const ParsedQuery& parsed_;
  LiveIndex& live_;
  Xapian::Database& database_;
  const Analyzer& analyzer_;
  TokenStream stream_;
  CompiledQuery result_;
  Date today_;
  bool excluded_ = false;
};

}  // namespace

CompiledQuery compile(const ParsedQuery& parsed, const SearchRequest& request, LiveIndex& live, const Analyzer& analyzer) {
  return Compiler(parsed, live, analyzer).run(request);
}

}  // namespace nutgraf
