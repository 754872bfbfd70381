#include "index/vocabulary.h"

#include <fcntl.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <iterator>
#include <optional>

#include "index/file_io.h"
#include "index/varint.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

// A longer word is an address, a formula or a line of code: nobody types it.
constexpr std::size_t kLongestWord = 40;
constexpr std::string_view kMagic = "NGwords2";
constexpr std::string_view kMagicWithoutBlocks = "NGwords1";
constexpr std::size_t kBlock = 4096;  // bytes that end a block
// Readers go through all sections: they are merged when they are many, or hold about half of all words.
constexpr std::size_t kMostSections = 32;
constexpr std::size_t kSmallFile = std::size_t{64} << 10;

struct Header {
  std::array<char, kMagic.size()> magic{};
  std::uint64_t batch = 0;
  std::uint32_t words = 0;
  std::uint32_t bytes = 0;
  std::uint32_t blocks = 0;
  std::uint32_t first_words = 0;  // bytes
  std::uint64_t hash = 0;

  [[nodiscard]] std::size_t directory() const {
    return first_words + blocks * (sizeof(std::uint64_t) + sizeof(std::uint32_t));
  }
};
static_assert(sizeof(Header) == 40);

struct HeaderWithoutBlocks {
  std::array<char, kMagic.size()> magic{};
  std::uint64_t batch = 0;
  std::uint32_t words = 0;
  std::uint32_t bytes = 0;
  std::uint64_t hash = 0;
};
static_assert(sizeof(HeaderWithoutBlocks) == 32);

std::uint64_t hash_of(const Header& header, std::string_view directory) {
  const std::array<std::uint64_t, 5> fields{header.batch, header.words, header.bytes, header.blocks,
                                            header.first_words};
  return XXH3_64bits_withSeed(directory.data(), directory.size(), XXH3_64bits(fields.data(), sizeof fields));
}

std::uint64_t hash_of(const HeaderWithoutBlocks& header, std::string_view bytes) {
  const std::array<std::uint64_t, 3> fields{header.batch, header.words, header.bytes};
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), XXH3_64bits(fields.data(), sizeof fields));
}

std::uint32_t checksum_of(std::string_view block) {
  return static_cast<std::uint32_t>(XXH3_64bits(block.data(), block.size()));
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
  const auto most = static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()));
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.begin() + most, b.begin()).first - a.begin());
}

// Up to a whole character, so that readers can count in characters.
std::size_t shared_prefix(std::string_view before, std::string_view word) {
  return code_point_start(word, common_prefix(before, word));
}

void put_word(std::string& bytes, std::string_view before, std::string_view word, std::uint64_t count) {
  const std::size_t shared = shared_prefix(before, word);
  put_varint(bytes, shared);
  put_varint(bytes, word.size() - shared);
  bytes += word.substr(shared);
  put_varint(bytes, count);
}

template <typename T>
std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

std::string encode_section(std::uint64_t batch, const WordCounts& counts) {
  std::string blocks, first_words, largest_counts, checksums;
  std::string_view first;
  const auto words = counts.sorted();
  for (auto word = words.begin(); word != words.end();) {
    const std::string_view first_before = std::exchange(first, word->first);
    const std::size_t begin = blocks.size();
    std::uint64_t largest = 0;
    for (std::string_view before; word != words.end() && blocks.size() < begin + kBlock; ++word) {
      put_word(blocks, before, word->first, word->second);
      before = word->first;
      largest = std::max(largest, word->second);
    }
    largest_counts += bytes_of(largest);
    put_word(first_words, first_before, first, blocks.size() - begin);
    checksums += bytes_of(checksum_of(std::string_view(blocks).substr(begin)));
  }
  const std::string directory = first_words + largest_counts + checksums;
  Header header;
  std::copy(kMagic.begin(), kMagic.end(), header.magic.begin());
  header.batch = batch;
  header.words = static_cast<std::uint32_t>(words.size());
  header.bytes = static_cast<std::uint32_t>(directory.size() + blocks.size());
  header.blocks = static_cast<std::uint32_t>(checksums.size() / sizeof(std::uint32_t));
  header.first_words = static_cast<std::uint32_t>(first_words.size());
  header.hash = hash_of(header, directory);
  return std::string(bytes_of(header)) + directory + blocks;
}

struct Number {
  std::uint64_t value;
  std::string_view behind;
};

[[gnu::noinline]] Number long_number(std::string_view bytes) {
  const std::uint64_t value = take_varint(bytes).value_or(0);
  return {value, bytes};
}

// Takes a number away from the front.
inline std::uint64_t number(std::string_view& bytes) {
  if (!bytes.empty() && static_cast<unsigned char>(bytes.front()) < 0x80) {  // nearly all are
    const auto value = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    return value;
  }
  const Number long_one = long_number(bytes);
  bytes = long_one.behind;
  return long_one.value;
}

