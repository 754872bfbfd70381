// Leaves: the words, phrases, prefixes and NEARs of a query as match queries, and what they show and score.
#pragma once

#include <xapian.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "index/live_index.h"
#include "nutgraf/analyzer.h"
#include "nutgraf/query.h"
#include "nutgraf/snippet.h"
#include "search/named_companies.h"
#include "search/query_parts.h"
#include "search/rerank.h"

namespace nutgraf {

/// What the leaves of a query come to, beside their queries.
struct LeafResults {
  std::vector<Concept> concepts;      ///< what a hit may show, exclusions left out
  std::vector<ScoredConcept> scored;  ///< what counts for the score, the same way
  std::vector<Diagnostic> warnings;
  /// Of the patterns that were not excluded: their matches are hash matches until this is set.
  std::shared_ptr<bool> confirm = std::make_shared<bool>(false);
  bool has_patterns = false;  ///< whether there are any
};

/// The place of a leaf in the query.
struct LeafRole {
  bool excluded = false;
  /// A word of several parts ("open-source", 腾讯控股) must stand there as one. Otherwise its parts are alternatives,
  /// like words side by side.
  bool strict = false;
};

/// Compiles text nodes. The queries given live as long as the view of the index and the analyzer.
class Leaves {
 public:
  /// `companies`: that words of the query name.
  Leaves(const ParsedQuery& parsed, const std::vector<NamedCompany>& companies, LiveIndex& live,
         const Analyzer& analyzer, const QueryParts& parts)
      : parsed_(parsed), companies_(companies), live_(live), analyzer_(analyzer), query_(parts) {}

  /// Empty where the node has nothing to search for, which is warned of.
  std::optional<MatchQuery> compile(const QueryNode& node, LeafRole role);

  /// Whether a node is a word that says how a question is put, not what it is about.
  [[nodiscard]] bool is_stop(const QueryNode& node) const;

  LeafResults take() { return std::move(results_); }

 private:
  // One index concept of a word.
  struct Part {
    std::vector<std::string> terms;
    std::string surface = {};
    ByteRange bytes = {};  // of the query
    double weight = 1.0;
    bool gram = false;
    bool joined = false;
    bool piece = false;  // a word by itself
  };

  std::optional<MatchQuery> word(const QueryNode& node);
  std::optional<MatchQuery> phrase(const QueryNode& node);
  std::optional<MatchQuery> prefix(const QueryNode& node);
  std::optional<MatchQuery> near(const QueryNode& node);

  std::vector<MatchQuery> take_companies(const QueryNode& node, std::vector<Token>& tokens, std::vector<Part>& parts);
  MatchQuery company(const NamedCompany& named);
  /// The company whose name, or part of whose name, stands there; null where there is none.
  [[nodiscard]] const NamedCompany* company_at(ByteRange bytes) const;
  [[nodiscard]] bool in_company(ByteRange bytes) const;

  std::vector<Token> tokens_of(const QueryNode& node);
  std::vector<Part> parts_of(const QueryNode& node, const std::vector<Token>& tokens) const;
  std::size_t add_parts(const std::vector<Token>& tokens, std::size_t begin, std::size_t end, std::size_t byte,
                        std::vector<Part>& parts) const;
  MatchQuery word_as_one(const QueryNode& node, const std::vector<Token>& tokens, const std::vector<Part>& parts);
  MatchQuery pattern(const std::vector<std::vector<std::string>>& words, std::size_t distance, const std::string& field,
                     const std::string& without = {});

  [[nodiscard]] std::vector<std::string> terms_of(std::string_view surface) const {
    return analyzer_.terms_of(surface, live_.manifest().languages);
  }
  [[nodiscard]] std::vector<std::pair<Xapian::doccount, std::string>> terms_from(const std::string& start,
                                                                                 const std::string& field) const;
  [[nodiscard]] bool is_absent(const std::vector<std::string>& terms, const std::string& field) const;
  [[nodiscard]] std::size_t byte_of(const QueryNode& node) const;

  void score(const std::vector<std::string>& terms, double weight, std::string label);
  void score(ScoredConcept scored);
  void score_piece(std::string_view surface, double weight);
  void score_word(const std::vector<Token>& tokens, const std::vector<Part>& parts, std::size_t byte);
  void show(Concept shown);
  void show_word(std::vector<std::string> terms);
  void show_phrase(std::vector<std::string> surfaces, const std::vector<std::string>& terms);
  [[nodiscard]] double importance(const std::vector<std::string>& terms) const;
  void warn_absent(const std::string& word, const std::string& field, std::size_t byte);
  void warn_absent_parts(const std::vector<Part>& parts, const QueryNode& node);
  std::nullopt_t warn_empty(const QueryNode& node);

  const ParsedQuery& parsed_;
  const std::vector<NamedCompany>& companies_;
  LiveIndex& live_;
  const Analyzer& analyzer_;
  const QueryParts& query_;
  mutable TokenStream stream_;
  LeafRole role_;
  LeafResults results_;
};

}  // namespace nutgraf
