#include "index/glass_version.h"

#include <fcntl.h>

#include <algorithm>
#include <cstdio>

#include "index/varint.h"
#include "nutgraf/error.h"

namespace nutgraf::glass {
namespace {

// Bytes 14 and 15: the 14th of March 2016, years from 2014.
constexpr std::string_view kMagic("\x0F\x0DXapian Glass\x04\x6E", 16);
constexpr std::string_view kFileName = "iamglass";
constexpr std::size_t kUuidBytes = 16;
constexpr std::uint64_t kRevision = 1;  // of the blocks that we write
constexpr std::uint32_t kSequential = 2;
constexpr std::uint32_t kNoBlock = 1;
constexpr std::size_t kPostings = 0, kDocuments = 1, kTermlists = 2;
// Of documents, termlists, spelling and synonyms; postings and positions are never compressed.
constexpr std::array<std::uint64_t, 6> kSmallestToCompress{0, 18, 18, 0, 18, 18};

std::string encode(const TableRoot& root, std::size_t table) {
  std::string free_list;
  if (root.entries > 0) {
    for (const std::uint32_t value : {0U, root.blocks, 0U, 0U, 0U, 0U}) put_varint(free_list, value);
  }
  std::string out;
  put_varint(out, root.block);
  put_varint(out, root.level * 4 + kSequential + (root.entries == 0 ? kNoBlock : 0));
  put_varint(out, root.entries);
  put_varint(out, kBlockBytes / 2048);
  put_varint(out, kSmallestToCompress[table]);
  put_varint(out, free_list.size());
  return out + free_list;
}

/// Takes the bytes of a table away from `rest`; nothing where they are not of the format.
std::optional<std::string> take_table(std::string_view& rest, std::size_t table) {
  const std::string_view all = rest;
  const auto root = take_varint(rest), level = take_varint(rest), entries = take_varint(rest);
  const auto block_size = take_varint(rest), compress = take_varint(rest), free_list = take_varint(rest);
  const bool whole = root && level && entries && free_list && *free_list <= rest.size();
  if (!whole || block_size != kBlockBytes / 2048 || compress != kSmallestToCompress[table]) return std::nullopt;
  rest.remove_prefix(*free_list);
  return std::string(all.substr(0, all.size() - rest.size()));
}

}  // namespace

void Statistics::add_document(std::uint32_t length) {
  if (total_length == 0 || (length > 0 && length < shortest)) shortest = length;
  longest = std::max(longest, length);
  total_length += length;
  ++documents;
}

std::string stored_uuid(const std::filesystem::path& database) {
  const std::string file = read_small_file(database / kFileName).value_or("");
  if (file.size() < kMagic.size() + kUuidBytes) return {};
  std::string uuid;
  for (std::size_t i = 0; i < kUuidBytes; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) uuid += '-';
    std::array<char, 3> digits{};
    std::snprintf(digits.data(), digits.size(), "%02x", static_cast<unsigned char>(file[kMagic.size() + i]));
    uuid += digits.data();
  }
  return uuid;
}

VersionFile::VersionFile(const std::filesystem::path& database) : path_(database / kFileName) {
  const Error other(ErrorCode::internal, "Xapian writes another format than glass 2016-03-14");
  const std::string file = read_small_file(path_).value_or("");
  if (!file.starts_with(kMagic) || file.size() < kMagic.size() + kUuidBytes) throw other;
  head_ = file.substr(0, kMagic.size() + kUuidBytes);
  std::string_view rest = std::string_view(file).substr(head_.size());
  const auto revision = take_varint(rest);
  if (!revision) throw other;
  revision_ = *revision;
  for (std::size_t table = 0; table < tables_.size(); ++table) {
    auto bytes = take_table(rest, table);
    if (!bytes) throw other;
    tables_[table] = std::move(*bytes);
  }
  statistics_ = rest;
}

std::string VersionFile::bytes() const {
  std::string out = head_;
  put_varint(out, revision_);
  for (const std::string& table : tables_) out += table;
  return out + statistics_;
}

void VersionFile::write_segment(const TableRoot& postings, const TableRoot& documents, const Statistics& statistics) {
  revision_ = kRevision;
  tables_[kPostings] = encode(postings, kPostings);
  tables_[kDocuments] = encode(documents, kDocuments);
  statistics_.clear();
  put_varint(statistics_, statistics.documents);
  put_varint(statistics_, 0);  // how far the last docid lies above that
  put_varint(statistics_, statistics.shortest);
  put_varint(statistics_, statistics.largest_wdf);
  put_varint(statistics_, statistics.longest - statistics.largest_wdf);
  put_varint(statistics_, 0);  // the oldest changeset
  put_varint(statistics_, statistics.total_length);
  put_varint(statistics_, 0);  // of the spelling table
  write_all(open_file(path_, O_WRONLY | O_CREAT | O_TRUNC), path_, bytes());
}

void VersionFile::write_termlists(const std::optional<TableRoot>& termlists) {
  tables_[kTermlists] = encode(termlists.value_or(TableRoot()), kTermlists);
  replace_file(path_, bytes());
}

}  // namespace nutgraf::glass
