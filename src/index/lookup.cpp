// Single articles and passages by id.
#include <algorithm>
#include <charconv>

#include "index/live_index.h"
#include "index/terms.h"
#include "nutgraf/index.h"

namespace nutgraf {
namespace {

struct PassageId {
  std::string_view article;
  unsigned ordinal = 0;
};

// "a/b.txt#3" -> {"a/b.txt", 3}; nothing where no number follows a '#'.
std::optional<PassageId> parse_passage_id(std::string_view id) {
  const auto hash = id.rfind('#');
  if (hash == std::string_view::npos || hash + 1 == id.size()) return {};
  PassageId parsed{id.substr(0, hash), 0};
  const auto [end, error] = std::from_chars(id.data() + hash + 1, id.data() + id.size(), parsed.ordinal);
  if (error != std::errc() || end != id.data() + id.size() || parsed.ordinal == 0) return {};
  return parsed;
}

PassageRecord named(PassageRecord passage, const ArticleRecord& article) {
  passage.id = article.id + "#" + std::to_string(passage.ordinal);
  return passage;
}

StoredArticle load(LiveIndex& live, Xapian::docid first, unsigned only) {
  StoredArticle stored{live.article(first), {}};
  for (unsigned ordinal = only == 0 ? 1 : only; ordinal <= (only == 0 ? stored.article.passages : only); ++ordinal) {
    stored.passages.push_back(named(live.passage(live.signatures().passage(first, ordinal)).passage, stored.article));
  }
  return stored;
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
  const auto end =
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin()).first;
  return static_cast<std::size_t>(end - a.begin());
}

}  // namespace

std::optional<StoredArticle> find_article(const std::filesystem::path& index, std::string_view id) {
  LiveIndex live(index);
  return live.read([&](LiveIndex& view) -> std::optional<StoredArticle> {
    if (const auto first = view.first_passage(id); first != 0) return load(view, first, 0);
    const auto parsed = parse_passage_id(id);
    if (!parsed) return {};
    const auto first = view.first_passage(parsed->article);
    if (first == 0 || parsed->ordinal > view.article(first).passages) return {};
    return load(view, first, parsed->ordinal);
  });
}

std::vector<std::string> similar_ids(const std::filesystem::path& index, std::string_view id, std::size_t limit) {
  if (id.empty()) return {};
  LiveIndex live(index);
  return live.read([&](LiveIndex& view) {
    // An id that is a part of another (a file name without its folder) is what people type.
    std::vector<std::pair<std::size_t, std::string>> candidates;
    const std::string prefix(kArticlePrefix);
    for (auto term = view.database().allterms_begin(prefix); term != view.database().allterms_end(prefix); ++term) {
      std::string candidate = (*term).substr(prefix.size());
      const bool part = candidate.find(id) != std::string::npos;
      const std::size_t shared = common_prefix(candidate, id);
      if (part || shared * 2 >= id.size())
        candidates.emplace_back(part ? id.size() + shared : shared, std::move(candidate));
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> ids;
    for (auto& [score, candidate] : candidates) {
      if (ids.size() == limit) break;
      ids.push_back(std::move(candidate));
    }
    return ids;
  });
}

}  // namespace nutgraf
