#include "spelling/complete.h"

#include <algorithm>
#include <memory_resource>
#include <string>

namespace nutgraf::spelling {
namespace {

/// A word that begins as typed. There are thousands, of which ten become completions: its letters are kept elsewhere.
struct Beginner {
  std::string_view word;
  std::uint64_t count = 0;
};

bool comes_after(const Beginner& a, const Beginner& b) {
  return a.count != b.count ? a.count < b.count : a.word > b.word;
}

/// Words of one part of the alphabet.
struct Part {
  std::span<const Vocabulary::Block> block;  // of the largest list: one, or none
  std::span<const Beginner> others;          // of the other lists
  std::uint64_t most = 0;                    // times that one of them occurs
};

std::uint64_t most_of(std::span<const Beginner> words) {
  std::uint64_t most = 0;
  for (const Beginner& word : words) most = std::max(most, word.count);
  return most;
}

/// The one with the most words; nothing where there is none.
const Vocabulary::Section* largest_section(std::span<const Vocabulary> vocabularies) {
  const Vocabulary::Section* largest = nullptr;
  for (const Vocabulary& vocabulary : vocabularies) {
    for (const auto& section : vocabulary.sections()) {
      if (largest == nullptr || section.words > largest->words) largest = &section;
    }
  }
  return largest;
}

/// By how often their words occur at most, descending.
std::vector<Part> parts_of(std::span<const Vocabulary::Block> blocks, std::span<const Beginner> others) {
  if (blocks.empty()) return {{{}, others, most_of(others)}};
  std::vector<Part> parts;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto in_this = [&](const Beginner& other) {
      return i + 1 == blocks.size() || other.word < blocks[i + 1].first();
    };
    const auto behind = std::partition_point(others.begin(), others.end(), in_this);
    const std::span<const Beginner> here(others.begin(), behind);
    parts.push_back({blocks.subspan(i, 1), here, blocks[i].largest() + most_of(here)});
    others = {behind, others.end()};
  }
  std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.most > b.most; });
  return parts;
}

class Reading {
 public:
  explicit Reading(std::string_view typed) : typed_(typed) {}

  /// Adds the words of a list to `words`, which are in byte order and stay so.
  void add(WordCursor list, std::vector<Beginner>& words) {
    const std::size_t middle = words.size();
    for (bool there = list.seek(typed_); there && list.word().starts_with(typed_); there = list.next())
      words.push_back({kept(list.word()), list.count()});
    unite(words, middle);
  }

  /// The same of words in byte order.
  static void add(std::span<const Beginner> others, std::vector<Beginner>& words) {
    const std::size_t middle = words.size();
    words.insert(words.end(), others.begin(), others.end());
    unite(words, middle);
  }

 private:
  std::string_view kept(std::string_view word) {
    auto* const letters = static_cast<char*>(letters_.allocate(word.size(), 1));
    std::copy(word.begin(), word.end(), letters);
    return {letters, word.size()};
  }

  /// Makes one list of two, words[0, middle) and the rest; counts of the same word add up.
  static void unite(std::vector<Beginner>& words, std::size_t middle) {
    if (middle == 0 || middle == words.size()) return;
    std::inplace_merge(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(middle), words.end(),
                       [](const Beginner& a, const Beginner& b) { return a.word < b.word; });
    std::size_t last = 0;
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (words[i].word == words[last].word) {
        words[last].count += words[i].count;
      } else if (++last != i) {
        words[last] = words[i];
      }
    }
    words.resize(last + 1);
  }

  std::string_view typed_;
  std::pmr::monotonic_buffer_resource letters_;
};

}  // namespace

std::vector<Completion> complete(std::string_view typed, std::span<const Vocabulary> vocabularies,
                                 std::string_view extra, std::size_t limit, const Speller::Findable& findable) {
  Reading reading(typed);
  const Vocabulary::Section* const largest = largest_section(vocabularies);
  std::vector<Beginner> others;
  reading.add(WordCursor(extra), others);
  for (const Vocabulary& vocabulary : vocabularies) {
    for (const auto& section : vocabulary.sections()) {
      if (&section != largest) reading.add(WordCursor(sound_bytes(section.blocks_with(typed))), others);
    }
  }
  const auto blocks = largest == nullptr ? std::span<const Vocabulary::Block>() : largest->blocks_with(typed);
  const std::vector<Part> parts = parts_of(blocks, others);
  std::vector<Completion> best;
  std::vector<Beginner> heap;
  for (auto part = parts.begin(); best.size() < limit;) {
    for (; part != parts.end() && (heap.empty() || part->most >= heap.front().count); ++part) {
      if (!part->block.empty() && !part->block.front().is_sound()) return {};
      std::vector<Beginner> words;
      reading.add(WordCursor(sound_bytes(part->block)), words);
      Reading::add(part->others, words);
      for (const Beginner& word : words) {
        heap.push_back(word);
        std::push_heap(heap.begin(), heap.end(), comes_after);
      }
    }
    if (heap.empty()) break;
    std::pop_heap(heap.begin(), heap.end(), comes_after);
    if (const std::string word(heap.back().word); !findable || findable(word))
      best.push_back({word, heap.back().count});
    heap.pop_back();
  }
  return best;
}

}  // namespace nutgraf::spelling
