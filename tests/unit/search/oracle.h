// Oracle: what a query should find, by reading every stored text. Shares the analyzer and the parser with search, and
// nothing of the way from there.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "nutgraf/analyzer.h"
#include "nutgraf/company.h"
#include "nutgraf/index.h"
#include "nutgraf/query.h"

namespace nutgraf::test {

class Oracle {
 public:
  /// Reads all that the index at `path` stores. Articles of the tests have the ids 0, 1, 2, ... or are given in `ids`.
  /// `companies`: that all of them were tagged with; null: with none.
  explicit Oracle(const std::filesystem::path& path, const std::vector<std::string>& ids = {},
                  const CompanyMatcher* companies = nullptr);

  /// Ids of the passages for which the query holds.
  [[nodiscard]] std::set<std::string> find(const std::string& query) const;

 private:
  struct Field {
    std::vector<std::string> pieces;
    std::set<std::string> terms;
  };
  struct Text {
    std::string id;
    Field body, title, heading;
    std::set<std::string> all_terms;  // of body, title and heading
    std::set<std::string> companies;  // that body, title or heading name
  };
  struct Name {
    std::vector<std::string> pieces;
    std::string company;               // empty: this is no name of one
    std::vector<std::string> written;  // where not empty: one of these
  };
  // Words of the query that are a name.
  struct Named {
    std::string company;
    std::vector<std::string> pieces;
    ByteRange bytes;
  };

  void read_names(const CompanyTable& table);
  void tag(const CompanyMatcher& companies, const StoredArticle& article, std::size_t first);
  void find_named(const QueryNode& node) const;
  void find_named(ByteRange run) const;
  [[nodiscard]] bool holds(const Named& named, const Text& text) const;
  [[nodiscard]] const Named* named_at(ByteRange bytes) const;

  [[nodiscard]] Field read(const std::string& text, const std::string& language) const;
  [[nodiscard]] std::optional<bool> holds(const QueryNode& node, const Text& text, bool excluded, bool strict) const;
  [[nodiscard]] std::optional<bool> group(const QueryNode& node, const Text& text, bool excluded) const;
  [[nodiscard]] std::optional<bool> word(const QueryNode& node, const Text& text, bool strict) const;
  [[nodiscard]] std::optional<bool> prefix(const QueryNode& node, const Text& text) const;
  [[nodiscard]] std::optional<bool> near(const QueryNode& node, const Text& text) const;
  [[nodiscard]] bool is_stop(const QueryNode& node) const;
  [[nodiscard]] std::vector<Token> tokens(const std::string& text) const;
  [[nodiscard]] std::vector<std::string> pieces(const std::string& text) const;
  [[nodiscard]] bool has_form(const std::string& surface, const std::string& field, const Text& text) const;

  Analyzer analyzer_;
  mutable TokenStream stream_;
  std::vector<std::string> languages_;
  std::vector<Text> texts_;
  std::vector<Name> names_;
  mutable std::vector<Named> named_;  // of the query at hand
  mutable std::string query_;
};

}  // namespace nutgraf::test
