#include "index/layout.h"

#include <array>
#include <charconv>
#include <cstdio>

#include "index/file_io.h"
#include "nutgraf/error.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGenerationPrefix = "gen-";
constexpr std::string_view kFirstShard = "shard-001";  // shards.h

std::string generation_name(std::uint64_t generation) {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "gen-%04llu", static_cast<unsigned long long>(generation));
  return name.data();
}

std::optional<std::uint64_t> generation_number(std::string_view name) {
  if (!name.starts_with(kGenerationPrefix)) return {};
  name.remove_prefix(kGenerationPrefix.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size()) return {};
  return number;
}

}  // namespace

GenerationPaths generation_paths(const fs::path& index, std::uint64_t generation) {
  return {index / generation_name(generation)};
}

std::optional<std::uint64_t> live_generation(const fs::path& index) {
  std::error_code ignored;
  if (fs::exists(index, ignored) && !fs::is_directory(index, ignored)) {
    throw Error(ErrorCode::index, index.string() + " is a file, not an index", "Name a folder with --index.");
  }
  auto content = read_small_file(index / "CURRENT");
  while (content) {
    while (!content->empty() && content->back() == '\n') content->pop_back();
    const auto generation = generation_number(*content);
    if (generation && fs::is_directory(generation_paths(index, *generation).folder, ignored)) return generation;
    // A writer may have published another generation, and swept this one, between our two looks.
    auto again = read_small_file(index / "CURRENT");
    if (again == *content + "\n" || again == *content) {
      throw Error(ErrorCode::index,
                  "the index " + index.string() + " is damaged: CURRENT names \"" + *content + "\", which is not there",
                  "Index the articles again into an empty folder.");
    }
    content = std::move(again);
  }
  return {};
}

std::uint64_t require_live_generation(const fs::path& index) {
  if (const auto generation = live_generation(index)) return *generation;
  if (std::error_code ignored; fs::exists(index / kFirstShard, ignored)) {
    throw Error(ErrorCode::index, "the index " + index.string() + " is damaged: its file shards is missing",
                "Bring it back, or index the articles again into an empty folder.");
  }
  throw Error(ErrorCode::index, "there is no index at " + index.string(),
              "Make one with: nutgraf index FOLDER --index " + index.string());
}

void publish_generation(const fs::path& index, std::uint64_t generation) {
  replace_file(index / "CURRENT", generation_name(generation) + "\n");
}

void sweep_strays(const fs::path& index, std::optional<std::uint64_t> live) {
  for (const auto& entry : fs::directory_iterator(index)) {
    const auto number = generation_number(entry.path().filename().string());
    if (number && number != live) fs::remove_all(entry.path());
  }
}

}  // namespace nutgraf
