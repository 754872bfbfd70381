// The index terms: one table of prefixes, and the functions that spell a term.
//
//   prefix  on passages        what follows                       wdf
//   Z       all                an index term of the analyzer      occurrences in the passage, 3 for each in the title
//   S       first of article   an index term of the title         0
//   XH      all below it       an index term of the heading       0
//   XA      all                article id                         0
//   XS      all                source, folded                     0
//   XC      all                company that the passage, its      mentions in the passage, 3 for each in the title
//                              heading or the title speaks of
//   XN      all                the same, by its name, not by a    mentions by name, likewise
//                              product of it
//   L       all                language, ISO 639-1                0
//   Y M D   all                2025, 202502, 20250227             0
//
// A passage is addressed by its article's XA list and its ordinal: the passages of an article have consecutive docids.
// The title's terms stand once an article: what holds for the first passage holds for all of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "nutgraf/analyzer.h"
#include "nutgraf/date.h"

namespace nutgraf {

inline constexpr std::string_view kBodyPrefix = "Z";
inline constexpr std::string_view kTitlePrefix = "S";
inline constexpr std::string_view kHeadingPrefix = "XH";
inline constexpr std::string_view kArticlePrefix = "XA";
inline constexpr std::string_view kSourcePrefix = "XS";
inline constexpr std::string_view kCompanyPrefix = "XC";
inline constexpr std::string_view kCompanyNamePrefix = "XN";
inline constexpr std::string_view kLanguagePrefix = "L";
inline constexpr std::string_view kYearPrefix = "Y";
inline constexpr std::string_view kMonthPrefix = "M";
inline constexpr std::string_view kDayPrefix = "D";

/// A title word counts as so many occurrences in the text (measured: ranking study, title x3 .6304 against x1 .6205).
inline constexpr std::uint32_t kTitleWdf = 3;
inline constexpr std::uint32_t kHeadingWdf = 1;
/// Xapian prunes by the largest wdf of a term: one spammy passage must not spoil that for all.
inline constexpr std::uint32_t kMaxWdf = 24;
/// Xapian refuses terms above 245 bytes.
inline constexpr std::size_t kMaxTermBytes = 240;

/// XA and the id; a long id is cut and told apart by a hash.
[[nodiscard]] std::string article_term(std::string_view id);
/// XS and the folded source; empty where nothing of it is a word.
[[nodiscard]] std::string source_term(std::string_view source, const Analyzer& analyzer);
/// "Bohu Finance (bohuFN)" -> "bohu finance bohufn": case, accents, width and punctuation do not count.
[[nodiscard]] std::string fold(std::string_view text, const Analyzer& analyzer);
[[nodiscard]] std::string year_term(Date date);
[[nodiscard]] std::string month_term(Date date);
[[nodiscard]] std::string day_term(Date date);
/// Stands for a term (with prefix) in side files.
[[nodiscard]] std::uint64_t term_hash(std::string_view term);

}  // namespace nutgraf
