#include "index/glass_version.h"

#include <fcntl.h>

#include <algorithm>

#include "index/varint.h"
#include "nutgraf/error.h"

namespace nutgraf::glass {
namespace {

// Bytes 14 and 15: the 14th of March 2016, years from 2014.
constexpr std::string_view kMagic("\x0F\x0DXapian Glass\x04\x6E", 16);
constexpr std::size_t kUuidBytes = 16;
constexpr std::uint32_t kRevision = 1;
constexpr std::uint32_t kSequential = 2;
constexpr std::uint32_t kNoBlock = 1;
constexpr std::uint32_t kSmallestToCompress = 18;  // for documents and termlists; postings are never compressed

void put_table(std::string& out, const TableRoot& root, std::uint32_t smallest_to_compress) {
  put_varint(out, root.block);
  put_varint(out, root.level * 4 + kSequential + (root.entries == 0 ? kNoBlock : 0));
  put_varint(out, root.entries);
  put_varint(out, kBlockBytes / 2048);
  put_varint(out, smallest_to_compress);
  std::string free_list;
  if (root.entries > 0) {
    for (const std::uint32_t value : {0U, root.blocks, 0U, 0U, 0U, 0U}) put_varint(free_list, value);
  }
  put_varint(out, free_list.size());
  out += free_list;
}

// The six tables of an empty database.
std::string empty_tables() {
  std::string out;
  for (const std::uint32_t smallest :
       {0U, kSmallestToCompress, kSmallestToCompress, 0U, kSmallestToCompress, kSmallestToCompress}) {
    put_table(out, {}, smallest);
  }
  return out;
}

}  // namespace

void Statistics::add_document(std::uint32_t length) {
  if (total_length == 0 || (length > 0 && length < shortest)) shortest = length;
  longest = std::max(longest, length);
  total_length += length;
  ++documents;
}

VersionFile::VersionFile(const std::filesystem::path& database) : path_(database / "iamglass") {
  const std::string file = read_small_file(path_).value_or("");
  const std::string tables = empty_tables();
  const std::size_t begin = kMagic.size() + kUuidBytes + 1;  // the revision is one byte here
  const std::string_view found = std::string_view(file).substr(std::min(begin, file.size()));
  if (!file.starts_with(kMagic) || !found.starts_with(tables)) {
    throw Error(ErrorCode::internal, "Xapian writes another format than glass 2016-03-14");
  }
  head_ = file.substr(0, kMagic.size() + kUuidBytes);
  rest_ = tables.substr(tables.size() / 2);
}

void VersionFile::write(const TableRoot& postings, const TableRoot& documents, const TableRoot& termlists,
                        const Statistics& statistics) const {
  std::string out = head_;
  put_varint(out, kRevision);
  put_table(out, postings, 0);
  put_table(out, documents, kSmallestToCompress);
  put_table(out, termlists, kSmallestToCompress);
  out += rest_;
  put_varint(out, statistics.documents);
  put_varint(out, 0);  // how far the last docid lies above that
  put_varint(out, statistics.shortest);
  put_varint(out, statistics.largest_wdf);
  put_varint(out, statistics.longest - statistics.largest_wdf);
  put_varint(out, 0);  // the oldest changeset
  put_varint(out, statistics.total_length);
  put_varint(out, 0);  // of the spelling table
  write_all(open_file(path_, O_WRONLY | O_CREAT | O_TRUNC), path_, out);
}

}  // namespace nutgraf::glass
