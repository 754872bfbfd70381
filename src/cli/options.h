// Options that several commands share: the index's folder, colour, dates.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>

#include "cli/console.h"
#include "nutgraf/date.h"
#include "nutgraf/search.h"

namespace nutgraf::cli {

/// --index > $NUTGRAF_INDEX > $XDG_DATA_HOME/nutgraf/index > ~/.local/share/nutgraf/index.
struct IndexOption {
  std::string given;

  void define(CLI::App& app);
  /// Error(usage) where nothing says where the index is.
  [[nodiscard]] std::filesystem::path path() const;
};

/// Which hits are shown, and what a hit is: --limit, --offset, --by.
struct PageOptions {
  std::size_t limit = 10;
  std::size_t offset = 0;
  std::string by;

  explicit PageOptions(std::string unit) : by(std::move(unit)) {}
  void define(CLI::App& app);
  void apply(SearchRequest& request) const;
};

/// Which articles count: --since and --until (a day, month or year, or days back from today: "30d"), --source, --lang.
struct ConditionOptions {
  std::string since;
  std::string until;
  std::string source;
  std::string language;

  void define(CLI::App& app);
  [[nodiscard]] bool any() const { return !since.empty() || !until.empty() || !source.empty() || !language.empty(); }
  /// Error(usage) where a day is none, or the last one is before the first.
  void apply(SearchRequest& request) const;
};

/// --rank: how much work a better order is worth; with `yardsticks`, also those that measure it.
struct RankOption {
  std::string given = "default";

  void define(CLI::App& app, bool yardsticks = false);
  [[nodiscard]] RankMode mode() const;
};

/// --strict: no partial answers of a cluster.
void define_strict(CLI::App& app, SearchRequest& request);
/// On stderr, of each. `qid`: of the query, where there are several.
void warn_of_missing_shards(const Console& console, const std::vector<MissingShard>& missing,
                            const std::string& qid = {});

struct ColorOption {
  std::string given = "auto";

  void define(CLI::App& app);
  [[nodiscard]] ColorChoice choice() const;
};

/// What to say of an id that is not in the index, with those that were perhaps meant.
[[nodiscard]] Error unknown_id(const std::filesystem::path& index, const std::string& id);

/// Days of "30d", "2w", "6m" (of 30 days) or "1y" (of 365), at least one; Error(usage) for another.
[[nodiscard]] unsigned parse_half_life(const std::string& value);

/// ISO 639: two letters or three.
[[nodiscard]] CLI::Validator language_code();

/// A value that is there, which "$VARIABLE" in a script may not be: an empty one would be taken for none given.
[[nodiscard]] CLI::Validator not_empty();

/// The day here and now.
[[nodiscard]] Date today();

}  // namespace nutgraf::cli
