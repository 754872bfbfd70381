#include "watch/watches.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "index/shards.h"
#include "nutgraf/error.h"
#include "text/edit_distance.h"
#include "text/excerpt.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "nutgraf.watches/1";
constexpr std::size_t kLongestName = 100;

fs::path file_of(const fs::path& index) { return index / "watches.json"; }

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

std::string text_of(const Json& value) { return value.is_null() ? std::string() : value.get<std::string>(); }

Json json_of(const Watch& watch) {
  return {{"name", watch.name},
          {"query", watch.query},
          {"plain", watch.syntax == QuerySyntax::words},
          {"by", watch.by == ResultUnit::article ? "article" : "passage"},
          {"source", text_or_null(watch.source)},
          {"company", text_or_null(watch.company)},
          {"lang", text_or_null(watch.language)},
          {"mark", watch.mark ? Json(*watch.mark) : Json(nullptr)}};
}

Watch watch_of(const Json& json) {
  Watch watch;
  watch.name = json.at("name").get<std::string>();
  watch.query = json.at("query").get<std::string>();
  watch.syntax = json.at("plain").get<bool>() ? QuerySyntax::words : QuerySyntax::operators;
  watch.by = json.at("by").get<std::string>() == "article" ? ResultUnit::article : ResultUnit::passage;
  watch.source = text_of(json.at("source"));
  watch.company = text_of(json.at("company"));
  watch.language = text_of(json.at("lang"));
  if (!json.at("mark").is_null()) watch.mark = json.at("mark").get<std::uint64_t>();
  return watch;
}

template <typename Wrong>
bool any_character(std::string_view text, Wrong&& wrong) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    if (wrong(c)) return true;
    at += c.size;
  }
  return false;
}

bool is_no_text(const CodePoint& c) { return !c.valid || c.value < ' ' || (c.value >= 0x7F && c.value < 0xA0); }

void check_texts(const Watch& watch) {
  const bool bad_name =
      any_character(watch.name, [](const CodePoint& c) { return is_no_text(c) || is_space(c.value); });
  if (watch.name.empty() || watch.name.size() > kLongestName || bad_name) {
    throw Error(ErrorCode::usage, quoted_excerpt(watch.name) + " cannot be the name of a watch",
                "Choose a word of at most " + std::to_string(kLongestName) + " bytes.");
  }
  for (const std::string* text : {&watch.query, &watch.source, &watch.company, &watch.language}) {
    if (any_character(*text, is_no_text))
      throw Error(ErrorCode::usage, quoted_excerpt(*text) + " is no text that can be kept", "Write it in UTF-8.");
  }
}

}  // namespace

SearchRequest request_of(const Watch& watch) {
  SearchRequest request;
  request.query = watch.query;
  request.syntax = watch.syntax;
  request.by = watch.by;
  request.source = watch.source;
  request.company = watch.company;
  request.language = watch.language;
  return request;
}

std::string to_json(std::span<const Watch> watches) {
  Json list = Json::array();
  for (const Watch& watch : watches) list.push_back(json_of(watch));
  return Json{{"schema", kSchema}, {"watches", std::move(list)}}.dump(2);
}

std::vector<Watch> read_watches(const fs::path& index) {
  require_index(index);
  const auto text = read_small_file(file_of(index));
  std::vector<Watch> watches;
  std::error_code ignored;
  if (!text && fs::exists(file_of(index), ignored))
    throw Error(ErrorCode::index, "cannot read the watches in " + file_of(index).string(), "Check who owns the file.");
  if (!text) return watches;
  try {
    const Json json = Json::parse(*text);
    if (json.at("schema") != kSchema) throw std::runtime_error("another schema");
    for (const Json& watch : json.at("watches")) watches.push_back(watch_of(watch));
  } catch (const std::exception& problem) {
    throw Error(ErrorCode::index, "the watches in " + file_of(index).string() + " make no sense: " + problem.what(),
                "Mend the file, or remove it and add the watches again; the index itself is not touched by this.");
  }
  return watches;
}

void write_watches(const fs::path& index, std::span<const Watch> watches) {
  replace_file(file_of(index), to_json(watches) + "\n");
}

FileDescriptor lock_watches(const fs::path& index) {
  require_index(index);  // before a file is made in a folder that is no index
  if (auto lock = try_lock(index / "watches.lock")) return std::move(*lock);
  throw Error(ErrorCode::locked, "another process is at the watches of " + index.string(),
              "Wait until it is done and run the command again. No news is lost.");
}

std::size_t place_of(const std::string& name, std::span<const Watch> watches) {
  const auto found =
      std::find_if(watches.begin(), watches.end(), [&](const Watch& watch) { return watch.name == name; });
  if (found != watches.end()) return static_cast<std::size_t>(found - watches.begin());
  std::string nearest;
  std::size_t least = name.size() / 3 + 2;
  for (const Watch& watch : watches) {
    const std::size_t distance = edit_distance(name, watch.name);
    if (distance < least) nearest = watch.name, least = distance;
  }
  throw Error(ErrorCode::usage, "there is no watch " + quoted_excerpt(name),
              nearest.empty() ? "nutgraf watch list names those there are." : "Did you mean " + nearest + "?");
}

void add_watch(const fs::path& index, const Watch& watch) {
  check_texts(watch);
  const FileDescriptor lock = lock_watches(index);
  std::vector<Watch> watches = read_watches(index);
  for (const Watch& other : watches) {
    if (other.name == watch.name)
      throw Error(ErrorCode::usage, "there is a watch " + watch.name + " already",
                  "Choose another name, or remove it first: nutgraf watch remove " + watch.name);
  }
  watches.push_back(watch);
  write_watches(index, watches);
}

void remove_watch(const fs::path& index, const std::string& name) {
  const FileDescriptor lock = lock_watches(index);
  std::vector<Watch> watches = read_watches(index);
  watches.erase(watches.begin() + static_cast<std::ptrdiff_t>(place_of(name, watches)));
  write_watches(index, watches);
}

void publish_file(const fs::path& path, std::string_view content) { replace_file(fs::absolute(path), content); }

}  // namespace nutgraf
