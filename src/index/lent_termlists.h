// Lent termlists: Xapian deletes and changes a document by the list of its terms. Kept for all documents these lists
// take a third of an index and a fifth of the time to make one, and nothing else asks for them. So none are kept:
// before a transaction that needs some, they are made anew and put where Xapian looks for them.
//
// Whenever a writer dies, what is left is valid: the version file points into termlist.glass only while that is there.
// Readers never look at termlists, but open the file where the version file says that there are some.
#pragma once

#include <xapian.h>

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "index/record_store.h"

namespace nutgraf {

/// How a database is opened, or made, to be written: without the table of termlists where nobody lent it one.
inline constexpr int kWithoutTermlists = Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_TERMLIST;

struct TermOfDocument {
  std::string term;
  std::uint32_t wdf = 0;
};

/// By docid; terms in byte order.
using Termlists = std::map<Xapian::docid, std::vector<TermOfDocument>>;

/// Of `docids`, which ascend: their terms that begin with one of `prefixes`, which ascend. Walks all posting lists of
/// such terms.
[[nodiscard]] Termlists termlists_of(const Xapian::Database& database, std::span<const Xapian::docid> docids,
                                     const std::vector<std::string>& prefixes);

/// Lists in a database, from before it is opened for writing until after it is closed. For the holder of the lock.
/// Those of some thousand documents at a time are in memory.
class LentTermlists {
 public:
  /// termlists_of() `docids`.
  LentTermlists(std::filesystem::path database, std::span<const Xapian::docid> docids,
                const std::vector<std::string>& prefixes);
  /// All terms of articles, as documents_of_articles() gives them. Their texts are analysed again, and what the index
  /// has of the terms is taken: time goes by the articles. Where that does not add up to the length of a document, all
  /// posting lists are walked. `roots`: as in the manifest.
  LentTermlists(std::filesystem::path database, std::span<const std::vector<Xapian::docid>> articles,
                const RecordStore& store, const std::vector<std::string>& roots);
  ~LentTermlists();
  LentTermlists(const LentTermlists&) = delete;
  LentTermlists& operator=(const LentTermlists&) = delete;

 private:
  std::filesystem::path database_;
};

}  // namespace nutgraf
