// Vocabulary: the words of the texts as they are written (folded, not stemmed) and how often, for suggestions. The
// index itself holds stems only. One side file a generation, of sections that each hold words in byte order:
//
//   section     "NGwords2", u64 number of the batch, u32 words, u32 bytes that follow, u32 blocks, u32 bytes of their
//               first words, u64 hash of these fields and the directory
//   directory   for each block a word: its first one, its bytes for a count; then for each u64 largest count of its
//               words, u32 checksum of its bytes
//   block       4 KB of words or a little more; its first one shares nothing
//   word        varint bytes shared with the word before, varint bytes of its own, these bytes, varint count
//
// Directories are verified when the file is opened, blocks when they are read: who completes a beginning waits for the
// most frequent words that begin so, not for all. "NGwords1" has no directory, is verified whole, and still read.
//
// A small batch appends a section, synced before its commit; a large one, or a small one that finds many, merges them
// into one. Every batch leaves a section with its number, so that the next writer can tell what belongs to a batch
// that did not make it (and leaves it out) and what is missing (and counts the words of the stored texts again). Counts
// are weights: those of articles that were replaced or removed stay in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "index/mapped_file.h"
#include "index/string_table.h"
#include "nutgraf/analyzer.h"

namespace nutgraf {

/// Whether the vocabulary lists a token: words without digits, and compounds with a digit behind a letter ("gpt4o"); no
/// CJK, which is searched by the character.
[[nodiscard]] bool is_vocabulary_word(const Token& token);

/// How often words occur, in the order of their arrival.
class WordCounts {
 public:
  void add(std::string_view word, std::uint64_t count = 1);
  void add(const WordCounts& other);
  /// The words of a token stream.
  void add(std::span<const Token> tokens);

  [[nodiscard]] std::size_t size() const noexcept { return counts_.size(); }
  [[nodiscard]] std::uint64_t of(std::string_view word) const;
  /// In the order of arrival. Views into this.
  [[nodiscard]] std::vector<std::pair<std::string_view, std::uint64_t>> words() const;
  /// In byte order of the words. Views into this.
  [[nodiscard]] std::vector<std::pair<std::string_view, std::uint64_t>> sorted() const;

 private:
  StringTable<std::uint64_t> counts_;
};

/// Words and counts as a block holds them, however many they are.
[[nodiscard]] std::string encode_words(const WordCounts& words);

/// Steps through the words of neighbouring blocks without making strings.
class WordCursor {
 public:
  explicit WordCursor(std::string_view blocks) : rest_(blocks) {}

  /// The next word; false at the end.
  bool next();
  /// The first word that does not stand before `target`; false where all do. Of a cursor that has not moved yet: it
  /// looks only at the bytes in which words differ, which takes a third of the time.
  bool seek(std::string_view target);
  [[nodiscard]] std::string_view word() const noexcept { return {word_.data(), size_}; }
  /// Bytes at its beginning that the word before has too.
  [[nodiscard]] std::size_t shared() const noexcept { return shared_; }
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }

 private:
  std::string_view rest_;
  std::string word_ = std::string(64, '\0');  // its first size_ bytes; only grows
  std::size_t size_ = 0;
  std::size_t shared_ = 0;
  std::uint64_t count_ = 0;
};

/// What can be read of a vocabulary file, up to the first section that is torn or has a damaged directory. Moves, does
/// not copy. Not thread-safe: it notes which blocks it has verified.
class Vocabulary {
 public:
  Vocabulary() = default;
  Vocabulary(Vocabulary&&) noexcept = default;
  Vocabulary& operator=(Vocabulary&&) noexcept = default;
  /// No section where there is no such file.
  explicit Vocabulary(const std::filesystem::path& file);

  class Block {
   public:
    Block(std::string_view first, std::string_view bytes, std::uint64_t largest, std::uint32_t checksum)
        : first_(first), bytes_(bytes), largest_(largest), checksum_(checksum) {}
    /// Of bytes that are verified, with counts that are not known.
    explicit Block(std::string_view bytes)
        : bytes_(bytes), largest_(std::numeric_limits<std::uint64_t>::max() / 2), verified_(true) {}

    [[nodiscard]] const std::string& first() const noexcept { return first_; }  ///< word, or less
    [[nodiscard]] std::uint64_t largest() const noexcept { return largest_; }   ///< count, at most
    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }
    [[nodiscard]] bool is_sound() const;

   private:
    friend std::string_view sound_bytes(std::span<const Vocabulary::Block> blocks);

    std::string first_;
    std::string_view bytes_;  // those of the next block follow
    std::uint64_t largest_ = 0;
    std::uint32_t checksum_ = 0;
    mutable bool verified_ = false;
  };
  struct Section {
    std::uint64_t batch = 0;  ///< that wrote it, or the last of those that were merged into it
    std::uint32_t words = 0;
    std::size_t end = 0;        ///< offset in the file just behind it
    std::vector<Block> blocks;  ///< by their first words

    /// That all words which begin so are in, with some of their neighbours.
    [[nodiscard]] std::span<const Block> blocks_with(std::string_view beginning) const;
    [[nodiscard]] bool is_sound() const;
  };
  [[nodiscard]] const std::vector<Section>& sections() const noexcept { return sections_; }
  /// Whether the batch `batch` and all before it are in.
  [[nodiscard]] bool reaches(std::uint64_t batch) const;
  [[nodiscard]] WordCounts counts() const;
  /// Forgets the sections of `batch` and later ones: strays, for the writer of that batch.
  void drop_from(std::uint64_t batch);
  /// Verifies all blocks and forgets the sections from the first one that is not sound.
  void drop_damaged();
  /// Whether the file ends with the last section, so that another may be appended.
  [[nodiscard]] bool ends_whole() const;

 private:
  MappedFile file_;
  std::vector<Section> sections_;
};

/// Of neighbouring blocks, for a WordCursor. Empty where one is damaged: no words are passed over in silence.
[[nodiscard]] std::string_view sound_bytes(std::span<const Vocabulary::Block> blocks);

/// Counts the words of what is stored, where the file does not know them.
using Recount = std::function<WordCounts()>;

/// The words of all batches before `batch`.
[[nodiscard]] WordCounts vocabulary_before(const std::filesystem::path& file, std::uint64_t batch,
                                           const Recount& recount);

/// Adds the words of a small batch, durably.
void append_vocabulary(const std::filesystem::path& file, std::uint64_t batch, const WordCounts& words,
                       const Recount& recount);

/// Writes a new file with one section, durably.
void write_vocabulary(const std::filesystem::path& file, std::uint64_t batch, const WordCounts& words);

}  // namespace nutgraf
