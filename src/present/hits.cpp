#include "present/hits.h"

#include <algorithm>
#include <vector>

#include "present/numbers.h"
#include "present/tables.h"

namespace nutgraf::present {
namespace {

constexpr std::size_t kListedDuplicates = 3;

/// "id#8 (Source, 2025-02-27)"
void add_duplicate(Paragraph& list, const DuplicateRef& duplicate) {
  list.add_whole(duplicate.passage, Ink::dim);
  std::string origin = duplicate.source;
  if (duplicate.date.known()) origin += (origin.empty() ? "" : ", ") + duplicate.date.iso();
  if (!origin.empty()) list.add(" (" + origin + ")", Ink::dim);
}

Paragraph duplicates_line(const std::vector<DuplicateRef>& duplicates) {
  Paragraph list;
  if (duplicates.empty()) return list;
  list.add("also in: ", Ink::dim);
  // "and 1 more" would take the place of the one it hides.
  const std::size_t shown = duplicates.size() <= kListedDuplicates + 1 ? duplicates.size() : kListedDuplicates;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) list.add(", ", Ink::dim);
    add_duplicate(list, duplicates[i]);
  }
  if (shown < duplicates.size())
    list.add(", and " + hard(with_separators(duplicates.size() - shown), "more"), Ink::dim);
  return list;
}

// What a record, front matter or a page's metadata says of a date needs no word: the others are read out of what was
// not written for it.
bool is_stated(DateSource source) {
  return source == DateSource::record || source == DateSource::front_matter || source == DateSource::meta;
}

/// "2025-02-27", with where it was found if that is weaker than a statement, or asked for.
std::string dated(const ArticleRecord& article, bool explain) {
  if (!article.date.known() || (is_stated(article.date_source) && !explain)) return article.date.iso();
  std::string source(name_of(article.date_source));
  std::replace(source.begin(), source.end(), '_', ' ');
  return hard(article.date.iso(), "(" + source + ")");
}

void add_marked(Paragraph& paragraph, const Fragment& fragment) {
  const std::string_view text = fragment.text;
  std::size_t at = 0;
  for (const ByteRange mark : fragment.marks) {
    // Marks come in order and within the text; anything else is shown unmarked rather than read out of bounds.
    if (mark.begin < at || mark.end < mark.begin || mark.end > text.size()) continue;
    paragraph.add(text.substr(at, mark.begin - at));
    paragraph.add(text.substr(mark.begin, mark.size()), Ink::mark);
    at = mark.end;
  }
  paragraph.add(text.substr(at));
}

/// The fragments in one paragraph, with "…" wherever words of the passage are left out.
Paragraph snippet_of(const Hit& hit) {
  constexpr std::string_view kWhiteSpace = " \t\r\n";
  const std::string_view whole = hit.passage.text;
  const auto has_text = [&](std::size_t begin, std::size_t end) {
    return begin < end && end <= whole.size() &&
           whole.substr(begin, end - begin).find_first_not_of(kWhiteSpace) != std::string_view::npos;
  };
  Paragraph snippet;
  std::size_t shown_to = 0;
  for (const Fragment& fragment : hit.snippet) {
    const bool gap = has_text(shown_to, fragment.bytes.begin);
    if (gap) snippet.add(snippet.empty() ? "… " : hard("", "… "));
    if (!gap && !snippet.empty()) snippet.add(" ");
    add_marked(snippet, fragment);
    shown_to = fragment.bytes.end;
  }
  if (!snippet.empty() && has_text(shown_to, whole.size())) snippet.add(hard("", "…"));
  return snippet;
}

}  // namespace

std::string hard(std::string_view a, std::string_view b) {
  return std::string(a) + std::string(kHardSpace) + std::string(b);
}

std::string count(std::uint64_t number, std::string_view noun) {
  return hard(with_separators(number), noun) + (number == 1 ? "" : "s");
}

void add_item(Paragraph& items, std::string_view item, Ink ink, bool whole) {
  if (item.empty()) return;
  if (!items.empty()) items.add(hard("", "· "), ink);
  if (whole) {
    items.add_whole(item, ink);
  } else {
    items.add(item, ink);
  }
}

std::string lines_of(LineRange lines, BytesOf bytes_of) {
  std::string text = lines.first == lines.last
                         ? hard("line", std::to_string(lines.first))
                         : hard("lines", std::to_string(lines.first) + "-" + std::to_string(lines.last));
  // These lines are not lines of the file that the reader would open.
  if (bytes_of == BytesOf::field || bytes_of == BytesOf::text) text += " of the text";
  return text;
}

std::string title_of(const ArticleRecord& article) { return article.title.empty() ? "(no title)" : article.title; }

std::string hit_text(const Hit& hit, const TextStyle& style, std::string_view note) {
  const std::string lead = std::to_string(hit.rank) + ". ";
  const std::size_t indent = lead.size();
  const std::string margin(indent, ' ');
  const auto body = [&](const Paragraph& paragraph) { return paragraph.wrapped(style, margin, indent); };

  Paragraph origin;
  add_item(origin, note, Ink::dim);
  add_item(origin, dated(hit.article, hit.explanation.has_value()), Ink::dim);
  add_item(origin, hit.article.source, Ink::dim);
  add_item(origin, hit.passage.id, Ink::dim, true);
  add_item(origin, lines_of(hit.passage.lines, hit.article.bytes_of), Ink::dim);

  std::string text = Paragraph().add(title_of(hit.article), Ink::title).wrapped(style, lead, indent);
  text += body(origin);
  if (!hit.passage.heading.empty()) text += body(Paragraph().add(hard("§", hit.passage.heading)));
  text += body(snippet_of(hit));
  text += body(duplicates_line(hit.duplicates));
  if (hit.explanation) text += explanation_text(*hit.explanation, indent);
  return text;
}

// Two digits: more would pass for a count.
std::size_t roughly(std::size_t estimate) {
  std::size_t unit = 1;
  while (estimate / unit >= 100) unit *= 10;
  return (estimate + unit / 2) / unit * unit;
}

std::string total_of(std::size_t found, bool exact, const char* what) {
  return exact ? count(found, what) : hard("about", count(roughly(found), what));
}

Paragraph summary_of(const SearchResponse& response) {
  const std::string passages = total_of(response.total.passages, response.total.exact, "passage");
  const std::string articles = total_of(response.total.articles, response.total.exact, "article");
  Paragraph summary;
  add_item(summary, response.by == ResultUnit::article ? articles + ", " + passages : passages + " in " + articles,
           Ink::dim);
  // Folded duplicates count in the total but are no hits: a page that is not full is the last one.
  const std::size_t last = response.offset + response.hits.size();
  const std::size_t total = response.by == ResultUnit::article ? response.total.articles : response.total.passages;
  if (response.hits.empty()) {
    add_item(summary, "none from " + hard(with_separators(response.offset + 1), "on"), Ink::dim);
  } else if (response.offset > 0 || (response.hits.size() >= response.limit && last < total)) {
    add_item(summary, hard("showing", with_separators(response.offset + 1) + "-" + with_separators(last)), Ink::dim);
  }
  if (response.milliseconds) {
    add_item(summary, hard(fixed(rounded(*response.milliseconds), 1), "ms"), Ink::dim);
  }
  return summary;
}

}  // namespace nutgraf::present
