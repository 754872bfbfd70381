// Runs of watches: what came in since the last one, and the marks.
#include <limits>
#include <set>

#include "nutgraf/watch.h"
#include "watch/watches.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kNothing = std::numeric_limits<std::uint64_t>::max();

std::vector<std::size_t> places_of(const std::vector<std::string>& names, std::span<const Watch> watches) {
  std::set<std::size_t> places;
  for (const auto& name : names) places.insert(place_of(name, watches));
  for (std::size_t place = 0; names.empty() && place < watches.size(); ++place) places.insert(place);
  return {places.begin(), places.end()};
}

WatchNews news_of(const Watch& watch, const WatchRunOptions& options, Searcher& searcher) {
  SearchRequest request = request_of(watch);
  request.limit = options.limit;
  request.today = options.today;
  // The first search only says where the index is.
  request.after = options.all ? 0 : watch.mark.value_or(kNothing);
  WatchNews news{watch, searcher.search(request)};
  if (options.all) news.watch.mark = 0;
  // Of a query that nobody typed.
  if (news.response.corrected) {
    news.response.corrected.reset();
    news.response.hits.clear();
    news.response.total = {};
  }
  return news;
}

std::vector<WatchNews> news_of(std::span<const Watch> watches, const std::vector<std::size_t>& places,
                               const WatchRunOptions& options, const fs::path& index) {
  Searcher searcher(index);
  std::vector<WatchNews> news;
  for (const std::size_t place : places) news.push_back(news_of(watches[place], options, searcher));
  return news;
}

}  // namespace

struct WatchRun::Impl {
  fs::path index;
  FileDescriptor lock;
  std::vector<Watch> watches;       // all there are
  std::vector<std::size_t> places;  // of those that run
  std::vector<WatchNews> news;      // of each of these
};

WatchRun::WatchRun(const fs::path& index, const WatchRunOptions& options)
    : impl_(std::make_unique<Impl>(Impl{index, lock_watches(index), read_watches(index), {}, {}})) {
  impl_->places = places_of(options.names, impl_->watches);
  impl_->news = news_of(impl_->watches, impl_->places, options, index);
}
WatchRun::~WatchRun() = default;
WatchRun::WatchRun(WatchRun&&) noexcept = default;
WatchRun& WatchRun::operator=(WatchRun&&) noexcept = default;

const std::vector<WatchNews>& WatchRun::news() const noexcept { return impl_->news; }

void WatchRun::move_marks() {
  bool moved = false;
  for (std::size_t i = 0; i < impl_->places.size(); ++i) {
    auto& mark = impl_->watches[impl_->places[i]].mark;
    const std::uint64_t seen = impl_->news[i].response.sequence;
    moved = moved || mark != seen;
    mark = seen;
  }
  if (moved) write_watches(impl_->index, impl_->watches);
}

std::vector<WatchNews> look_for_news(const fs::path& index, const WatchRunOptions& options) {
  const std::vector<Watch> watches = read_watches(index);
  return news_of(watches, places_of(options.names, watches), options, index);
}

DocumentStatus status_of(const Hit& hit, const Watch& watch) {
  const bool was_there = watch.mark && hit.article.first_sequence <= *watch.mark;
  return was_there ? DocumentStatus::updated : DocumentStatus::added;
}

}  // namespace nutgraf
