// Token signatures: a 16-bit hash of every piece of every passage, in order, in two append-only side files beside the
// Xapian database. They answer "in this order, side by side" without positions in the index and without the text.
//
//   signatures   u16 (native byte order) after u16, passage after passage in docid order; before an article's first
//                passage those of its title
//   directory    per docid, from 1: u64 end (number of u16 up to and including this passage), u32 date (yyyymmdd or 0),
//                u16 ordinal of the passage in its article, u16 how many of its u16 are the title's
//
// Both are written and synced before the documents are committed: what lies past the database's last docid belongs to
// a batch that did not make it, readers do not look there, and the next writer cuts it off.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "index/file_io.h"
#include "index/layout.h"
#include "index/mapped_file.h"
#include "nutgraf/date.h"

namespace nutgraf {

struct DirectoryEntry {
  std::uint64_t end = 0;
  std::uint32_t date = 0;
  std::uint16_t ordinal = 0;
  std::uint16_t title = 0;
};
static_assert(sizeof(DirectoryEntry) == 16);

/// An article with more passages, or a title with more words, does not fit the directory.
inline constexpr std::size_t kMaxPassages = 65'535;
inline constexpr std::size_t kMaxTitleTokens = 65'535;

/// What the side files keep of a passage.
struct PassageSignature {
  std::span<const std::uint16_t> title;  ///< of an article's first passage; empty otherwise
  std::span<const std::uint16_t> text;
  Date date;
  std::uint32_t ordinal = 1;
};

/// Appends to the side files of a generation. Buffers; nothing is on disk before flush().
class SignatureWriter {
 public:
  /// Keeps the entries of docids 1..`last_docid` and cuts off what follows; Error(index) where they are not there.
  SignatureWriter(const GenerationPaths& paths, std::uint32_t last_docid);

  /// The signature of the next docid.
  void append(const PassageSignature& passage);
  /// Entries first..last (both included) of another generation or segment, for the docids that follow.
  void append_from(const GenerationPaths& other, std::uint32_t first, std::uint32_t last);
  void flush();
  /// flush() and fsync.
  void commit();

  [[nodiscard]] std::uint32_t last_docid() const noexcept { return last_docid_; }

 private:
  GenerationPaths paths_;
  FileDescriptor signature_file_;
  FileDescriptor directory_file_;
  std::vector<std::uint16_t> pending_signatures_;
  std::vector<DirectoryEntry> pending_entries_;
  std::uint64_t end_ = 0;
  std::uint32_t last_docid_ = 0;
};

/// Memory-mapped view of the side files, valid for docids 1..`last_docid`. Moves, does not copy.
class Signatures {
 public:
  Signatures() = default;
  /// Error(index) where the files are shorter than `last_docid` asks for, or do not ascend at its end.
  Signatures(const GenerationPaths& paths, std::uint32_t last_docid);

  [[nodiscard]] std::uint32_t last_docid() const noexcept { return last_docid_; }
  /// Of a passage's text.
  [[nodiscard]] std::span<const std::uint16_t> of(std::uint32_t docid) const;
  /// Of the title of the article that `docid` belongs to; empty where there is none of its own.
  [[nodiscard]] std::span<const std::uint16_t> title(std::uint32_t docid) const;
  [[nodiscard]] Date date(std::uint32_t docid) const { return Date::from_number(entry(docid).date); }
  [[nodiscard]] std::uint32_t ordinal(std::uint32_t docid) const { return entry(docid).ordinal; }
  /// Docid of the first passage of the article that `docid` belongs to: stands for the article within a generation.
  [[nodiscard]] std::uint32_t article(std::uint32_t docid) const { return docid - ordinal(docid) + 1; }

 private:
  [[nodiscard]] const DirectoryEntry& entry(std::uint32_t docid) const;
  /// Title and text.
  [[nodiscard]] std::span<const std::uint16_t> all(std::uint32_t docid) const;

  MappedFile signature_map_;
  MappedFile directory_map_;
  std::uint32_t last_docid_ = 0;
};

}  // namespace nutgraf
