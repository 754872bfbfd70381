// Query: what a person typed in, a tree with diagnostics out. Knows no index and no Xapian. Every string parses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/date.h"
#include "nutgraf/range.h"

namespace nutgraf {

enum class QueryKind : std::uint8_t {
  nothing,  ///< an empty query: matches nothing
  all,      ///< every passage: what a query of only exclusions starts from
  word,     ///< one word as typed ("GPT-4o", "腾讯控股"); `text` holds it
  phrase,   ///< exact words in order; `text` holds what stood between the quotes
  prefix,   ///< "pre*": `text` holds "pre"
  near,     ///< children (two or more words of one field) in any order, exact as in quotes: the last begins at most
            ///< `distance` pieces after the first ends (neighbours: 1); equal children want as many places
  filter,   ///< a condition on metadata: `field` and `text` ("source", "date", "lang", "company", "id")
  group,    ///< children with `occur`: the boolean node
};

enum class Occur : std::uint8_t { should, must, must_not };

struct QueryNode {
  QueryKind kind = QueryKind::nothing;
  Occur occur = Occur::should;  ///< role in the group above
  std::string field;            ///< "", "title" or "heading" for text nodes; the field's name for filters
  std::string text;
  std::size_t distance = 0;  ///< of `near`
  ByteRange bytes;           ///< where it stands in the query
  std::vector<QueryNode> children;
};

/// What a diagnostic is about, for programs that act on it.
enum class DiagnosticKind : std::uint8_t {
  syntax,           ///< how the query is written
  unknown_word,     ///< no passage has the word `subject`
  empty_word,       ///< nothing of `subject` can be searched for
  long_prefix,      ///< `subject` begins too many words
  too_many_words,   ///< words from here on are left out
  unknown_field,    ///< the language, or the index, does not have the field `subject`
  unmet_condition,  ///< nothing in the index meets the condition `subject`
  no_hits,          ///< without `subject` there would be hits, or: nothing has all that is asked for
};

/// Something odd in a query that was answered all the same.
struct Diagnostic {
  std::size_t byte = 0;  ///< offset in the query
  std::string message;
  std::optional<std::string> suggestion;
  DiagnosticKind kind = DiagnosticKind::syntax;
  std::string subject = {};  ///< the part of the query that it is about, where `kind` names one
};

struct ParsedQuery {
  std::string text;  ///< as typed; bytes that are no UTF-8 (and NUL) are spaces
  QueryNode root;
  std::vector<Diagnostic> warnings;  ///< in the order of the text; at most kMaxQueryWarnings
};

/// How a query is to be read.
enum class QuerySyntax : std::uint8_t {
  operators,  ///< the language of parse_query()
  words,      ///< plain text: every word is an alternative, no character an operator, and no way to write it odd
};

inline constexpr std::size_t kMaxQueryWarnings = 20;
inline constexpr std::size_t kMaxQueryDepth = 200;  ///< brackets nested deeper are ignored
inline constexpr std::size_t kDefaultNearDistance = 10;
inline constexpr std::size_t kMaxNearDistance = 1000;
inline constexpr std::size_t kMinPrefixCharacters = 3;  ///< of "pre*"; one CJK character will do, too

/// The language. Operators, tightest first: NEAR, then NOT, then AND, then OR and words side by side:
///
///   word  "exact phrase"  pre*             words side by side are alternatives; more of them rank higher
///   a AND b   a OR b   NOT a   ( )         operators in capitals only; `a NOT b` is `a AND NOT b`
///   +must  -mustnot                        at the start of a word only: "GPT-4o" is a word
///   a NEAR/5 b   a NEAR b                  words within 5 (10) words of each other; chains: a NEAR/5 b NEAR/5 c
///   title:x  heading:"x y"  title:(x y)    text fields, see query_fields()
///   source:x  date:2025-02  lang:(en zh)   filters: side by side with words they restrict and are no alternative;
///                                          of one field they are alternatives, of several all must hold
///
/// Quotes may also be curly, angular, CJK or full-width, brackets and the colon full-width; an apostrophe is no quote.
/// Every string parses: what is odd is left out or searched as words, with a warning. Linear in the length of the text.
///
/// A group holds two or more children and is one of: all `should`; `must` and `must_not`, with at least one `must`
/// (`all` where only exclusions were typed); or a mixture in which a `must` child that is no filter makes the `should`
/// children optional.
[[nodiscard]] ParsedQuery parse_query(std::string_view text, QuerySyntax syntax = QuerySyntax::operators);

/// Canonical form: parsing it again gives the same tree. "(deepseek OR \"open source\") AND NOT grok".
[[nodiscard]] std::string to_string(const QueryNode& node);

enum class QueryFieldKind : std::uint8_t {
  text,    ///< looked up in a part of the text; takes words, phrases, prefixes and groups
  filter,  ///< a condition on metadata; takes a value
};

/// A field of the query language: what the parser knows and help prints.
struct QueryField {
  std::string_view name;
  QueryFieldKind kind = QueryFieldKind::text;
  std::string_view description;
  std::string_view example;
};
[[nodiscard]] std::span<const QueryField> query_fields();

/// Days since..until, both included; an unknown one is open.
struct DateRange {
  Date since;
  Date until;

  friend bool operator==(const DateRange&, const DateRange&) = default;
};

/// A date range, or what is wrong with its text.
struct ParsedDateRange {
  std::optional<DateRange> range;
  std::string problem;  ///< a sentence without a full stop; empty if there is a range
};

/// Reads "2025", "2025-02", "2025-02-27", "today", "yesterday", and ranges of these, open or not ("2025-01..2025-02",
/// "..2025"). "7d", "2w", "3m", "1y" are the day so many days, weeks, months or years before `today`; alone they mean
/// the time since then ("7d" is "7d..").
[[nodiscard]] ParsedDateRange parse_date_range(std::string_view text, Date today);

}  // namespace nutgraf
