// Watch: saved queries, and how far in the stream of articles each has been read. They are kept in the folder of the
// index, beside the generations, so what becomes of these does not touch them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/search.h"

namespace nutgraf {

/// A saved query.
struct Watch {
  std::string name;  ///< 1 to 100 bytes of UTF-8 without white space and control characters
  std::string query;
  QuerySyntax syntax = QuerySyntax::operators;
  ResultUnit by = ResultUnit::article;  ///< what an item of news is
  std::string source;                   ///< this and what follows as in SearchRequest
  std::string company;
  std::string language;
  std::optional<std::uint64_t> mark;  ///< articles up to this sequence number have been read; nothing: it never ran
};

/// The search that a watch stands for, among all articles.
[[nodiscard]] SearchRequest request_of(const Watch& watch);

/// The watches of an index, in the order in which they were added. Error(index) where there is no index, or the file of
/// the watches makes no sense.
[[nodiscard]] std::vector<Watch> read_watches(const std::filesystem::path& index);

/// schema "nutgraf.watches/1" (src/present/watches.schema.json): the file of the watches, and how they are listed.
[[nodiscard]] std::string to_json(std::span<const Watch> watches);

// Writers of the marks take turns: Error(locked) where another process adds, removes or runs watches of this index.

/// Error(usage) where the name is taken, or is none.
void add_watch(const std::filesystem::path& index, const Watch& watch);
/// Error(usage) where there is no such watch.
void remove_watch(const std::filesystem::path& index, const std::string& name);

/// What a watch has found since it last ran.
struct WatchNews {
  Watch watch;              ///< as it was before the run
  SearchResponse response;  ///< the news, best first; without a mark: none
  /// The mark lies behind the last article of the index, which has been replaced by an older one: what came in since
  /// cannot be told, and the mark goes back.
  [[nodiscard]] bool index_went_back() const { return watch.mark && *watch.mark > response.sequence; }
};

/// Whether an article of the news is new to the watch, or has another title or text than when it was read.
[[nodiscard]] DocumentStatus status_of(const Hit& hit, const Watch& watch);

struct WatchRunOptions {
  std::vector<std::string> names;  ///< empty: all
  std::size_t limit = 20;          ///< hits of each watch; the totals count what is left out
  bool all = false;                ///< as if none of it had been read
  Date today;                      ///< what "7d" in a date filter counts from
};

/// A run in two steps, so that no news is lost: between them the caller writes the news to where they are read. What
/// goes wrong there, and whatever ends the process, leaves the marks where they were: the news will be shown again.
class WatchRun {
 public:
  /// Keeps other runs out as long as it lives. Error(usage) where there is no watch of one of the names.
  WatchRun(const std::filesystem::path& index, const WatchRunOptions& options);
  ~WatchRun();
  WatchRun(WatchRun&&) noexcept;
  WatchRun& operator=(WatchRun&&) noexcept;

  /// Of each watch that runs, in the order in which they were added.
  [[nodiscard]] const std::vector<WatchNews>& news() const noexcept;

  /// Moves the marks to where each search saw the index. On disk when it returns.
  void move_marks();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The same news without keeping anyone out, for a look that moves no mark.
[[nodiscard]] std::vector<WatchNews> look_for_news(const std::filesystem::path& index, const WatchRunOptions& options);

/// Writes a file so that whoever reads it, at any time and after any crash, finds the old or the new content.
void publish_file(const std::filesystem::path& path, std::string_view content);

}  // namespace nutgraf
