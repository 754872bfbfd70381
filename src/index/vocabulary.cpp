#include "index/vocabulary.h"

#include <fcntl.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "index/file_io.h"
#include "index/varint.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

// A longer word is an address, a formula or a line of code: nobody types it.
constexpr std::size_t kLongestWord = 40;
constexpr std::string_view kMagic = "NGwords1";
// Readers go through all sections: they are merged when they are many, or hold about half of all words.
constexpr std::size_t kMostSections = 32;
constexpr std::size_t kSmallFile = std::size_t{64} << 10;

struct Header {
  std::array<char, kMagic.size()> magic{};
  std::uint64_t batch = 0;
  std::uint32_t words = 0;
  std::uint32_t bytes = 0;
  std::uint64_t hash = 0;
};
static_assert(sizeof(Header) == 32);

std::uint64_t hash_of(const Header& header, std::string_view bytes) {
  const std::array<std::uint64_t, 3> fields{header.batch, header.words, header.bytes};
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), XXH3_64bits(fields.data(), sizeof fields));
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
  const auto most = static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()));
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.begin() + most, b.begin()).first - a.begin());
}

// Up to a whole character, so that readers can count in characters.
std::size_t shared_prefix(std::string_view before, std::string_view word) {
  return code_point_start(word, common_prefix(before, word));
}

std::string encode_section(std::uint64_t batch, const WordCounts& words) {
  const std::string bytes = encode_words(words);
  Header header;
  std::copy(kMagic.begin(), kMagic.end(), header.magic.begin());
  header.batch = batch;
  header.words = static_cast<std::uint32_t>(words.size());
  header.bytes = static_cast<std::uint32_t>(bytes.size());
  header.hash = hash_of(header, bytes);
  const auto raw = std::bit_cast<std::array<char, sizeof header>>(header);
  return std::string(raw.data(), raw.size()) + bytes;
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
  const std::size_t main = sections.front().bytes.size();
  return sections.size() >= kMostSections || sections.back().end - main > main / 2 + kSmallFile;
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
    const std::size_t shared = shared_prefix(before, word);
    put_varint(bytes, shared);
    put_varint(bytes, word.size() - shared);
    bytes += word.substr(shared);
    put_varint(bytes, count);
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
  for (std::size_t at = 0; all.size() - at >= sizeof(Header);) {
    Header header;
    std::memcpy(&header, all.data() + at, sizeof header);
    const std::string_view rest = all.substr(at + sizeof header);
    if (std::string_view(header.magic.data(), header.magic.size()) != kMagic || header.bytes > rest.size()) return;
    const std::string_view bytes = rest.substr(0, header.bytes);
    if (hash_of(header, bytes) != header.hash) return;
    at += sizeof header + bytes.size();
    sections_.push_back({header.batch, header.words, bytes, at});
  }
}

bool Vocabulary::reaches(std::uint64_t batch) const {
  return batch == 0 || (!sections_.empty() && sections_.back().batch >= batch);
}

void Vocabulary::drop_from(std::uint64_t batch) {
  while (!sections_.empty() && sections_.back().batch >= batch) sections_.pop_back();
}

bool Vocabulary::ends_whole() const { return file_.size() == (sections_.empty() ? 0 : sections_.back().end); }

WordCounts Vocabulary::counts() const {
  WordCounts counts;
  for (const Section& section : sections_) {
    for (WordCursor cursor(section.bytes); cursor.next();) counts.add(cursor.word(), cursor.count());
  }
  return counts;
}

WordCounts vocabulary_before(const fs::path& file, std::uint64_t batch, const Recount& recount) {
  Vocabulary vocabulary(file);
  vocabulary.drop_from(batch);
  return vocabulary.reaches(batch - 1) ? vocabulary.counts() : recount();
}

void append_vocabulary(const fs::path& file, std::uint64_t batch, const WordCounts& words, const Recount& recount) {
  Vocabulary vocabulary(file);
  vocabulary.drop_from(batch);
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
