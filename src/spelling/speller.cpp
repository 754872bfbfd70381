// Ranks the words near a typed one by how often they occur and how likely they are typed so; completes prefixes.
#include <algorithm>
#include <cmath>
#include <map>

#include "index/layout.h"
#include "index/shards.h"
#include "index/vocabulary.h"
#include "nutgraf/analyzer.h"
#include "nutgraf/spelling.h"
#include "spelling/complete.h"
#include "spelling/edit_cost.h"
#include "spelling/word_walk.h"

namespace nutgraf {
namespace {

using spelling::letters_of;

// Of the logarithm of the count. Below 1, since what is misspelt is not what is written most: see edit_cost.cpp.
constexpr double kCountWeight = 0.55;
// Nearly everything is one letter away from two letters, and two away from three.
constexpr std::size_t kShortest = 3;
constexpr std::size_t kShortestForTwoEdits = 4;

}  // namespace

struct Speller::Impl {
  std::vector<Vocabulary> vocabularies;  // of the shards
  std::string extra;                     // like a block
  Findable findable;
  Analyzer analyzer;
  mutable TokenStream stream;

  /// Calls `action` with a cursor for each sorted list of words, of which it needs those that begin so.
  template <typename Action>
  void for_each_list(std::string_view beginning, Action&& action) const {
    for (const auto& vocabulary : vocabularies) {
      for (const auto& section : vocabulary.sections()) action(WordCursor(sound_bytes(section.blocks_with(beginning))));
    }
    action(WordCursor(extra));
  }

  /// The surface of all of `text`: its only piece, or the compound of its pieces; empty where there is no such thing.
  [[nodiscard]] std::string fold(std::string_view text) const;
  [[nodiscard]] std::vector<Correction> near(std::string_view typed) const;
};

std::string Speller::Impl::fold(std::string_view text) const {
  analyzer.tokenize(text, "en", stream);
  std::uint32_t pieces = 0;
  for (const Token& token : stream.tokens()) pieces += token.role == TokenRole::piece ? 1 : 0;
  for (const Token& token : stream.tokens()) {
    const bool word = token.role == TokenRole::piece || token.role == TokenRole::whole;
    if (word && token.position == 0 && token.pieces == pieces) return std::string(token.surface);
  }
  return {};
}

std::vector<Correction> Speller::Impl::near(std::string_view typed) const {
  const spelling::Letters letters = letters_of(typed);
  if (letters.size() < kShortest || letters.size() > spelling::kLongestLetters) return {};
  std::map<std::string, Correction, std::less<>> found;
  spelling::WordWalk walk(letters, letters.size() < kShortestForTwoEdits ? 1 : 2);
  for_each_list("", [&](const WordCursor& words) {
    walk.run(words, [&](const WordCursor& cursor, unsigned distance) {
      if (!spelling::is_plain_word(cursor.word())) return;
      Correction& correction = found[std::string(cursor.word())];
      correction.distance = distance;
      correction.count += cursor.count();
    });
  });
  std::vector<Correction> corrections;
  for (auto& [word, correction] : found) {
    correction.word = word;
    correction.score =
        kCountWeight * std::log(static_cast<double>(correction.count)) - spelling::edit_cost(letters, letters_of(word));
    corrections.push_back(std::move(correction));
  }
  return corrections;
}

Speller::Speller(const std::filesystem::path& index, Findable findable, const std::vector<ExtraWord>& extra)
    : impl_(std::make_unique<Impl>()) {
  for (const auto& shard : shard_folders(index))
    impl_->vocabularies.emplace_back(generation_paths(shard, require_live_generation(shard)).words());
  impl_->findable = std::move(findable);
  WordCounts counts;
  for (const ExtraWord& word : extra) {
    if (const std::string folded = impl_->fold(word.word); !folded.empty()) counts.add(folded, word.count);
  }
  impl_->extra = encode_words(counts);
}

Speller::~Speller() = default;
Speller::Speller(Speller&&) noexcept = default;
Speller& Speller::operator=(Speller&&) noexcept = default;

std::vector<Correction> Speller::corrections(std::string_view word, std::size_t limit) const {
  const std::string typed = impl_->fold(word);
  if (!spelling::is_plain_word(typed)) return {};
  std::vector<Correction> candidates = impl_->near(typed);
  const auto same =
      std::find_if(candidates.begin(), candidates.end(), [](const Correction& c) { return c.distance == 0; });
  if (same != candidates.end()) {
    if (!impl_->findable || impl_->findable(typed)) return {};
    candidates.erase(same);  // the articles that had it are gone
  }
  // A heap: few of many are wanted.
  const auto comes_after = [](const Correction& a, const Correction& b) {
    return a.score != b.score ? a.score < b.score : a.word > b.word;
  };
  std::make_heap(candidates.begin(), candidates.end(), comes_after);
  std::vector<Correction> best;
  while (!candidates.empty() && best.size() < limit) {
    std::pop_heap(candidates.begin(), candidates.end(), comes_after);
    if (!impl_->findable || impl_->findable(candidates.back().word)) best.push_back(std::move(candidates.back()));
    candidates.pop_back();
  }
  return best;
}

std::vector<Completion> Speller::completions(std::string_view prefix, std::size_t limit) const {
  const std::string typed = impl_->fold(prefix);
  if (typed.empty()) return {};
  return spelling::complete(typed, impl_->vocabularies, impl_->extra, limit, impl_->findable);
}

bool Speller::knows(std::string_view word) const {
  const std::string typed = impl_->fold(word);
  bool known = false;
  impl_->for_each_list(typed, [&](WordCursor words) { known = known || (words.seek(typed) && words.word() == typed); });
  return known && (!impl_->findable || impl_->findable(typed));
}

}  // namespace nutgraf
