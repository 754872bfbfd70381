#include "index/lent_termlists.h"

#include <algorithm>

#include "index/codec.h"
#include "index/glass_termlists.h"
#include "index/glass_version.h"
#include "index/segment.h"
#include "index/terms.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDocumentsAtOnce = 8192;

fs::path termlist_file(const fs::path& database) { return database / "termlist.glass"; }

void take_back(const fs::path& database) {
  if (!fs::exists(termlist_file(database))) return;
  glass::VersionFile(database).write_termlists(std::nullopt);
  fs::remove(termlist_file(database));
}

/// Adds a term to the lists of those of `docids`, which ascend, that have it.
void add_postings(const Xapian::Database& database, const std::string& term, std::span<const Xapian::docid> docids,
                  Termlists& lists) {
  auto next = docids.begin();
  const auto end = database.postlist_end(term);
  for (auto posting = database.postlist_begin(term); posting != end;) {
    next = std::lower_bound(next, docids.end(), *posting);
    if (next == docids.end()) return;
    if (*next == *posting) {
      lists[*next].push_back({term, posting.get_wdf()});
      if (++next == docids.end()) return;
    }
    posting.skip_to(*next);
  }
}

/// An article as its analysis wants it, from what is stored of it.
AdmittedArticle stored_article(const Xapian::Database& database, const std::vector<Xapian::docid>& docids,
                               const RecordStore& store, const std::vector<std::string>& roots) {
  AdmittedArticle admitted;
  Article& article = admitted.article;
  for (const Xapian::docid docid : docids) {
    StoredPassage stored = decode_passage(store.unpack(database.get_document(docid).get_data()));
    if (docid == docids.front()) {
      ArticleRecord record = decode_article(stored.article, roots);
      article.id = std::move(record.id);
      article.title = std::move(record.title);
      article.title_derived = record.title_derived;
      article.source = std::move(record.source);
      article.language = std::move(record.language);
      article.date = record.date;
    }
    Passage passage;
    passage.ordinal = stored.passage.ordinal;
    passage.heading = std::move(stored.passage.heading);
    passage.text = {article.text.size(), article.text.size() + stored.passage.text.size()};
    article.text += stored.passage.text;
    admitted.passages.push_back(std::move(passage));
  }
  return admitted;
}

/// Which documents may have a term, by its number in the table of the analysis.
class DocumentsOfTerms : public PassageSink {
 public:
  void clear() { documents_.clear(); }
  void start(const std::vector<Xapian::docid>& docids) { next_ = docids.begin(); }

  void add(const AnalysedPassage& passage) override {
    documents_.resize(std::max(documents_.size(), passage.table.size()));
    for (const TermCount& term : passage.terms) documents_[term.number].push_back(*next_);
    ++next_;
  }

  [[nodiscard]] const std::vector<std::vector<Xapian::docid>>& documents() const { return documents_; }

 private:
  std::vector<Xapian::docid>::const_iterator next_;
  std::vector<std::vector<Xapian::docid>> documents_;
};

bool adds_up(const Xapian::Database& database, const Termlists& lists) {
  return std::all_of(lists.begin(), lists.end(), [&](const auto& list) {
    std::uint64_t length = 0;
    for (const TermOfDocument& term : list.second) length += term.wdf;
    return length == database.get_doclength(list.first);
  });
}

/// Of articles, from their texts.
class ArticleTermlists {
 public:
  ArticleTermlists(const Xapian::Database& database, const RecordStore& store, const std::vector<std::string>& roots)
      : database_(database), store_(store), roots_(roots) {}

  [[nodiscard]] Termlists of(std::span<const std::vector<Xapian::docid>> articles) {
    std::vector<Xapian::docid> all;
    candidates_.clear();
    for (const auto& docids : articles) {
      all.insert(all.end(), docids.begin(), docids.end());
      candidates_.start(docids);
      analysis_.run(stored_article(database_, docids, store_, roots_), candidates_);
    }
    Termlists lists = termlists_of(database_, all, {std::string(kCompanyPrefix), std::string(kCompanyNamePrefix)});
    for (std::uint32_t number = 0; number < candidates_.documents().size(); ++number) {
      const auto& docids = candidates_.documents()[number];
      if (!docids.empty()) add_postings(database_, std::string(analysis_.table().term(number)), docids, lists);
    }
    if (!adds_up(database_, lists)) return termlists_of(database_, all, {""});
    for (auto& [docid, terms] : lists) {
      std::sort(terms.begin(), terms.end(),
                [](const TermOfDocument& a, const TermOfDocument& b) { return a.term < b.term; });
    }
    return lists;
  }

 private:
  const Xapian::Database& database_;
  const RecordStore& store_;
  const std::vector<std::string>& roots_;
  // Which companies a text speaks of, its table of companies said: they are looked up.
  const Analyzer analyzer_;
  PassageAnalysis analysis_{analyzer_, nullptr};
  DocumentsOfTerms candidates_;
};

/// Writes the table of termlists.
class Lending {
 public:
  explicit Lending(const fs::path& database)
      : database_(database), source_(database.string()), writer_(termlist_file(database)) {}

  [[nodiscard]] const Xapian::Database& source() const { return source_; }
  /// Docids ascend.
  void add(const Termlists& lists) {
    for (const auto& [docid, terms] : lists) {
      writer_.start(docid, source_.get_doclength(docid), terms.size());
      for (const TermOfDocument& term : terms) writer_.add(term.term, term.wdf);
      writer_.end();
    }
  }
  void finish() { glass::VersionFile(database_).write_termlists(writer_.finish()); }

 private:
  const fs::path& database_;
  Xapian::Database source_;
  glass::TermlistWriter writer_;
};

}  // namespace

Termlists termlists_of(const Xapian::Database& database, std::span<const Xapian::docid> docids,
                       const std::vector<std::string>& prefixes) {
  Termlists lists;
  for (const Xapian::docid docid : docids) lists[docid];
  for (const std::string& prefix : prefixes) {
    const auto end = database.allterms_end(prefix);
    for (auto term = database.allterms_begin(prefix); term != end; ++term) add_postings(database, *term, docids, lists);
  }
  return lists;
}

LentTermlists::LentTermlists(fs::path database, std::span<const Xapian::docid> docids,
                             const std::vector<std::string>& prefixes)
    : database_(std::move(database)) {
  take_back(database_);  // what a dead writer left
  if (docids.empty()) return;
  Lending lending(database_);
  for (; !docids.empty(); docids = docids.subspan(std::min(docids.size(), kDocumentsAtOnce)))
    lending.add(termlists_of(lending.source(), docids.first(std::min(docids.size(), kDocumentsAtOnce)), prefixes));
  lending.finish();
}

LentTermlists::LentTermlists(fs::path database, std::span<const std::vector<Xapian::docid>> articles,
                             const RecordStore& store, const std::vector<std::string>& roots)
    : database_(std::move(database)) {
  take_back(database_);
  if (articles.empty()) return;
  Lending lending(database_);
  ArticleTermlists lists(lending.source(), store, roots);
  for (auto begin = articles.begin(); begin != articles.end();) {
    auto end = begin;
    std::size_t documents = 0;
    while (end != articles.end() && documents < kDocumentsAtOnce) documents += (end++)->size();
    lending.add(lists.of({begin, end}));
    begin = end;
  }
  lending.finish();
}

LentTermlists::~LentTermlists() {
  try {
    take_back(database_);
  } catch (const std::exception&) {  // the next writer does it
  }
}

}  // namespace nutgraf
