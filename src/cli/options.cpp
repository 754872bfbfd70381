#include "cli/options.h"

#include <cstdlib>
#include <ctime>

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

}  // namespace

void IndexOption::define(CLI::App& app) {
  app.add_option("--index", given, "Folder of the index (default: $NUTGRAF_INDEX, else $XDG_DATA_HOME/nutgraf/index)")
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

CLI::Validator not_empty() {
  return {[](const std::string& value) { return value.empty() ? "the value is empty" : ""; }, ""};
}

Date today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  return Date::from_ymd(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday).value_or(Date());
}

Date parse_day_option(const std::string& option, const std::string& value, bool end) {
  const auto parsed = parse_date_range(value, today());
  if (!parsed.range) {
    throw Error(ErrorCode::usage, option + " " + value + ": " + parsed.problem,
                "Write a day as 2025-02-27, 2025-02, 2025 or 30d.");
  }
  // "30d" is open at its end: as a last day it means that day.
  return end && parsed.range->until.known() ? parsed.range->until : parsed.range->since;
}

ColorChoice ColorOption::choice() const {
  if (given == "always") return ColorChoice::always;
  return given == "never" ? ColorChoice::never : ColorChoice::automatic;
}

}  // namespace nutgraf::cli
