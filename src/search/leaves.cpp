#include "search/leaves.h"

#include <algorithm>
#include <set>
#include <utility>

#include "index/terms.h"
#include "search/bm25.h"
#include "search/stop_words.h"
#include "search/weights.h"
#include "text/ascii.h"
#include "text/excerpt.h"

namespace nutgraf {
namespace {

using Xapian::Query;

constexpr std::size_t kPrefixTerms = 50;

bool is_alphabetic(std::string_view surface) { return std::none_of(surface.begin(), surface.end(), is_digit); }

// "US" in a query that also has small letters is a name, "us" is not.
bool is_capital_name(std::string_view word, std::string_view query) {
  return word.size() == 2 && std::all_of(word.begin(), word.end(), is_upper) &&
         std::any_of(query.begin(), query.end(), is_lower);
}

// The longest token of several pieces that begins at `position`; null where there is none.
const Token* longest_whole(const std::vector<Token>& tokens, std::size_t position) {
  const Token* longest = nullptr;
  for (const Token& token : tokens) {
    const bool fits = token.role == TokenRole::whole && token.position == position && token.pieces > 1;
    if (fits && (longest == nullptr || token.pieces > longest->pieces)) longest = &token;
  }
  return longest;
}

// "open-source", not "GPT-4o".
bool is_plain_compound(const std::vector<Token>& tokens, const Token& whole) {
  return std::all_of(tokens.begin(), tokens.end(), [&](const Token& token) {
    const bool inside = token.role == TokenRole::piece && token.position >= whole.position &&
                        token.position < whole.position + whole.pieces;
    return !inside || is_alphabetic(token.surface);
  });
}

std::vector<std::string> pieces_of(const std::vector<Token>& tokens) {
  std::vector<std::string> pieces;
  for (const Token& token : tokens) {
    if (token.role == TokenRole::piece) pieces.emplace_back(token.surface);
  }
  return pieces;
}

bool is_cjk_run(const std::vector<Token>& tokens) {
  const auto count = [&](TokenRole role) {
    return std::count_if(tokens.begin(), tokens.end(), [&](const Token& token) { return token.role == role; });
  };
  return count(TokenRole::gram) > 0 && count(TokenRole::gram) + 1 == count(TokenRole::piece);
}

PatternField field_called(const std::string& field) {
  return field == "title" ? PatternField::title : field == "heading" ? PatternField::heading : PatternField::text;
}

}  // namespace

std::optional<MatchQuery> Leaves::compile(const QueryNode& node, LeafRole role) {
  role_ = role;
  switch (node.kind) {
    case QueryKind::word: return word(node);
    case QueryKind::phrase: return phrase(node);
    case QueryKind::prefix: return prefix(node);
    case QueryKind::near: return near(node);
    default: return std::nullopt;
  }
}

bool Leaves::is_stop(const QueryNode& node) const {
  if (node.kind != QueryKind::word || !node.field.empty() || is_capital_name(node.text, parsed_.text)) return false;
  if (in_company(node.bytes)) return false;
  analyzer_.tokenize(node.text, "en", stream_);
  const auto tokens = stream_.tokens();
  return tokens.size() == 1 && is_stop_word(tokens.front().surface);
}

// ---- what the leaves share ----

std::vector<Token> Leaves::tokens_of(const QueryNode& node) {
  analyzer_.tokenize(node.text, "en", stream_);
  return {stream_.tokens().begin(), stream_.tokens().end()};
}

// Where the node's text stands in the query: behind its field and quote.
std::size_t Leaves::byte_of(const QueryNode& node) const {
  const std::size_t at = parsed_.text.find(node.text, node.bytes.begin);
  return at != std::string::npos && at < node.bytes.end ? at : node.bytes.begin;
}

bool Leaves::is_absent(const std::vector<std::string>& terms, const std::string& field) const {
  return std::all_of(terms.begin(), terms.end(),
                     [&](const auto& term) { return query_.is_absent(term, field_called(field)); });
}

void Leaves::score(const std::vector<std::string>& terms, double weight, std::string label) {
  ScoredConcept scored{{}, weight, std::move(label)};
  for (const auto& term : terms) {
    std::string spelt = std::string(kBodyPrefix) + term;
    if (live_.frequency(spelt) > 0) scored.terms.push_back(std::move(spelt));
  }
  score(std::move(scored));
}

void Leaves::score(ScoredConcept scored) {
  if (role_.excluded || results_.scored.size() >= 2 * weights::kMaxWords) return;
  results_.scored.push_back(std::move(scored));
}

// By its stem, and so much more where it is written as in the query. CJK characters have one form.
void Leaves::score_piece(std::string_view surface, double weight) {
  const std::size_t stems = results_.scored.size();
  score(terms_of(surface), weight, std::string(surface));
  if (results_.scored.size() == stems || is_cjk(code_point_at(surface, 0).value)) return;
  ScoredConcept exact = results_.scored.back();
  exact.weight = weight * weights::kExactForm;
  exact.surface = Analyzer::signature_hash(surface);
  score(std::move(exact));
}

void Leaves::score_word(const std::vector<Token>& tokens, const std::vector<Part>& parts, std::size_t byte) {
  std::set<std::size_t> matching;  // bytes of the pieces that match by themselves
  for (const Part& part : parts) {
    if (part.piece) {
      score_piece(part.surface, part.weight);
      matching.insert(part.bytes.begin);
    } else {
      score(part.terms, part.weight, part.surface);
    }
  }
  for (const Token& token : tokens) {
    if (token.role == TokenRole::piece && !matching.contains(byte + token.begin))
      score_piece(token.surface, weights::kInnerPiece);
  }
}

void Leaves::show(Concept shown) {
  if (!role_.excluded && results_.concepts.size() < weights::kMaxWords) results_.concepts.push_back(std::move(shown));
}

void Leaves::show_word(std::vector<std::string> terms) {
  const double weight = importance(terms);
  show({std::move(terms), {}, weight});
}

void Leaves::show_phrase(std::vector<std::string> surfaces, const std::vector<std::string>& terms) {
  show({{}, {{std::move(surfaces)}}, importance(terms)});
}

double Leaves::importance(const std::vector<std::string>& terms) const {
  double weight = 0;
  for (const auto& term : terms) {
    const auto df = live_.frequency(std::string(kBodyPrefix) + term);
    if (df > 0) weight = std::max(weight, idf(live_.database().get_doccount(), df));
  }
  return weight;
}

void Leaves::warn_absent(const std::string& word, const std::string& field, std::size_t byte) {
  const std::string where = field.empty() ? "passage" : field;
  results_.warnings.push_back(
      {byte, "no " + where + " has " + quoted_excerpt(word), {}, DiagnosticKind::unknown_word, word});
}

// Every part by itself, but the pairs of a CJK run together. A name that the table has is not misspelt.
void Leaves::warn_absent_parts(const std::vector<Part>& parts, const QueryNode& node) {
  const auto warn = [&](const std::string& word, ByteRange bytes) {
    const NamedCompany* const named = node.field.empty() ? company_at(bytes) : nullptr;
    if (named == nullptr) return warn_absent(word, node.field, bytes.begin);
    const std::string name = parsed_.text.substr(named->bytes.begin, named->bytes.size());
    results_.warnings.push_back({named->bytes.begin,
                                 "no passage speaks of the company " + quoted_excerpt(name),
                                 {},
                                 DiagnosticKind::unmet_condition,
                                 name});
  };
  bool absent_grams = true;
  ByteRange run;  // of pairs
  for (const Part& part : parts) {
    if (node.field.empty() && in_company(part.bytes)) continue;
    const bool absent = is_absent(part.terms, node.field);
    if (part.gram) {
      run = {run.empty() ? part.bytes.begin : run.begin, part.bytes.end};
      absent_grams = absent_grams && absent;
    } else if (absent && !part.joined) {
      const bool typed_so = parts.size() == 1;
      warn(typed_so ? node.text : part.surface, part.bytes);
    }
  }
  if (!run.empty() && absent_grams) warn(node.text, {byte_of(node), run.end});
}

std::nullopt_t Leaves::warn_empty(const QueryNode& node) {
  results_.warnings.push_back(
      {node.bytes.begin,
       quoted_excerpt(node.text) + " has nothing to search for: only letters, digits and characters of a script count",
       {},
       DiagnosticKind::empty_word,
       node.text});
  return std::nullopt;
}

// ---- words ----

// A word as typed may be several pieces. What is written as one ("GPT-4o", "R1") is one term; a compound of plain
// words ("open-source") also counts by its words; a run of CJK characters is its pairs.
std::vector<Leaves::Part> Leaves::parts_of(const QueryNode& node, const std::vector<Token>& tokens) const {
  std::vector<Part> parts;
  std::size_t covered = 0;  // the position up to which parts stand for the pieces
  for (std::size_t begin = 0, end = 0; begin < tokens.size() && parts.size() < weights::kMaxWords; begin = end) {
    while (end < tokens.size() && tokens[end].position == tokens[begin].position) ++end;
    if (tokens[begin].position < covered) continue;
    covered = add_parts(tokens, begin, end, byte_of(node), parts);
  }
  return parts;
}

// What begins with the tokens begin..end, which share a position; gives the position that comes next.
std::size_t Leaves::add_parts(const std::vector<Token>& tokens, std::size_t begin, std::size_t end, std::size_t byte,
                              std::vector<Part>& parts) const {
  const Token* piece = nullptr;
  const Token* whole = nullptr;
  const std::size_t position = tokens[begin].position;
  const auto in_query = [byte](const Token& token) { return ByteRange{byte + token.begin, byte + token.end}; };
  const auto add_piece = [&](const Token& token) {
    parts.push_back({.terms = terms_of(token.surface),
                     .surface = std::string(token.surface),
                     .bytes = in_query(token),
                     .piece = true});
  };
  for (std::size_t i = begin; i < end; ++i) {
    const Token& token = tokens[i];
    if (token.role == TokenRole::piece) piece = &token;
    if (token.role == TokenRole::whole && token.pieces > 1 && (whole == nullptr || token.pieces > whole->pieces))
      whole = &token;
    if (token.role != TokenRole::gram) continue;
    parts.push_back({.terms = {std::string(token.term)},
                     .surface = std::string(token.surface),
                     .bytes = in_query(token),
                     .gram = true});
    return position + 1;
  }
  const bool ends_gram =
      !parts.empty() && parts.back().gram && piece != nullptr && byte + piece->end == parts.back().bytes.end;
  if (piece == nullptr || ends_gram) return position + 1;  // the last character of a run is in the pair before it
  if (whole == nullptr) {
    add_piece(*piece);
    return position + 1;
  }
  const bool compound = is_plain_compound(tokens, *whole);
  for (std::size_t i = begin; compound && i < tokens.size() && tokens[i].position < position + whole->pieces; ++i) {
    if (tokens[i].role == TokenRole::piece) add_piece(tokens[i]);
  }
  parts.push_back({.terms = terms_of(whole->surface),
                   .surface = std::string(whole->surface),
                   .bytes = in_query(*whole),
                   .weight = compound ? weights::kJoined : 1.0,
                   .joined = compound});
  return position + whole->pieces;
}

std::optional<MatchQuery> Leaves::word(const QueryNode& node) {
  std::vector<Token> tokens = tokens_of(node);
  std::vector<Part> parts = parts_of(node, tokens);
  if (parts.empty()) return warn_empty(node);
  warn_absent_parts(parts, node);
  std::vector<MatchQuery> alternatives = take_companies(node, tokens, parts);
  if (parts.empty() && alternatives.empty()) return std::nullopt;  // an earlier word has it
  score_word(tokens, parts, byte_of(node));
  if (role_.strict && parts.size() > 1) return word_as_one(node, tokens, parts);
  for (const Part& part : parts) {
    MatchQuery query = query_.any_of(part.terms, field_called(node.field));
    alternatives.push_back(part.weight == 1.0 ? std::move(query) : MatchQuery::scaled(std::move(query), part.weight));
    show_word(part.terms);
  }
  return MatchQuery(Query::OP_OR, std::move(alternatives));
}

// The companies whose names begin in the node; what of it is part of a name is taken out. Where a word must stand as
// one, all of it is a name or none.
std::vector<MatchQuery> Leaves::take_companies(const QueryNode& node, std::vector<Token>& tokens,
                                               std::vector<Part>& parts) {
  std::vector<MatchQuery> queries;
  const std::size_t byte = byte_of(node);
  const auto is_name = [this](const Part& part) { return in_company(part.bytes); };
  const NamedCompany* const first = company_at(parts.front().bytes);
  const auto same_name = [&](const Part& part) { return is_name(part) && company_at(part.bytes) == first; };
  if (!node.field.empty() || (role_.strict && !std::all_of(parts.begin(), parts.end(), same_name))) return queries;
  std::erase_if(parts, is_name);
  std::erase_if(tokens, [&](const Token& token) { return in_company({byte + token.begin, byte + token.end}); });
  for (const NamedCompany& named : companies_) {
    if (named.indexed && named.bytes.begin >= byte && named.bytes.begin < node.bytes.end)
      queries.push_back(company(named));
  }
  return queries;
}

const NamedCompany* Leaves::company_at(ByteRange bytes) const {
  for (const NamedCompany& named : companies_) {
    if (named.bytes.begin <= bytes.begin && bytes.end <= named.bytes.end) return &named;
  }
  return nullptr;
}

bool Leaves::in_company(ByteRange bytes) const {
  const NamedCompany* const named = company_at(bytes);
  return named != nullptr && named->indexed;
}

// The passages that are tagged with it, and where that was not done, those that have the words.
MatchQuery Leaves::company(const NamedCompany& named) {
  const MatchQuery tagged = query_.scored(named.term);
  const bool one_piece = named.surfaces.size() == 1;
  const auto forms = one_piece ? terms_of(named.surfaces.front()) : std::vector<std::string>();
  const MatchQuery words = one_piece ? MatchQuery(Query::OP_AND_NOT, {query_.any_of(forms, PatternField::text), tagged})
                                     : pattern({named.surfaces}, 1, {}, named.term);
  if (!role_.excluded) {
    const ScoredConcept scored = scored_company(named, live_);
    const auto same = [&](const ScoredConcept& other) { return other.terms == scored.terms; };
    if (std::none_of(results_.scored.begin(), results_.scored.end(), same)) results_.scored.push_back(scored);
  }
  Concept shown = shown_company(named, live_);
  shown.terms = forms;
  show(std::move(shown));
  return {Query::OP_OR, {tagged, words}};
}

// Its pieces side by side, or, of a compound, the joined form.
MatchQuery Leaves::word_as_one(const QueryNode& node, const std::vector<Token>& tokens,
                               const std::vector<Part>& parts) {
  const std::vector<std::string> pieces = pieces_of(tokens);
  show_phrase(pieces, parts.front().terms);
  MatchQuery side_by_side = pattern({pieces}, 1, node.field);
  const Token* whole = longest_whole(tokens, 0);
  if (whole == nullptr || whole->pieces != pieces.size()) return side_by_side;
  show_word(parts.back().terms);
  return {Query::OP_OR, {std::move(side_by_side), query_.any_of(parts.back().terms, field_called(node.field))}};
}

// The terms of a field that begin with `start`, and their frequencies.
std::vector<std::pair<Xapian::doccount, std::string>> Leaves::terms_from(const std::string& start,
                                                                         const std::string& field) const {
  const std::string_view prefix = prefix_of(field_called(field));
  std::vector<std::pair<Xapian::doccount, std::string>> found;
  for (const auto& [term, frequency] : live_.terms_from(std::string(prefix) + start))
    found.emplace_back(frequency, term.substr(prefix.size()));
  return found;
}

// A text has its words as stems: the prefix is looked up among these, and stemmed as a word itself ("companies*").
std::optional<MatchQuery> Leaves::prefix(const QueryNode& node) {
  const std::vector<Token> tokens = tokens_of(node);
  const std::vector<std::string> pieces = pieces_of(tokens);
  if (pieces.empty()) return warn_empty(node);
  if (pieces.size() > 1 && is_cjk_run(tokens)) {  // CJK words have no end to leave open
    score_word(tokens, parts_of(node, tokens), byte_of(node));
    show_phrase(pieces, {});
    return pattern({pieces}, 1, node.field);
  }
  std::string start;
  for (const auto& piece : pieces) start += piece;
  auto found = terms_from(start, node.field);
  for (const auto& language : live_.manifest().languages) {  // stems of other languages than English carry it
    for (auto& marked : terms_from(language + ":" + start, node.field)) found.push_back(std::move(marked));
  }
  if (found.size() > kPrefixTerms) {
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    results_.warnings.push_back({node.bytes.begin,
                                 quoted_excerpt(node.text + "*") + " begins " + std::to_string(found.size()) +
                                     " words; the " + std::to_string(kPrefixTerms) + " most frequent are searched",
                                 {},
                                 DiagnosticKind::long_prefix,
                                 node.text});
    found.resize(kPrefixTerms);
  }
  std::vector<std::string> terms;
  for (auto& [df, term] : found) terms.push_back(std::move(term));
  for (auto& term : pieces.size() == 1 ? terms_of(start) : std::vector<std::string>()) {
    if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(std::move(term));
  }
  if (is_absent(terms, node.field)) warn_absent(node.text + "*", node.field, byte_of(node));
  if (terms.empty()) return MatchQuery();
  score(terms, 1.0, start + "*");
  show_word(terms);
  return query_.any_of(terms, field_called(node.field));
}

// ---- order and nearness ----

// Passages with the term `without` are left out.
MatchQuery Leaves::pattern(const std::vector<std::vector<std::string>>& words, std::size_t distance,
                           const std::string& field, const std::string& without) {
  std::set<std::string_view> surfaces;
  TermGroups groups;
  for (const auto& word : words) {
    for (const auto& surface : word) {
      if (surfaces.insert(surface).second) groups.push_back(terms_of(surface));
    }
  }
  // An exclusion that a chance match of hashes made would hide a hit: it is always confirmed.
  const Confirmation confirm = role_.excluded ? std::make_shared<const bool>(true) : Confirmation(results_.confirm);
  results_.has_patterns = results_.has_patterns || !role_.excluded;
  return query_.pattern(groups, pattern_of(words, distance), field_called(field), confirm, without);
}

std::optional<MatchQuery> Leaves::phrase(const QueryNode& node) {
  const std::vector<Token> tokens = tokens_of(node);
  std::vector<std::string> surfaces, terms;
  for (const Token& token : tokens) {
    if (token.role != TokenRole::piece) continue;
    surfaces.emplace_back(token.surface);
    const auto forms = terms_of(token.surface);
    terms.push_back(forms.front());
    score_piece(token.surface, 1.0);
    if (is_absent(forms, node.field)) warn_absent(surfaces.back(), node.field, byte_of(node) + token.begin);
  }
  if (surfaces.empty()) return warn_empty(node);
  if (node.field.empty()) show_phrase(surfaces, terms);
  return pattern({surfaces}, 1, node.field);
}

std::optional<MatchQuery> Leaves::near(const QueryNode& node) {
  std::vector<std::vector<std::string>> words;
  for (const QueryNode& child : node.children) {
    const std::vector<Token> tokens = tokens_of(child);
    words.push_back(pieces_of(tokens));
    if (words.back().empty()) {
      words.pop_back();
      warn_empty(child);
      continue;
    }
    for (const Token& token : tokens) {
      if (token.role != TokenRole::piece) continue;
      const auto forms = terms_of(token.surface);
      score_piece(token.surface, 1.0);
      if (is_absent(forms, child.field))
        warn_absent(std::string(token.surface), child.field, byte_of(child) + token.begin);
    }
    show_phrase(words.back(), {terms_of(words.back().front()).front()});
  }
  if (words.empty()) return std::nullopt;
  return pattern(words, std::max<std::size_t>(1, node.distance), node.children.front().field);
}

}  // namespace nutgraf
