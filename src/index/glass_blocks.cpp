#include "index/glass_blocks.h"

#include <fcntl.h>

#include <algorithm>

#include "nutgraf/error.h"

namespace nutgraf::glass {
namespace {

// In the first byte of an item in a leaf.
constexpr unsigned kDeflated = 0x80;
constexpr unsigned kLastPart = 0x40;
constexpr unsigned kFirstPart = 0x20;
// Cursors that walk a table block by block take a higher one for a block written since they were opened.
constexpr std::uint32_t kRevision = 1;
constexpr std::size_t kBufferBytes = std::size_t{1} << 18;
constexpr std::size_t kNumberBytes = 2;  // of a part

void put_u16(unsigned char* out, std::size_t value) {
  out[0] = static_cast<unsigned char>(value >> 8);
  out[1] = static_cast<unsigned char>(value);
}

void put_u32(unsigned char* out, std::uint32_t value) {
  put_u16(out, value >> 16);
  put_u16(out + 2, value & 0xFFFF);
}

}  // namespace

unsigned char* TableWriter::Level::place(std::size_t item) {
  items_begin -= item;
  put_u16(bytes.data() + directory_end, items_begin);
  directory_end += 2;
  return bytes.data() + items_begin;
}

void TableWriter::Level::start(Divider first) {
  bytes.fill(0);
  directory_end = kBlockHeader;
  items_begin = kBlockBytes;
  divider = std::move(first);
}

TableWriter::TableWriter(const std::filesystem::path& file)
    : path_(file), file_(open_file(file, O_WRONLY | O_CREAT | O_TRUNC)), levels_(1) {
  add_part({}, {}, 1, kFirstPart | kLastPart);
}

void TableWriter::add(std::string_view key, std::string_view tag, bool deflated) {
  if (key.empty() || key.size() > kMaxKey || key <= last_key_)
    throw Error(ErrorCode::internal, "a key is too long, or not in order");
  ++entries_;
  const std::size_t part_bytes = kMaxItem - kItemHeader - key.size();
  std::uint32_t part = 1;
  do {
    const std::size_t size = std::min(tag.size(), part == 1 ? part_bytes : part_bytes - kNumberBytes);
    const unsigned flags =
        (deflated ? kDeflated : 0) | (part == 1 ? kFirstPart : 0) | (size == tag.size() ? kLastPart : 0);
    add_part(key, tag.substr(0, size), part, flags);
    tag.remove_prefix(size);
    if (++part > 0xFFFF) throw Error(ErrorCode::internal, "a record is too long");
  } while (!tag.empty());
}

void TableWriter::add_part(std::string_view key, std::string_view tag, std::uint32_t part, unsigned flags) {
  const std::size_t size = kItemHeader + key.size() + (part > 1 ? kNumberBytes : 0) + tag.size();
  if (!levels_[0].has_room(size)) {
    const std::uint32_t block = write_block(0);
    add_branch(1, levels_[0].divider, block);
    const auto most = static_cast<std::ptrdiff_t>(std::min(key.size(), last_key_.size()));
    const auto shared =
        static_cast<std::size_t>(std::mismatch(key.begin(), key.begin() + most, last_key_.begin()).first - key.begin());
    levels_[0].start({std::string(key.substr(0, shared + 1)), part});
  }
  unsigned char* item = levels_[0].place(size);
  put_u16(item, size - kItemHeader);
  item[0] |= static_cast<unsigned char>(flags);
  item[2] = static_cast<unsigned char>(key.size());
  item = std::copy(key.begin(), key.end(), item + kItemHeader);
  if (part > 1) {
    put_u16(item, part);
    item += kNumberBytes;
  }
  std::copy(tag.begin(), tag.end(), item);
  last_key_ = key;
}

// By value: a divider of a level would move with the levels when one is added.
void TableWriter::add_branch(std::size_t level, Divider divider, std::uint32_t block) {
  constexpr std::size_t kFixedBytes = 4 + 1 + kNumberBytes;
  if (level == levels_.size()) {
    levels_.emplace_back();
    levels_[level].start(divider);
  }
  if (!levels_[level].has_room(kFixedBytes + divider.key.size())) {
    const std::uint32_t full = write_block(level);
    const Divider first = levels_[level].divider;
    add_branch(level + 1, first, full);
    levels_[level].start(divider);
  }
  const Divider none;
  const Divider& written = levels_[level].empty() ? none : divider;
  unsigned char* item = levels_[level].place(kFixedBytes + written.key.size());
  put_u32(item, block);
  item[4] = static_cast<unsigned char>(written.key.size());
  item = std::copy(written.key.begin(), written.key.end(), item + 5);
  put_u16(item, written.part);
}

std::uint32_t TableWriter::write_block(std::size_t level) {
  Level& open = levels_[level];
  unsigned char* bytes = open.bytes.data();
  const std::size_t free = open.items_begin - open.directory_end;
  put_u32(bytes, kRevision);
  bytes[4] = static_cast<unsigned char>(level);
  put_u16(bytes + 5, free);
  put_u16(bytes + 7, free);
  put_u16(bytes + 9, open.directory_end);
  buffer_.append(reinterpret_cast<const char*>(bytes), kBlockBytes);
  if (buffer_.size() >= kBufferBytes) flush();
  return blocks_++;
}

void TableWriter::flush() {
  write_all(file_, path_, buffer_);
  buffer_.clear();
}

TableRoot TableWriter::finish() {
  if (entries_ == 0) throw Error(ErrorCode::internal, "a table without entries: " + path_.string());
  std::uint32_t block = write_block(0);
  std::size_t level = 0;
  for (; level + 1 < levels_.size(); ++level) {
    const Divider first = levels_[level].divider;
    add_branch(level + 1, first, block);
    block = write_block(level + 1);
  }
  flush();
  return {block, static_cast<std::uint32_t>(level), entries_, blocks_};
}

}  // namespace nutgraf::glass