bool is_crowded(const std::vector<Vocabulary::Section>& sections) {
  if (sections.empty()) return false;
  const std::size_t main = sections.front().end;
  return sections.size() >= kMostSections || sections.back().end - main > main / 2 + kSmallFile;
}

// Nothing where less than a T is left.
template <typename T>
std::optional<T> value_at(std::string_view bytes) {
  if (bytes.size() < sizeof(T)) return std::nullopt;
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

// From the front of what is long enough.
template <typename T>
T take(std::string_view& bytes) {
  const T value = *value_at<T>(bytes);
  bytes.remove_prefix(sizeof value);
  return value;
}

// The section that `rest` begins with, whose end is counted from there; nothing where it is torn or damaged.
std::optional<Vocabulary::Section> read_section(std::string_view rest) {
  const auto header = value_at<Header>(rest);
  if (!header || !rest.starts_with(kMagic)) return std::nullopt;
  rest.remove_prefix(sizeof *header);
  if (header->bytes > rest.size() || header->directory() > header->bytes) return std::nullopt;
  const std::string_view directory = rest.substr(0, header->directory());
  if (hash_of(*header, directory) != header->hash) return std::nullopt;
  Vocabulary::Section section{header->batch, header->words, sizeof *header + header->bytes, {}};
  section.blocks.reserve(header->blocks);
  std::string_view blocks = rest.substr(directory.size(), header->bytes - directory.size());
  std::string_view largest_counts = directory.substr(header->first_words);
  std::string_view checksums = largest_counts.substr(header->blocks * sizeof(std::uint64_t));
  for (WordCursor firsts(directory.substr(0, header->first_words)); firsts.next();) {
    const std::string_view bytes = blocks.substr(0, firsts.count());
    section.blocks.emplace_back(firsts.word(), bytes, take<std::uint64_t>(largest_counts),
                                take<std::uint32_t>(checksums));
    blocks.remove_prefix(bytes.size());
  }
  return section;
}

// The same of a file of before there were blocks: all words are one.
std::optional<Vocabulary::Section> read_section_without_blocks(std::string_view rest) {
  const auto header = value_at<HeaderWithoutBlocks>(rest);
  if (!header || !rest.starts_with(kMagicWithoutBlocks)) return std::nullopt;
  const std::string_view bytes = rest.substr(sizeof *header, header->bytes);
  if (bytes.size() < header->bytes || hash_of(*header, bytes) != header->hash) return std::nullopt;
  return Vocabulary::Section{header->batch, header->words, sizeof *header + bytes.size(), {Vocabulary::Block(bytes)}};
}

}  // namespace

bool is_vocabulary_word(const Token& token) {
  const std::string_view word = token.surface;
  if (word.size() > kLongestWord || (token.role != TokenRole::piece && token.role != TokenRole::whole)) return false;
  const auto lead = static_cast<unsigned char>(word.front());
  // Below U+0100 folded text has only ASCII letters; CJK starts with a byte from E1 on.
  const bool letter = (lead >= 'a' && lead <= 'z') || (lead >= 0xC4 && !is_cjk(code_point_at(word, 0).value));
  if (!letter) return false;
  const bool digit = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digit == (token.role == TokenRole::whole);
}

void WordCounts::add(std::string_view word, std::uint64_t count) { counts_[counts_.enter(word, 0)].value += count; }

void WordCounts::add(const WordCounts& other) {
  for (const auto& [word, count] : other.words()) add(word, count);
}

void WordCounts::add(std::span<const Token> tokens) {
  for (const Token& token : tokens) {
    if (is_vocabulary_word(token)) add(token.surface);
  }
}

std::uint64_t WordCounts::of(std::string_view word) const {
  const auto* const record = counts_.find(word);
  return record != nullptr ? record->value : 0;
}

std::vector<std::pair<std::string_view, std::uint64_t>> WordCounts::words() const {
  std::vector<std::pair<std::string_view, std::uint64_t>> words;
  words.reserve(counts_.size());
  counts_.for_each([&](const auto& record) { words.emplace_back(record.string(), record.value); });
  return words;
}

std::vector<std::pair<std::string_view, std::uint64_t>> WordCounts::sorted() const {
  auto words = this->words();
  std::sort(words.begin(), words.end());
  return words;
}

std::string encode_words(const WordCounts& words) {
  std::string bytes;
  std::string_view before;
  for (const auto& [word, count] : words.sorted()) {
    put_word(bytes, before, word, count);
    before = word;
  }
  return bytes;
}

bool WordCursor::next() {
  if (rest_.empty()) return false;
  shared_ = std::min<std::size_t>(number(rest_), size_);
  const auto size = number(rest_);
  const std::string_view own = rest_.substr(0, size);
  size_ = shared_ + own.size();
  if (size_ > word_.size()) word_.resize(size_);
  for (std::size_t i = 0; i < own.size(); ++i) word_[shared_ + i] = own[i];  // a few bytes: a loop beats memcpy
  rest_.remove_prefix(own.size());
  count_ = number(rest_);
  return true;
}

