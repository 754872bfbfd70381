// Watches and their news as text.
#include <algorithm>
#include <string>

#include "nutgraf/present.h"
#include "present/columns.h"
#include "present/hits.h"
#include "present/numbers.h"

namespace nutgraf {
namespace {

std::string options_of(const Watch& watch) {
  std::string options;
  if (watch.syntax == QuerySyntax::words) options += " --plain";
  if (watch.by == ResultUnit::passage) options += " --by passage";
  if (!watch.company.empty()) options += " --company " + watch.company;
  if (!watch.source.empty()) options += " --source " + watch.source;
  if (!watch.language.empty()) options += " --lang " + watch.language;
  return options;
}

}  // namespace

std::string to_text(const WatchNews& news, const TextStyle& style) {
  if (news.response.hits.empty()) return {};
  const std::string heading = "== " + news.watch.name + ": " + news.watch.query;
  std::string text = present::Paragraph().add(heading, present::Ink::title).wrapped(style, "", 3) + '\n';
  for (const Hit& hit : news.response.hits) {
    const bool updated = status_of(hit, news.watch) == DocumentStatus::updated;
    text += present::hit_text(hit, style, updated ? "updated" : "") + '\n';
  }
  return text + present::summary_of(news.response).wrapped(style, "", 0) + '\n';
}

std::string to_text(std::span<const Watch> watches) {
  std::size_t widest = 0;
  for (const Watch& watch : watches) widest = std::max(widest, present::columns_of(watch.name));
  std::string text;
  for (const Watch& watch : watches) {
    const std::string read =
        watch.mark ? "read up to article " + present::with_separators(*watch.mark) : "has not run yet";
    text += watch.name + std::string(widest - present::columns_of(watch.name) + 2, ' ') +
            printable(watch.query + options_of(watch)) + " · " + read + '\n';
  }
  return text;
}

}  // namespace nutgraf
