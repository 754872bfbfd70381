#include "index/list_file.h"

#include <xxhash.h>

#include <algorithm>
#include <cassert>

namespace nutgraf {

struct ListFileHeader {
  ListFileMagic magic{};
  std::uint64_t batch = 0;
  std::uint64_t hash = 0;  // of the other fields
  std::uint64_t list_bytes = 0;
  std::uint32_t lists = 0;
  std::uint32_t last_docid = 0;
};

namespace {

namespace fs = std::filesystem;

static_assert(sizeof(ListFileHeader) == 40);

std::uint64_t hash_of(const ListFileHeader& header) {
  const std::array<std::uint64_t, 4> numbers{header.batch, header.list_bytes, header.lists, header.last_docid};
  return XXH3_64bits(numbers.data(), sizeof numbers);
}

// With the key: where the directory of lists is damaged, a list is not taken for another one.
std::uint32_t checksum_of(std::uint64_t key, std::string_view list) {
  return static_cast<std::uint32_t>(XXH3_64bits_withSeed(list.data(), list.size(), key));
}

// Of what lies between header and lists.
std::size_t directory_bytes(std::size_t lists) {
  return lists * (2 * sizeof(std::uint64_t) + sizeof(std::uint32_t)) + sizeof(std::uint64_t);
}

template <typename T>
std::string_view bytes_of(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

}  // namespace

// The directory comes last, and stands first.
ListFileWriter::ListFileWriter(const fs::path& file, std::size_t lists)
    : file_(file), lists_begin_(sizeof(ListFileHeader) + directory_bytes(lists)) {
  file_.write_at(lists_begin_, {});
  keys_.reserve(lists);
  begins_.reserve(lists + 1);
  checksums_.reserve(lists);
}

void ListFileWriter::add(std::uint64_t key, std::string_view list) {
  assert(keys_.empty() || keys_.back() < key);
  keys_.push_back(key);
  checksums_.push_back(checksum_of(key, list));
  begins_.push_back(begins_.back() + list.size());
  pending_ += list;
  if (pending_.size() < kPiece) return;
  const std::size_t whole = pending_.size() - (lists_begin_ + begins_.back()) % kPiece;
  file_.write(std::string_view(pending_).substr(0, whole));
  pending_.erase(0, whole);
}

void ListFileWriter::commit(const ListFileMagic& magic, std::uint64_t batch, std::uint32_t last_docid) {
  assert(lists_begin_ == sizeof(ListFileHeader) + directory_bytes(keys_.size()));
  file_.write(pending_);
  ListFileHeader header{magic, batch, 0, begins_.back(), static_cast<std::uint32_t>(keys_.size()), last_docid};
  header.hash = hash_of(header);
  file_.write_at(0, {reinterpret_cast<const char*>(&header), sizeof header});
  file_.write(bytes_of(keys_));
  file_.write(bytes_of(begins_));
  file_.write(bytes_of(checksums_));
  file_.commit();
}

ListFile::ListFile(const fs::path& file, const ListFileMagic& magic, std::uint64_t batch) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return;
  map_ = MappedFile(file);
  if (map_.size() < sizeof(ListFileHeader)) return;
  const auto* header = static_cast<const ListFileHeader*>(map_.data());
  const std::string_view rest(static_cast<const char*>(map_.data()) + sizeof *header, map_.size() - sizeof *header);
  const std::size_t lists = header->lists;
  if (header->magic != magic || header->batch != batch || header->hash != hash_of(*header)) return;
  if (rest.size() != directory_bytes(lists) + header->list_bytes) return;
  keys_ = {reinterpret_cast<const std::uint64_t*>(rest.data()), lists};
  begins_ = {keys_.data() + lists, lists + 1};
  checksums_ = {reinterpret_cast<const std::uint32_t*>(begins_.data() + lists + 1), lists};
  lists_ = rest.substr(directory_bytes(lists));
  header_ = header;
}

std::uint32_t ListFile::last_docid() const { return header_->last_docid; }

std::optional<std::string_view> ListFile::list(std::size_t place) const {
  const std::uint64_t begin = begins_[place], end = begins_[place + 1];
  if (begin > end || end > lists_.size()) return std::nullopt;
  const std::string_view list = lists_.substr(begin, end - begin);
  if (checksum_of(keys_[place], list) != checksums_[place]) return std::nullopt;
  return list;
}

std::optional<std::string_view> ListFile::of(std::uint64_t key) const {
  const auto found = std::lower_bound(keys_.begin(), keys_.end(), key);
  if (found == keys_.end() || *found != key) return std::nullopt;
  return list(static_cast<std::size_t>(found - keys_.begin()));
}

}  // namespace nutgraf
