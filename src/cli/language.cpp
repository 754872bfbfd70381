#include "cli/language.h"

#include "nutgraf/query.h"

namespace nutgraf::cli {

std::vector<LanguageExample> language_examples() {
  std::vector<LanguageExample> examples{
      {"phone export", "Words side by side are alternatives; passages that hold more of them rank higher"},
      {"\"open source\"", "These words, in this order"},
      {"chip*", "Words that begin so; at least three letters, or one Chinese character"},
      {"+tencent -grok", "With the one, without the other; signs stand in front of a word, and GPT-4o is one"},
      {"tencent AND yuanbao", "Both words; operators are written in capitals"},
      {"baidu OR alibaba", "Either word"},
      {"phone NOT apple", "The one without the other"},
      {"(baidu OR alibaba) AND cloud", "NOT binds tightest, then AND, then OR; brackets change that"},
      {"liang NEAR/5 wenfeng", "Within 5 words of each other, in any order"},
      {"liang NEAR wenfeng", "The same within 10 words"},
      {"*", "Every passage; only as the whole query"}};
  for (const QueryField& field : query_fields()) {
    const std::string lead = field.kind == QueryFieldKind::text ? "Looks up " : "Keeps only what fits: ";
    examples.push_back({std::string(field.example), lead + std::string(field.description)});
  }
  const std::vector<LanguageExample> values{
      {"title:(apple phone)", "A field of several words; title:\"apple phone\" of a phrase"},
      {"lang:(en zh)", "Either value; conditions on different fields must all be met"},
      {"-source:\"Delta Wire\"", "Without what fits"},
      {"date:2025", "A year; date:2025-02 is a month, date:2025-02-27 a day"},
      {"date:2025-01..2025-03", "From the first day of the one to the last day of the other"},
      {"date:2025-06..", "That day and later; date:..2024 is that day and earlier"},
      {"date:7d", "The last 7 days; also 2w, 3m and 1y for weeks, months and years"},
      {"date:30d..7d", "From 30 days ago to 7 days ago"},
      {"date:yesterday", "That day; also date:today"}};
  examples.insert(examples.end(), values.begin(), values.end());
  return examples;
}

}  // namespace nutgraf::cli
