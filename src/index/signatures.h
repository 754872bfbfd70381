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
#include <memory>
#include <span>
#include <utility>
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
/// So many hashes of surfaces there are.
inline constexpr std::size_t kSurfaces = 65'536;

/// What the side files keep of a passage.
struct PassageSignature {
  std::span<const std::uint16_t> title;  ///< of an article's first passage; empty otherwise
  std::span<const std::uint16_t> text;
  Date date;
  std::uint32_t ordinal = 1;
};

/// Appends to the side files of a generation. Buffers; not all is on disk before flush().
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

/// Memory-mapped view of the side files of an index of one or more shards. Copies share the mappings.
///
/// Docids are as Xapian numbers them over several databases: they go round the shards, so neighbouring passages of an
/// article lie stride() apart.
class Signatures {
 public:
  Signatures() = default;
  /// Of one shard, valid for docids 1..`last_docid`. Error(index) where the files are shorter than that asks for, or do
  /// not ascend at its end.
  Signatures(const GenerationPaths& paths, std::uint32_t last_docid);
  /// Of all shards, each given by itself.
  explicit Signatures(std::span<const Signatures> shards);

  /// The number of shards, or 1.
  [[nodiscard]] std::uint32_t stride() const noexcept { return static_cast<std::uint32_t>(shards_.size()); }
  [[nodiscard]] std::uint32_t last_docid() const noexcept { return last_docid_; }
  /// Of a passage's text.
  [[nodiscard]] std::span<const std::uint16_t> of(std::uint32_t docid) const;
  /// Asks the processor for them ahead: they lie anywhere in memory.
  void prefetch(std::uint32_t docid) const;
  /// Of the title of the article that `docid` belongs to; empty where there is none of its own.
  [[nodiscard]] std::span<const std::uint16_t> title(std::uint32_t docid) const;
  [[nodiscard]] Date date(std::uint32_t docid) const { return Date::from_number(entry(docid).date); }
  [[nodiscard]] std::uint32_t ordinal(std::uint32_t docid) const { return entry(docid).ordinal; }
  /// Docid of the first passage of the article that `docid` belongs to: stands for the article within a generation.
  [[nodiscard]] std::uint32_t article(std::uint32_t docid) const { return docid - (ordinal(docid) - 1) * stride(); }
  /// Docid of the passage with this ordinal in the article that starts at `first`.
  [[nodiscard]] std::uint32_t passage(std::uint32_t first, std::uint32_t ordinal) const {
    return first + (ordinal - 1) * stride();
  }
  /// Docid of the next passage of the same article; 0 where there is none.
  [[nodiscard]] std::uint32_t next_passage(std::uint32_t docid) const;
  /// What the passages from docid `first` to before `end` have will hardly be asked for again soon (MappedFile).
  void let_go(std::uint32_t first, std::uint32_t end) const;

 private:
  struct Files {
    MappedFile signatures;
    MappedFile directory;
    std::uint32_t last_docid = 0;
  };
  struct Place {
    const Files* files = nullptr;
    std::uint32_t docid = 0;  // in this shard
  };

  [[nodiscard]] Place place_of(std::uint32_t docid) const {
    if (shards_.size() == 1) return {shards_.front().get(), docid};  // without a division
    return {shards_[(docid - 1) % stride()].get(), (docid - 1) / stride() + 1};
  }
  [[nodiscard]] const DirectoryEntry& entry(std::uint32_t docid) const { return entry(place_of(docid)); }
  [[nodiscard]] static const DirectoryEntry& entry(Place place);
  /// Title and text.
  [[nodiscard]] static std::span<const std::uint16_t> all(Place place);

  std::vector<std::shared_ptr<const Files>> shards_;
  std::uint32_t last_docid_ = 0;
};

/// For who walks all passages by docid: lets go of those that lie behind, so that memory does not grow with the walk.
class SignatureWalk {
 public:
  explicit SignatureWalk(const Signatures& signatures) : signatures_(signatures) {}

  /// The walk has come to `docid`; what lies before its article will not be asked for again.
  void reach(std::uint32_t docid) {
    constexpr std::uint32_t kStretch = 65'536;  // passages, of some 20 MB
    if (docid - begin_ < kStretch) return;
    const std::uint32_t article = signatures_.article(docid);
    signatures_.let_go(std::exchange(begin_, article), article);
  }

 private:
  const Signatures& signatures_;
  std::uint32_t begin_ = 1;
};

/// Tells the articles apart along ascending docids: within a shard the passages of an article follow each other.
class ArticleSteps {
 public:
  explicit ArticleSteps(const Signatures& signatures) : signatures_(signatures), last_(signatures.stride()) {}

  /// Whether `docid` is of another article than the docid of its shard that was asked for before.
  [[nodiscard]] bool enters(std::uint32_t docid) {
    const std::uint32_t article = signatures_.article(docid);
    return std::exchange(last_[last_.size() == 1 ? 0 : docid % last_.size()], article) != article;
  }

 private:
  const Signatures& signatures_;
  std::vector<std::uint32_t> last_;  // by shard
};

}  // namespace nutgraf
