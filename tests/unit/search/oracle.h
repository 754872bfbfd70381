// Oracle: what a query should find, by reading every stored text. Shares the analyzer and the parser with search, and
// nothing of the way from there.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "nutgraf/analyzer.h"
#include "nutgraf/index.h"
#include "nutgraf/query.h"

namespace nutgraf::test {

class Oracle {
 public:
  /// Reads all that the index at `path` stores. Articles of the tests have the ids 0, 1, 2, ... or are given in `ids`.
  explicit Oracle(const std::filesystem::path& path, const std::vector<std::string>& ids = {});

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
  };

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
  mutable std::string query_;
};

}  // namespace nutgraf::test
