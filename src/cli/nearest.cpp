#include "cli/nearest.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/edit_distance.h"

namespace nutgraf::cli {
namespace {

// Words that other programs have for what we have. Those whose meaning no command has are passed over.
constexpr std::array<std::pair<std::string_view, std::string_view>, 36> kOtherWords{{
    {"--after", "--since"},
    {"--before", "--until"},
    {"--colour", "--color"},
    {"--count", "--limit"},
    {"--duplicates", "--dups"},
    {"--from", "--since"},
    {"--group", "--by"},
    {"--language", "--lang"},
    {"--max", "--limit"},
    {"--max-count", "--limit"},
    {"--number", "--limit"},
    {"--output", "--format"},
    {"--publisher", "--source"},
    {"--silent", "--quiet"},
    {"--simulate", "--dry-run"},
    {"--site", "--source"},
    {"--skip", "--offset"},
    {"--threads", "--jobs"},
    {"--time", "--timing"},
    {"--to", "--until"},
    {"--top", "--limit"},
    {"--type", "--format"},
    {"--usage", "--help"},
    {"add", "index"},
    {"cat", "show"},
    {"delete", "remove"},
    {"find", "search"},
    {"fsck", "check"},
    {"get", "show"},
    {"grep", "search"},
    {"import", "index"},
    {"query", "search"},
    {"rm", "remove"},
    {"stats", "info"},
    {"status", "info"},
    {"verify", "check"},
}};

constexpr std::size_t kLongest = 32;  // of what is looked up; nobody mistypes more than that

// The dashes in front do not count: "-x" is not nearly "-n".
std::string_view bare(std::string_view name) { return name.substr(std::min(name.find_first_not_of('-'), name.size())); }

// How many letters may be wrong in a word of this length.
std::size_t allowed_distance(std::size_t letters) { return letters < 3 ? 0 : letters < 5 ? 1 : letters < 9 ? 2 : 3; }

}  // namespace

std::string nearest(std::string_view typed, std::span<const std::string> known) {
  for (const auto& [other, ours] : kOtherWords) {
    if (other == typed && std::find(known.begin(), known.end(), ours) != known.end()) return std::string(ours);
  }
  const std::string_view word = bare(typed);
  std::string best;
  if (word.size() > kLongest) return best;
  std::size_t least = allowed_distance(word.size()) + 1;
  for (const auto& name : known) {
    const std::string_view letters = bare(name);
    if (letters.size() < 2) continue;  // short options are a letter off from each other
    const bool begun =
        word.size() > 2 && letters.size() > 2 && (letters.starts_with(word) || word.starts_with(letters));
    const std::size_t distance = begun ? 1 : edit_distance(word, letters);
    if (distance >= least || distance >= letters.size()) continue;
    least = distance;
    best = name;
  }
  return best;
}

}  // namespace nutgraf::cli
