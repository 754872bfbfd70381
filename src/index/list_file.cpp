#include "index/list_file.h"

#include <xxhash.h>

#include <algorithm>
#include <cassert>

#include "index/file_io.h"

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

void KeyedLists::add(std::uint64_t key, std::string_view list) {
  assert(keys_.empty() || keys_.back() < key);
  keys_.push_back(key);
  bytes_ += list;
  begins_.push_back(bytes_.size());
  checksums_.push_back(checksum_of(key, list));
}

void KeyedLists::write(const fs::path& file, const ListFileMagic& magic, std::uint64_t batch,
                       std::uint32_t last_docid) const {
  ListFileHeader header{magic, batch, 0, bytes_.size(), static_cast<std::uint32_t>(keys_.size()), last_docid};
  header.hash = hash_of(header);
  const std::string_view start(reinterpret_cast<const char*>(&header), sizeof header);
  replace_file(file, {start, bytes_of(keys_), bytes_of(begins_), bytes_of(checksums_), bytes_});
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
