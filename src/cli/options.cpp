#include "cli/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <string_view>
#include <vector>

#include "nutgraf/error.h"
#include "nutgraf/index.h"
#include "nutgraf/query.h"
#include "text/excerpt.h"

namespace nutgraf::cli {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

// ISO 639: two letters or three ("und": undetermined).
bool is_language_code(const std::string& code) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return (code.size() == 2 || code.size() == 3) && std::all_of(code.begin(), code.end(), letter);
}

// A day, month or year, or days back from today. `end`: the last day of a month or year instead of the first.
Date parse_day_option(const std::string& option, const std::string& value, bool end) {
  const auto parsed = parse_date_range(value, today());
  if (!parsed.range) {
    throw Error(ErrorCode::usage, option + " " + value + ": " + parsed.problem,
                "Write a day as 2025-02-27, 2025-02, 2025 or 30d.");
  }
  // "30d" is open at its end: as a last day it means that day.
  return end && parsed.range->until.known() ? parsed.range->until : parsed.range->since;
}

struct RankName {
  std::string_view name;
  RankMode mode;
  bool yardstick;
};

constexpr auto kRankNames = std::to_array<RankName>({
    {"fast", RankMode::fast, false},
    {"default", RankMode::standard, false},
    {"thorough", RankMode::thorough, false},
    {"exhaustive", RankMode::exhaustive, true},
    {"bm25", RankMode::bm25, true},
});

}  // namespace

void IndexOption::define(CLI::App& app) {
  app.add_option(
         "--index", given,
         "Folder of the index, or the file of a cluster (default: $NUTGRAF_INDEX, else $XDG_DATA_HOME/nutgraf/index)")
      ->check(not_empty())
      ->type_name("DIR");
}

std::filesystem::path IndexOption::path() const {
  if (!given.empty()) return given;
  if (auto folder = environment("NUTGRAF_INDEX"); !folder.empty()) return folder;
  if (auto folder = environment("XDG_DATA_HOME"); !folder.empty())
    return std::filesystem::path(folder) / "nutgraf" / "index";
  if (auto home = environment("HOME"); !home.empty())
    return std::filesystem::path(home) / ".local" / "share" / "nutgraf" / "index";
  throw Error(ErrorCode::usage, "nothing says where the index is", "Name its folder with --index DIR.");
}

void PageOptions::define(CLI::App& app) {
  app.add_option("--limit,-n", limit, "How many hits to show")
      ->capture_default_str()
      ->check(CLI::Range(1, 10000))
      ->type_name("N");
  app.add_option("--offset", offset, "Hits to pass over first")
      ->capture_default_str()
      ->check(CLI::Range(0, 100000))
      ->type_name("N");
  app.add_option("--by", by, "What a hit is; of an article, its best passage is shown")
      ->check(CLI::IsMember({"passage", "article"}))
      ->capture_default_str()
      ->type_name("UNIT");
}

void PageOptions::apply(SearchRequest& request) const {
  request.limit = limit;
  request.offset = offset;
  request.by = by == "article" ? ResultUnit::article : ResultUnit::passage;
}

void ConditionOptions::define(CLI::App& app) {
  app.add_option("--since", since, "First day: 2025-02-27, 2025-02, 2025, or 30d for the last 30 days")
      ->check(not_empty())
      ->type_name("DATE");
  app.add_option("--until", until, "Last day")->check(not_empty())->type_name("DATE");
  app.add_option("--source", source, "Only from sources whose name holds these words")
      ->check(not_empty())
      ->type_name("NAME");
  app.add_option("--lang", language, "Only in this language: en, zh, ...")->check(language_code())->type_name("CODE");
}

void ConditionOptions::apply(SearchRequest& request) const {
  request.today = today();
  if (!since.empty()) request.since = parse_day_option("--since", since, false);
  if (!until.empty()) request.until = parse_day_option("--until", until, true);
  if (request.since.known() && request.until.known() && request.until < request.since)
    throw Error(ErrorCode::usage, "--since " + since + " is after --until " + until);
  request.source = source;
  request.language = language;
}

void RankOption::define(CLI::App& app, bool yardsticks) {
  std::vector<std::string> names;
  for (const RankName& rank : kRankNames) {
    if (yardsticks || !rank.yardstick) names.emplace_back(rank.name);
  }
  app.add_option("--rank", given, "How much work a better order is worth")
      ->check(CLI::IsMember(names))
      ->capture_default_str()
      ->type_name("HOW");
}

RankMode RankOption::mode() const {
  const auto named = [this](const RankName& rank) { return rank.name == given; };
  return std::find_if(kRankNames.begin(), kRankNames.end(), named)->mode;
}

void define_strict(CLI::App& app, SearchRequest& request) {
  app.add_flag("--strict", request.strict,
               "Fail where a shard of a cluster does not answer, instead of leaving it out");
}

void warn_of_missing_shards(const Console& console, const std::vector<MissingShard>& missing, const std::string& qid) {
  for (const MissingShard& one : missing) {
    print_warning(console, (qid.empty() ? "" : "query " + qid + ": ") + "shard " + std::to_string(one.shard) + " (" +
                               one.server + ") does not answer, so nothing of it is here: " + one.reason);
  }
}

void ColorOption::define(CLI::App& app) {
  app.add_option("--color", given, "When to print in colour")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str()
      ->type_name("WHEN");
}

Error unknown_id(const std::filesystem::path& index, const std::string& id) {
  std::string hint = "nutgraf search --by article finds ids.";
  if (const auto similar = similar_ids(index, id, 3); !similar.empty()) {
    hint = "Did you mean";
    for (const auto& one : similar) hint += (&one == &similar.front() ? " " : ", ") + one;
    hint += "?";
  }
  return {ErrorCode::usage, "no article or passage " + quoted_excerpt(id), hint};
}

unsigned parse_half_life(const std::string& value) {
  constexpr unsigned kMost = 100'000;  // days: older than newspapers are
  constexpr std::string_view kUnits = "dwmy";
  constexpr std::array kDays{1U, 7U, 30U, 365U};
  unsigned count = 0;
  const char* const end = value.data() + value.size();
  const auto [rest, error] = std::from_chars(value.data(), end, count);
  const auto unit = error == std::errc() && end - rest == 1 ? kUnits.find(*rest) : std::string_view::npos;
  if (count == 0 || unit == std::string_view::npos || count > kMost / kDays[unit]) {
    throw Error(ErrorCode::usage, "--recency " + value + " is no half-life", "Write 30d, 2w, 6m or 1y.");
  }
  return count * kDays[unit];
}

CLI::Validator language_code() {
  return {[](const std::string& code) {
            return is_language_code(code) ? std::string() : code + " is no language code (en, zh, de, ...)";
          },
          ""};
}

CLI::Validator not_empty() {
  return {[](const std::string& value) { return value.empty() ? "the value is empty" : ""; }, ""};
}

Date today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  return Date::from_ymd(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday).value_or(Date());
}

ColorChoice ColorOption::choice() const {
  if (given == "always") return ColorChoice::always;
  return given == "never" ? ColorChoice::never : ColorChoice::automatic;
}

}  // namespace nutgraf::cli