bool WordCursor::seek(std::string_view target) {
  std::string_view rest = rest_;  // in registers, as a member is not
  std::size_t matched = 0;        // bytes of `target` that the word before begins with
  while (!rest.empty()) {
    const std::string_view entry = rest;
    const std::size_t shared = number(rest);
    const auto size = number(rest);
    // A word that shares more differs from the target where the word before does.
    if (shared <= matched) {
      const std::string_view own = rest.substr(0, size), wanted = target.substr(shared);
      matched = shared + common_prefix(own, wanted);
      if (own >= wanted) {
        word_.replace(0, shared, target.substr(0, shared));
        size_ = shared;
        rest_ = entry;
        return next();
      }
    }
    rest.remove_prefix(std::min<std::size_t>(size, rest.size()));
    number(rest);
  }
  rest_ = {};
  size_ = 0;
  return false;
}

Vocabulary::Vocabulary(const fs::path& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return;
  file_ = MappedFile(file);
  const std::string_view all(static_cast<const char*>(file_.data()), file_.size());
  for (std::size_t at = 0; at < all.size(); at = sections_.back().end) {
    auto section = read_section(all.substr(at));
    if (!section) section = read_section_without_blocks(all.substr(at));
    if (!section) return;
    section->end += at;
    sections_.push_back(std::move(*section));
  }
}

bool Vocabulary::Block::is_sound() const {
  verified_ = verified_ || checksum_of(bytes_) == checksum_;
  return verified_;
}

std::string_view sound_bytes(std::span<const Vocabulary::Block> blocks) {
  if (blocks.empty() || !std::all_of(blocks.begin(), blocks.end(), std::mem_fn(&Vocabulary::Block::is_sound)))
    return {};
  const char* const begin = blocks.front().bytes_.data();
  const std::string_view last = blocks.back().bytes_;
  return {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
}

std::span<const Vocabulary::Block> Vocabulary::Section::blocks_with(std::string_view beginning) const {
  const auto before = [&](const Block& block) { return block.first() <= beginning; };
  const auto within = [&](const Block& block) { return before(block) || block.first().starts_with(beginning); };
  const auto behind = std::partition_point(blocks.begin(), blocks.end(), within);
  auto first = std::partition_point(blocks.begin(), behind, before);
  if (first != blocks.begin()) --first;  // words that begin so may stand behind its first one
  return {first, behind};
}

bool Vocabulary::Section::is_sound() const {
  return std::all_of(blocks.begin(), blocks.end(), std::mem_fn(&Block::is_sound));
}

bool Vocabulary::reaches(std::uint64_t batch) const {
  return batch == 0 || (!sections_.empty() && sections_.back().batch >= batch);
}

void Vocabulary::drop_from(std::uint64_t batch) {
  while (!sections_.empty() && sections_.back().batch >= batch) sections_.pop_back();
}

void Vocabulary::drop_damaged() {
  sections_.erase(std::find_if_not(sections_.begin(), sections_.end(), std::mem_fn(&Section::is_sound)),
                  sections_.end());
}

bool Vocabulary::ends_whole() const { return file_.size() == (sections_.empty() ? 0 : sections_.back().end); }

WordCounts Vocabulary::counts() const {
  WordCounts counts;
  for (const Section& section : sections_) {
    for (WordCursor cursor(sound_bytes(section.blocks)); cursor.next();) counts.add(cursor.word(), cursor.count());
  }
  return counts;
}

namespace {

// What the batches before `batch` wrote, as far as it is sound.
Vocabulary written_before(std::uint64_t batch, const fs::path& file) {
  Vocabulary vocabulary(file);
  vocabulary.drop_from(batch);
  vocabulary.drop_damaged();
  return vocabulary;
}

}  // namespace

WordCounts vocabulary_before(const fs::path& file, std::uint64_t batch, const Recount& recount) {
  const Vocabulary vocabulary = written_before(batch, file);
  return vocabulary.reaches(batch - 1) ? vocabulary.counts() : recount();
}

void append_vocabulary(const fs::path& file, std::uint64_t batch, const WordCounts& words, const Recount& recount) {
  const Vocabulary vocabulary = written_before(batch, file);
  const std::string added = encode_section(batch, words);
  // Readers have the file mapped: it may grow, but nothing in it may change or go.
  if (!vocabulary.reaches(batch - 1) || !vocabulary.ends_whole() || is_crowded(vocabulary.sections())) {
    const WordCounts merged = vocabulary.reaches(batch - 1) ? vocabulary.counts() : recount();
    replace_file(file, encode_section(batch - 1, merged) + added);
    return;
  }
  const FileDescriptor out = open_file(file, O_WRONLY | O_CREAT | O_APPEND);
  write_all(out, file, added);
  sync(out, file);
}

void write_vocabulary(const fs::path& file, std::uint64_t batch, const WordCounts& words) {
  replace_file(file, encode_section(batch, words));
}

}  // namespace nutgraf
