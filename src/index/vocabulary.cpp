#include "index/vocabulary.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <tuple>

#include "index/file_io.h"
#include "index/varint.h"
#include "nutgraf/error.h"
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

// Read, not mapped: a writer may cut a stray section off meanwhile.
std::pair<std::unique_ptr<char[]>, std::size_t> read_whole(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return {};
  const FileDescriptor file = open_file(path, O_RDONLY);
  const auto end = static_cast<std::size_t>(std::max<off_t>(0, ::lseek(file.get(), 0, SEEK_END)));
  auto bytes = std::make_unique_for_overwrite<char[]>(end);
  std::size_t size = 0;
  while (size < end) {
    const ssize_t got = ::pread(file.get(), bytes.get() + size, end - size, static_cast<off_t>(size));
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
  }
  return {std::move(bytes), size};
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

std::uint64_t WordCursor::long_number() { return take_varint(rest_).value_or(0); }

bool WordCursor::next() {
  if (rest_.empty()) return false;
  shared_ = std::min<std::size_t>(number(), size_);
  append(rest_.substr(0, number()));
  return true;
}

// What the word has behind the bytes that it shares; `own` is what stands next.
void WordCursor::append(std::string_view own) {
  size_ = shared_ + own.size();
  if (size_ > word_.size()) word_.resize(size_);
  for (std::size_t i = 0; i < own.size(); ++i) word_[shared_ + i] = own[i];  // a few bytes: a loop beats memcpy
  rest_.remove_prefix(own.size());
  count_ = number();
}

bool WordCursor::seek(std::string_view target) {
  std::size_t matched = 0;  // bytes of `target` that the word before begins with
  while (!rest_.empty()) {
    const std::size_t shared = number();
    const auto size = number();
    const std::string_view own = rest_.substr(0, size);
    // A word that shares more differs from the target where the word before does.
    if (shared <= matched) {
      const std::string_view wanted = target.substr(shared);
      matched = shared + common_prefix(own, wanted);
      if (own >= wanted) {
        shared_ = shared;
        word_.replace(0, shared, target.substr(0, shared));
        append(own);
        return true;
      }
    }
    rest_.remove_prefix(own.size());
    number();
  }
  size_ = 0;
  return false;
}

Vocabulary::Vocabulary(const fs::path& file) {
  std::size_t size = 0;
  std::tie(file_, size) = read_whole(file);
  const std::string_view all(file_.get(), size);
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
  if (!vocabulary.reaches(batch - 1) || is_crowded(vocabulary.sections())) {
    const WordCounts merged = vocabulary.reaches(batch - 1) ? vocabulary.counts() : recount();
    replace_file(file, encode_section(batch - 1, merged) + added);
    return;
  }
  const FileDescriptor out = open_file(file, O_WRONLY | O_CREAT);
  const std::size_t end = vocabulary.sections().empty() ? 0 : vocabulary.sections().back().end;
  if (::ftruncate(out.get(), static_cast<off_t>(end)) != 0 || ::lseek(out.get(), 0, SEEK_END) < 0) {
    throw Error(ErrorCode::internal, "cannot cut " + file.string());
  }
  write_all(out, file, added);
  sync(out, file);
}

void write_vocabulary(const fs::path& file, std::uint64_t batch, const WordCounts& words) {
  replace_file(file, encode_section(batch, words));
}

}  // namespace nutgraf
