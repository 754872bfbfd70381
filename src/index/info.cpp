// Numbers about an index, counted from what is there rather than kept beside it.
#include <algorithm>

#include "index/live_index.h"
#include "index/terms.h"
#include "nutgraf/index.h"

namespace nutgraf {
namespace {

std::size_t count_terms(Xapian::Database& database, const std::string& prefix) {
  return static_cast<std::size_t>(std::distance(database.allterms_begin(prefix), database.allterms_end(prefix)));
}

std::uint64_t count_tokens(LiveIndex& live) {
  std::uint64_t tokens = 0;
  const auto end = live.database().postlist_end(std::string());
  for (auto posting = live.database().postlist_begin(std::string()); posting != end; ++posting) {
    tokens += live.signatures().of(*posting).size();
  }
  return tokens;
}

// First and last of the D terms, which sort as dates do.
std::pair<Date, Date> date_span(LiveIndex& live) {
  const auto days = live.terms_from(std::string(kDayPrefix));
  const auto date_of = [](const LiveIndex::Term& day) {
    return Date::from_number(static_cast<std::uint32_t>(std::stoul(day.term.substr(kDayPrefix.size()))));
  };
  return days.empty() ? std::pair<Date, Date>() : std::pair(date_of(days.front()), date_of(days.back()));
}

}  // namespace

IndexInfo index_info(const std::filesystem::path& index) {
  LiveIndex live(index);
  return live.read([&](LiveIndex& view) {
    IndexInfo info;
    Xapian::Database& database = view.database();
    info.articles = view.manifest().articles;
    info.passages = database.get_doccount();
    info.terms = count_terms(database, std::string(kBodyPrefix));
    info.tokens = count_tokens(view);
    info.text_bytes = view.manifest().text_bytes;
    for (const LiveShard& shard : view.shards()) {
      info.bytes += folder_bytes(shard.paths().folder);
      info.generation = std::max(info.generation, shard.generation());
    }
    info.batches = view.manifest().batches;
    info.sequence = view.manifest().sequence;
    info.shards = view.shards().size();
    for (const auto& [term, frequency] : view.terms_from(std::string(kLanguagePrefix)))
      info.languages[term.substr(kLanguagePrefix.size())] = frequency;
    info.companies_version = view.manifest().companies_version;
    std::tie(info.first, info.last) = date_span(view);
    return info;
  });
}

}  // namespace nutgraf
