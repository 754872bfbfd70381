#include "search/leaves.h"

#include <algorithm>
#include <set>
#include <utility>

#include "index/terms.h"
#include "search/bm25.h"
#include "search/stop_words.h"
#include "search/weights.h"
#include "text/excerpt.h"

namespace nutgraf {
namespace {

using Xapian::Query;

constexpr std::size_t kPrefixTerms = 50;

Query combine(Query::op operation, const std::vector<Query>& parts) {
  return parts.size() == 1 ? parts.front() : Query(operation, parts.begin(), parts.end());
}

bool is_alphabetic(std::string_view surface) {
  return std::none_of(surface.begin(), surface.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "US" in a query that also has small letters is a name, "us" is not.
bool is_capital_name(std::string_view word, std::string_view query) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return word.size() == 2 && std::all_of(word.begin(), word.end(), is_upper) &&
         std::any_of(query.begin(), query.end(), [](char c) { return c >= 'a' && c <= 'z'; });
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

std::string_view prefix_of_field(const std::string& field) {
  return field == "title" ? kTitlePrefix : field == "heading" ? kHeadingPrefix : kBodyPrefix;
}

}  // namespace

std::optional<Query> Leaves::compile(const QueryNode& node, LeafRole role) {
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

Query Leaves::term_query(const std::string& term, const std::string& field) const {
  const std::string prefixed = std::string(prefix_of_field(field)) + term;
  return field == "title" ? Query((new ArticleSource(live_.signatures(), prefixed))->release()) : Query(prefixed);
}

// One concept: any of its terms. A passage has a language, so it rarely holds more than one of them. OP_MAX would say
// it better, but reads freed memory in 1.4.22: MaxPostList::recalc_maxweight() after its last list has ended.
Query Leaves::any_of(const std::vector<std::string>& terms, const std::string& field) const {
  std::vector<Query> alternatives;
  for (const auto& term : terms) {
    if (!is_absent({term}, field)) alternatives.push_back(term_query(term, field));
  }
  return alternatives.empty() ? Query::MatchNothing : combine(Query::OP_OR, alternatives);
}

bool Leaves::is_absent(const std::vector<std::string>& terms, const std::string& field) const {
  return std::none_of(terms.begin(), terms.end(), [&](const auto& term) {
    return live_.database().term_exists(std::string(prefix_of_field(field)) + term);
  });
}

void Leaves::score(const std::vector<std::string>& terms, double weight, std::string label) {
  if (role_.excluded || results_.scored.size() >= 2 * weights::kMaxWords) return;
  ScoredConcept scored{{}, weight, std::move(label)};
  for (const auto& term : terms) scored.terms.push_back(std::string(kBodyPrefix) + term);
  results_.scored.push_back(std::move(scored));
}

// By its stem, and so much more where it is written as in the query. CJK characters have one form.
void Leaves::score_piece(std::string_view surface, double weight) {
  const auto forms = terms_of(surface);
  score(forms, weight, std::string(surface));
  if (is_cjk(code_point_at(surface, 0).value)) return;
  const std::size_t stems = results_.scored.size();
  score(forms, weight * weights::kExactForm, std::string(surface));
  if (results_.scored.size() > stems) results_.scored.back().surface = Analyzer::signature_hash(surface);
}

void Leaves::score_word(const std::vector<Token>& tokens, const std::vector<Part>& parts, std::size_t byte) {
  std::set<std::size_t> matching;  // bytes of the pieces that match by themselves
  for (const Part& part : parts) {
    if (part.piece) {
      score_piece(part.surface, part.weight);
      matching.insert(part.byte);
    } else {
      score(part.terms, part.weight, part.surface);
    }
  }
  for (const Token& token : tokens) {
    if (token.role == TokenRole::piece && !matching.contains(byte + token.begin))
      score_piece(token.surface, weights::kInnerPiece);
  }
}

void Leaves::show(std::vector<std::string> terms, std::vector<std::string> surfaces) {
  if (role_.excluded || results_.concepts.size() >= weights::kMaxWords) return;
  double weight = 0;
  for (const auto& term : terms) {
    const auto df = live_.database().get_termfreq(std::string(kBodyPrefix) + term);
    if (df > 0) weight = std::max(weight, idf(live_.database().get_doccount(), df));
  }
  results_.concepts.push_back({std::move(terms), std::move(surfaces), weight});
}

void Leaves::warn_absent(const std::string& word, const std::string& field, std::size_t byte) {
  const std::string where = field.empty() ? "passage" : field;
  results_.warnings.push_back(
      {byte, "no " + where + " has " + quoted_excerpt(word), {}, DiagnosticKind::unknown_word, word});
}

// Every part by itself, but the pairs of a CJK run together.
void Leaves::warn_absent_parts(const std::vector<Part>& parts, const QueryNode& node) {
  bool grams = false, absent_grams = true;
  for (const Part& part : parts) {
    const bool absent = is_absent(part.terms, node.field);
    grams = grams || part.gram;
    if (part.gram) absent_grams = absent_grams && absent;
    if (absent && !part.gram && !part.joined) {
      const bool typed_so = parts.size() == 1;
      warn_absent(typed_so ? node.text : part.surface, node.field, part.byte);
    }
  }
  if (grams && absent_grams) warn_absent(node.text, node.field, byte_of(node));
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
  for (std::size_t i = begin; i < end; ++i) {
    const Token& token = tokens[i];
    if (token.role == TokenRole::piece) piece = &token;
    if (token.role == TokenRole::whole && token.pieces > 1 && (whole == nullptr || token.pieces > whole->pieces))
      whole = &token;
    if (token.role != TokenRole::gram) continue;
    parts.push_back({{std::string(token.term)},
                     std::string(token.surface),
                     byte + token.begin,
                     1.0,
                     true,
                     false,
                     byte + token.end});
    return position + 1;
  }
  const bool ends_gram =
      !parts.empty() && parts.back().gram && piece != nullptr && byte + piece->end == parts.back().end;
  if (piece == nullptr || ends_gram) return position + 1;  // the last character of a run is in the pair before it
  if (whole == nullptr) {
    parts.push_back({terms_of(piece->surface), std::string(piece->surface), byte + piece->begin});
    parts.back().piece = true;
    return position + 1;
  }
  const bool compound = is_plain_compound(tokens, *whole);
  for (std::size_t i = begin; compound && i < tokens.size() && tokens[i].position < position + whole->pieces; ++i) {
    if (tokens[i].role != TokenRole::piece) continue;
    parts.push_back({terms_of(tokens[i].surface), std::string(tokens[i].surface), byte + tokens[i].begin});
    parts.back().piece = true;
  }
  parts.push_back({terms_of(whole->surface), std::string(whole->surface), byte + whole->begin,
                   compound ? weights::kJoined : 1.0, false, compound});
  return position + whole->pieces;
}

std::optional<Query> Leaves::word(const QueryNode& node) {
  const std::vector<Token> tokens = tokens_of(node);
  const std::vector<Part> parts = parts_of(node, tokens);
  if (parts.empty()) return warn_empty(node);
  warn_absent_parts(parts, node);
  score_word(tokens, parts, byte_of(node));
  if (role_.strict && parts.size() > 1) return word_as_one(node, tokens, parts);
  std::vector<Query> alternatives;
  for (const Part& part : parts) {
    Query query = any_of(part.terms, node.field);
    if (part.weight != 1.0) query = Query(Query::OP_SCALE_WEIGHT, query, part.weight);
    alternatives.push_back(std::move(query));
    show(part.terms);
  }
  return combine(Query::OP_OR, alternatives);
}

// Its pieces side by side, or, of a compound, the joined form.
Query Leaves::word_as_one(const QueryNode& node, const std::vector<Token>& tokens, const std::vector<Part>& parts) {
  const std::vector<std::string> pieces = pieces_of(tokens);
  show(parts.front().terms, pieces);
  const Query side_by_side = pattern({pieces}, 1, node);
  const Token* whole = longest_whole(tokens, 0);
  if (whole == nullptr || whole->pieces != pieces.size()) return side_by_side;
  show(parts.back().terms);
  return {Query::OP_OR, side_by_side, any_of(parts.back().terms, node.field)};
}

// The terms of a field that begin with `start`, and their frequencies.
std::vector<std::pair<Xapian::doccount, std::string>> Leaves::terms_from(const std::string& start,
                                                                         const std::string& field) const {
  const std::string_view prefix = prefix_of_field(field);
  const std::string prefixed = std::string(prefix) + start;
  std::vector<std::pair<Xapian::doccount, std::string>> found;
  for (auto term = live_.database().allterms_begin(prefixed); term != live_.database().allterms_end(prefixed); ++term) {
    found.emplace_back(term.get_termfreq(), (*term).substr(prefix.size()));
  }
  return found;
}

// A text has its words as stems: the prefix is looked up among these, and stemmed as a word itself ("companies*").
std::optional<Query> Leaves::prefix(const QueryNode& node) {
  const std::vector<Token> tokens = tokens_of(node);
  const std::vector<std::string> pieces = pieces_of(tokens);
  if (pieces.empty()) return warn_empty(node);
  if (pieces.size() > 1 && is_cjk_run(tokens)) {  // CJK words have no end to leave open
    score_word(tokens, parts_of(node, tokens), byte_of(node));
    show({}, pieces);
    return pattern({pieces}, 1, node);
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
  if (terms.empty()) return Query::MatchNothing;
  score(terms, 1.0, start + "*");
  show(terms);
  return any_of(terms, node.field);
}

// ---- order and nearness ----

// The AND of the words' lists, filtered by the signatures.
Query Leaves::pattern(const std::vector<std::vector<std::string>>& words, std::size_t distance, const QueryNode& node) {
  std::set<std::string_view> surfaces;
  std::vector<Query> lists;
  for (const auto& word : words) {
    for (const auto& surface : word) {
      if (!surfaces.insert(surface).second) continue;
      lists.push_back(any_of(terms_of(surface), node.field));
    }
  }
  const PatternField field = node.field == "title"     ? PatternField::title
                             : node.field == "heading" ? PatternField::heading
                                                       : PatternField::text;
  // An exclusion that a chance match of hashes made would hide a hit: it is always confirmed.
  const Confirmation confirm = role_.excluded ? std::make_shared<const bool>(true) : Confirmation(results_.confirm);
  results_.has_patterns = results_.has_patterns || !role_.excluded;
  return {Query::OP_FILTER, combine(Query::OP_AND, lists),
          Query((new SignatureSource(live_, analyzer_, pattern_of(words, distance), field, confirm))->release())};
}

std::optional<Query> Leaves::phrase(const QueryNode& node) {
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
  if (node.field.empty()) show(std::move(terms), surfaces);
  return pattern({surfaces}, 1, node);
}

std::optional<Query> Leaves::near(const QueryNode& node) {
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
    show({terms_of(words.back().front()).front()}, words.back());
  }
  if (words.empty()) return std::nullopt;
  QueryNode field_of_all;
  field_of_all.field = node.children.front().field;
  return pattern(words, std::max<std::size_t>(1, node.distance), field_of_all);
}

}  // namespace nutgraf
