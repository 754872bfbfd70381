#include "index/admission.h"

#include <xxhash.h>

#include <algorithm>
#include <map>
#include <utility>

namespace nutgraf {
namespace {

class Hasher {
 public:
  void add(std::string_view text) {
    add(text.size());
    hash_ = XXH3_64bits_withSeed(text.data(), text.size(), hash_);
  }
  void add(std::uint64_t value) { hash_ = XXH3_64bits_withSeed(&value, sizeof value, hash_); }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0;
};

// Over everything that the index would keep of the article: equal hashes mean that re-indexing changes nothing.
std::uint64_t content_hash(const Article& article, const std::vector<Passage>& passages) {
  Hasher hash;
  for (const auto* text : {&article.id, &article.root, &article.path, &article.title, &article.source, &article.author,
                           &article.url, &article.language}) {
    hash.add(*text);
  }
  for (const auto& tag : article.tags) hash.add(tag);
  for (const std::uint64_t value :
       {std::uint64_t{article.record}, std::uint64_t{article.date.number()},
        static_cast<std::uint64_t>(article.date_source), static_cast<std::uint64_t>(article.bytes_of),
        std::uint64_t{article.title_derived}, std::uint64_t{article.id_from_path}}) {
    hash.add(value);
  }
  for (const auto& passage : passages) {
    hash.add(passage.heading);
    hash.add(std::string_view(article.text).substr(passage.text.begin, passage.text.size()));
    for (const std::uint64_t value : {passage.bytes.begin, passage.bytes.end, passage.lines.first, passage.lines.last})
      hash.add(value);
  }
  return hash.value();
}

std::string joined(const std::vector<std::string>& notices) {
  std::string text;
  for (const auto& notice : notices) text += (text.empty() ? "" : "; ") + notice;
  return text;
}

}  // namespace

Admission::Verdict Admission::judge(ReadResult result) {
  if (auto* rejection = std::get_if<Rejection>(&result)) return reject(std::move(*rejection));
  return admit(std::get<Article>(std::move(result)));
}

Admission::Verdict Admission::reject(Rejection rejection) {
  paths_rejected_.insert(rejection.path);
  log_.add(
      {std::move(rejection.path), std::move(rejection.id), DocumentStatus::rejected, 0, std::move(rejection.reason)});
  return {};
}

std::optional<ArticleRecord> Admission::indexed(const std::string& id) {
  if (live_ == nullptr) return {};
  const auto find = [&](LiveIndex& live) -> std::optional<ArticleRecord> {
    const auto first = live.first_passage(id);
    if (first == 0) return {};
    return live.article(first);
  };
  return live_->read(find, View::at_hand);
}

// Whether a reader would see no difference: it came in another file, or with other metadata.
bool Admission::says_the_same(const ArticleRecord& before, const Article& article,
                              const std::vector<Passage>& passages) {
  if (before.title != article.title || before.passages != passages.size()) return false;
  const auto compare = [&](LiveIndex& live) {
    const auto first = live.first_passage(before.id);
    for (std::uint32_t i = 0; i < before.passages; ++i) {
      const PassageRecord stored = live.passage(live.signatures().passage(first, i + 1)).passage;
      const ByteRange text = passages[i].text;
      if (stored.heading != passages[i].heading ||
          stored.text != std::string_view(article.text).substr(text.begin, text.size()))
        return false;
    }
    return true;
  };
  return live_->read(compare, View::at_hand);
}

// The same name below two folders of the same name: which of them is meant, nobody can tell.
Admission::Verdict Admission::reject_namesake(const Article& article, const std::string& other_root) {
  return reject({article.path, article.id,
                 "another article of this id is from the folder " + other_root +
                     "; give one of the folders a name of its own with --prefix NAME"});
}

Admission::Verdict Admission::admit(Article article) {
  auto passages = split_into_passages(article);
  if (passages.empty()) return reject({article.path, article.id, "no text"});
  if (passages.size() > kMaxPassages) {
    return reject({article.path, article.id,
                   std::to_string(passages.size()) + " passages: an article has at most " +
                       std::to_string(kMaxPassages) + "; split the file"});
  }
  const auto before = indexed(article.id);
  if (before && before->id_from_path && article.id_from_path && before->root != article.root)
    return reject_namesake(article, before->root);
  const auto seen = log_.seen(article.id);
  if (seen && !seen->root.empty() && article.id_from_path && seen->root != article.root)
    return reject_namesake(article, std::string(seen->root));

  Superseded superseded{article.id, false, 0};
  const bool again = seen && log_.status(seen->document) != DocumentStatus::rejected;
  if (again) {
    superseded.in_batch = seen->sequence;
    log_.supersede(seen->document, "the same id comes again in this batch: " + article.path +
                                       (article.record != 0 ? ", record " + std::to_string(article.record) : ""));
  }
  const std::string_view root = article.id_from_path ? std::string_view(article.root) : std::string_view();

  const std::uint64_t hash = content_hash(article, passages);
  DocumentReport report{article.path, article.id, DocumentStatus::added, passages.size(), joined(article.notices)};
  // A version that this batch has already written is not the one in the index any more.
  if (before && before->content_hash == hash && !again) {
    report.status = DocumentStatus::unchanged;
    log_.add(report, root, 0);
    return {};
  }
  if (before) {
    report.status = DocumentStatus::updated;
    superseded.in_index = true;
  }
  Verdict verdict;
  if (superseded.in_index || superseded.in_batch != 0) verdict.superseded = std::move(superseded);
  const std::uint64_t sequence = sequence_++;
  log_.add(report, root, sequence);
  const std::uint64_t first = before ? before->first_sequence : sequence;
  const std::uint64_t changed =
      before && says_the_same(*before, article, passages) ? before->changed_sequence : sequence;
  // It is cut: what only cutting asks for goes.
  article.blocks = std::vector<Block>();
  article.origin = std::vector<OriginPiece>();
  article.line_starts = std::vector<std::size_t>();
  verdict.admitted = AdmittedArticle{std::move(article), std::move(passages), hash, sequence, first, changed, batch_};
  return verdict;
}

// Of a file, archive or folder that could not be read whole nobody knows what it still holds.
bool Admission::maybe_unread(std::string path) const {
  for (;;) {
    if (paths_rejected_.contains(path)) return true;
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return false;
    path.resize(slash);
  }
}

std::vector<std::string> Admission::vanished(const std::vector<std::string>& roots) {
  if (live_ == nullptr) return {};
  return live_->read([&](LiveIndex& live) {
    std::map<std::uint64_t, std::string> by_arrival;
    for (const auto first : live.articles()) {
      const ArticleRecord record = live.article(first);
      if (std::find(roots.begin(), roots.end(), record.root) == roots.end() || log_.seen(record.id)) continue;
      if (!maybe_unread(record.path)) by_arrival.emplace(record.sequence, record.id);
    }
    std::vector<std::string> ids;
    for (auto& [sequence, id] : by_arrival) ids.push_back(std::move(id));
    return ids;
  });
}

}  // namespace nutgraf
