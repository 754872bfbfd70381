// Lexer: a query in, tokens and the warnings about what is no token out. The one place that knows which characters
// are quotes, brackets and operators.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/query.h"

namespace nutgraf {

enum class QueryTokenKind : std::uint8_t {
  word,
  prefix,         ///< `text` without the asterisks
  phrase,         ///< `text` is what stands between the quotes
  unknown_field,  ///< `text` is its name; the next token is what stands behind the colon
  open,
  close,
  plus,
  minus,
  op_and,
  op_or,
  op_not,
  op_near,
  end,
};

struct QueryToken {
  QueryTokenKind kind = QueryTokenKind::end;
  std::string_view text;              ///< in the text given
  const QueryField* field = nullptr;  ///< the field typed in front of a word, prefix, phrase or open
  std::size_t distance = 0;           ///< of op_near
  ByteRange bytes;                    ///< with field, quotes and asterisks
};

/// Collects warnings in the order of the text, up to kMaxQueryWarnings.
class QueryWarnings {
 public:
  void add(std::size_t byte, std::string message, std::optional<std::string> suggestion = {});
  void add(Diagnostic warning);
  [[nodiscard]] bool empty() const { return warnings_.empty(); }
  [[nodiscard]] std::vector<Diagnostic> take();

 private:
  std::vector<Diagnostic> warnings_;
  std::size_t more_ = 0;
};

struct LexedQuery {
  std::vector<QueryToken> tokens;  ///< the last one is `end`; brackets match, and nest to kMaxQueryDepth
  std::optional<ByteRange> star;   ///< the first asterisk that stood alone; not among the tokens
};

/// `text` is valid UTF-8 and outlives the tokens.
[[nodiscard]] LexedQuery lex_query(std::string_view text, QueryWarnings& warnings);

/// Only words: what could mean more (brackets, quotes, a sign or a field in front, asterisks) stands between them.
[[nodiscard]] LexedQuery lex_words(std::string_view text);

/// Curly, angular, low, full-width or straight.
[[nodiscard]] bool is_double_quote(char32_t c);

/// Whether `word`, standing alone, is an operator.
[[nodiscard]] bool is_operator(std::string_view word);

/// Whether `text` is one word: nothing in it ends a word.
[[nodiscard]] bool stands_alone(std::string_view text);

/// Whether there is anything to look up in `text`: a letter, a digit, or a character that is no punctuation.
[[nodiscard]] bool has_content(std::string_view text);

}  // namespace nutgraf
