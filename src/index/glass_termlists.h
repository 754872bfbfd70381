// Glass termlists: the terms of documents in glass format (xapian-core 1.4.22, backends/glass/glass_termlisttable.cc):
//
//   key   docid (sortable)
//   tag   length of the document, number of terms; first term: u8 size, bytes, wdf; every other one: u8 bytes shared
//         with the term before, u8 size of the rest, rest, wdf. Where (wdf + 1) * (size of the term before + 1) + bytes
//         shared is below 256 it stands in place of the bytes shared, and no wdf follows
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "index/glass_blocks.h"

namespace nutgraf::glass {

class TermlistWriter {
 public:
  explicit TermlistWriter(const std::filesystem::path& file) : table_(file) {}

  /// Starts the list of a document; docids ascend.
  void start(std::uint32_t docid, std::uint32_t length, std::size_t terms);
  /// Terms in byte order, none twice; they must live until end().
  void add(std::string_view term, std::uint32_t wdf);
  void end() { table_.add(document_key(docid_), tag_); }
  /// There must be a list.
  [[nodiscard]] TableRoot finish() { return table_.finish(); }

 private:
  TableWriter table_;
  std::uint32_t docid_ = 0;
  std::string_view before_;
  std::string tag_;
};

}  // namespace nutgraf::glass
