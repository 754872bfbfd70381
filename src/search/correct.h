// Correct: suggestions for the words of a query that no passage has, and the query with them put in.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "nutgraf/search.h"
#include "nutgraf/spelling.h"

namespace nutgraf {

class Corrector {
 public:
  explicit Corrector(std::filesystem::path index) : index_(std::move(index)) {}

  /// Puts a suggestion into each warning of an unknown word that has one; gives the query with all of them put in, or
  /// nothing where there is none. Opens the word list only when there is an unknown word.
  std::optional<std::string> suggest(SearchResponse& response);

 private:
  std::filesystem::path index_;
  std::unique_ptr<Speller> speller_;
};

}  // namespace nutgraf
