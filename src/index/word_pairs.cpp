#include "index/word_pairs.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

#include "index/terms.h"
#include "index/varint.h"
#include "nutgraf/analyzer.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

constexpr ListFileMagic kMagic{'N', 'G', 'p', 'a', 'i', 'r', 's', '1'};
constexpr std::uint64_t kWordsKey = 0;
constexpr unsigned kNibble = 4;
constexpr Xapian::termcount kMostInNibble = 15;

std::string encode_words(std::span<const PairedWord> words) {
  std::string bytes;
  for (const PairedWord& word : words) {
    put_varint(bytes, word.surface);
    put_varint(bytes, word.term.size());
    bytes += word.term;
  }
  return bytes;
}

std::vector<std::string> languages_of(const Xapian::Database& database) {
  std::vector<std::string> languages;
  const std::string prefix(kLanguagePrefix);
  const auto end = database.allterms_end(prefix);
  for (auto term = database.allterms_begin(prefix); term != end; ++term)
    languages.push_back((*term).substr(prefix.size()));
  return languages;
}

// ---- making the lists ----

// The lists of all pairs, stretch after stretch of the collection, in a file: there all of a pair cannot stand together
// before all are known, and in memory there is no room for them.
class PairRuns {
 public:
  PairRuns(const fs::path& path, std::size_t pairs) : path_(path), file_(open_scratch(path)), sums_(pairs) {}

  void add(const PairLister& lister) {
    std::string run, list;
    for (std::size_t pair = 0; pair < sums_.size(); ++pair) {
      encode(lister.of(pair), sums_[pair], list);
      const auto size = static_cast<std::uint32_t>(list.size());
      run.append(reinterpret_cast<const char*>(&size), sizeof size);
      run += list;
    }
    write_all(file_, path_, run);
    ends_.push_back(ends_.back() + run.size());
  }

  [[nodiscard]] std::size_t lists() const {
    return static_cast<std::size_t>(
        std::count_if(sums_.begin(), sums_.end(), [](const Sum& sum) { return sum.listed; }));
  }

  void write_to(ListFileWriter& writer, std::span<const std::uint64_t> keys) const {
    std::vector<StretchReader> runs;
    for (std::size_t run = 0; run + 1 < ends_.size(); ++run) runs.emplace_back(file_, ends_[run], ends_[run + 1]);
    std::string list;
    for (std::size_t pair = 0; pair < sums_.size(); ++pair) {
      list.clear();
      put_varint(list, sums_[pair].passages);
      for (StretchReader& run : runs) {
        std::uint32_t size = 0;
        std::memcpy(&size, run.take(sizeof size).data(), sizeof size);
        list += run.take(size);
      }
      if (sums_[pair].listed) writer.add(keys[pair], list);
    }
  }

 private:
  struct Sum {
    bool listed = false;
    std::uint64_t passages = 0;
    Xapian::docid last = 0;
  };

  // Without the passages that do not have both terms.
  static void encode(std::span<const PairPosting> postings, Sum& sum, std::string& bytes) {
    constexpr std::size_t kMostBytes = 5 + 3;  // of a posting
    sum.listed = sum.listed || !postings.empty();
    bytes.resize(postings.size() * kMostBytes);
    char* out = bytes.data();
    for (const auto [docid, first, second] : postings) {
      if (first == 0 || second == 0) continue;
      ++sum.passages;
      out = put_varint(out, docid - std::exchange(sum.last, docid));
      const bool small = std::max(first, second) <= kMostInNibble;
      *out++ = static_cast<char>(small ? first << kNibble | second : 0);
      if (small) continue;
      *out++ = static_cast<char>(first);
      *out++ = static_cast<char>(second);
    }
    bytes.resize(static_cast<std::size_t>(out - bytes.data()));
  }

  const fs::path& path_;
  FileDescriptor file_;
  std::vector<Sum> sums_;               // by pair
  std::vector<std::uint64_t> ends_{0};  // of the runs
};

// Whether the next passages of `listed` are those of `postings` that have both terms.
bool goes_on_with(PairPostings& listed, std::span<const PairPosting> postings) {
  for (const auto [docid, first, second] : postings) {
    if (first == 0 || second == 0) continue;
    if (listed.at_end() || listed.docid() != docid || listed.first_wdf() != first || listed.second_wdf() != second)
      return false;
    listed.next();
  }
  return true;
}

}  // namespace

std::vector<PairedWord> words_to_pair(const Xapian::Database& database, const WordCounts& vocabulary,
                                      const WordPairLimits& limits) {
  const Xapian::doccount fewest = std::max(limits.fewest_passages, database.get_doccount() / limits.share);
  const auto languages = languages_of(database);
  const Analyzer analyzer;
  std::vector<std::pair<Xapian::doccount, PairedWord>> words;
  for (const auto& [surface, count] : vocabulary.words()) {
    if (count < fewest) continue;
    PairedWord word{Analyzer::signature_hash(surface), {}};
    Xapian::doccount most = 0;
    for (const auto& term : analyzer.terms_of(surface, languages)) {
      std::string spelt = std::string(kBodyPrefix) + term;
      const Xapian::doccount passages = database.get_termfreq(spelt);
      if (passages > most) word.term = std::move(spelt);
      most = std::max(most, passages);
    }
    if (most >= fewest) words.emplace_back(most, std::move(word));
  }
  std::sort(words.begin(), words.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second.term < b.second.term;
  });
  std::vector<PairedWord> paired;
  std::vector<bool> seen(kSurfaces);
  for (auto& [passages, word] : words) {
    if (paired.size() == limits.most_words) break;
    if (seen[word.surface]) continue;
    seen[word.surface] = true;
    paired.push_back(std::move(word));
  }
  return paired;
}

void write_word_pairs(const fs::path& file, std::uint64_t batch, PairLister lister, std::span<const PairedWord> words,
                      Xapian::docid last_docid) {
  PairRuns runs(file, lister.keys().size());
  while (lister.next()) runs.add(lister);
  ListFileWriter writer(file, 1 + runs.lists());
  writer.add(kWordsKey, encode_words(words));
  runs.write_to(writer, lister.keys());
  writer.commit(kMagic, batch, last_docid);
}

void make_word_pairs(const GenerationPaths& paths, std::uint64_t batch, std::span<const PartPostings> parts,
                     const WordPairLimits& limits) {
  Xapian::Database all;
  Xapian::docid last_docid = 0;
  for (const PartPostings& part : parts) {
    all.add_database(part.database);
    last_docid += part.size();
  }
  const auto words = words_to_pair(all, Vocabulary(paths.words()).counts(), limits);
  const Signatures signatures(paths, last_docid);
  write_word_pairs(paths.word_pairs(), batch, {parts, signatures, words, limits.passages_at_once}, words, last_docid);
}

// ---- reading ----

PairPostings::PairPostings(std::string_view list, std::span<const Xapian::docid> removed)
    : rest_(list), removed_(removed), at_end_(false) {
  passages_ = static_cast<Xapian::doccount>(take_varint(rest_).value_or(0));
  next();
}

void PairPostings::next() {
  do {
    read();
    while (!removed_.empty() && removed_.front() < docid_) removed_ = removed_.subspan(1);
  } while (!at_end_ && !removed_.empty() && removed_.front() == docid_);
}

void PairPostings::read() {
  const auto step = take_varint(rest_);
  const std::size_t bytes = rest_.empty() ? 0 : rest_.front() == '\0' ? 3 : 1;
  at_end_ = !step || bytes == 0 || rest_.size() < bytes;
  if (at_end_) return;
  docid_ += static_cast<Xapian::docid>(*step);
  const auto both = static_cast<unsigned char>(rest_[0]);
  first_wdf_ = bytes == 1 ? both >> kNibble : static_cast<unsigned char>(rest_[1]);
  second_wdf_ = bytes == 1 ? both & kMostInNibble : static_cast<unsigned char>(rest_[2]);
  rest_.remove_prefix(bytes);
}

WordPairsFile::WordPairsFile(const fs::path& file, std::uint64_t batch) : ListFile(file, kMagic, batch) {}

std::optional<std::vector<PairedWord>> WordPairsFile::words() const {
  auto bytes = ListFile::of(kWordsKey);
  if (!bytes) return std::nullopt;
  std::vector<PairedWord> words;
  while (!bytes->empty()) {
    const auto surface = take_varint(*bytes);
    const auto size = take_varint(*bytes);
    if (!surface || !size || bytes->size() < *size) return std::nullopt;
    words.push_back({static_cast<std::uint16_t>(*surface), std::string(bytes->substr(0, *size))});
    bytes->remove_prefix(*size);
  }
  return words;
}

std::optional<std::string_view> WordPairsFile::of(const PairedWord& first, const PairedWord& second) const {
  return ListFile::of(pair_key(first, second));
}

// Lists without passages are none: all of them may have been removed.
bool WordPairsFile::equal(PairLister lister, std::span<const PairedWord> words,
                          std::span<const Xapian::docid> removed) const {
  if (ListFile::of(kWordsKey) != encode_words(words)) return false;
  std::vector<PairPostings> listed(lister.keys().size());
  std::size_t known = 1;  // the words
  for (std::size_t pair = 0; pair < listed.size(); ++pair) {
    const auto list = ListFile::of(lister.keys()[pair]);
    if (!list) continue;
    listed[pair] = {*list, removed};
    ++known;
  }
  if (known != keys().size()) return false;
  while (lister.next()) {
    for (std::size_t pair = 0; pair < listed.size(); ++pair) {
      if (!goes_on_with(listed[pair], lister.of(pair))) return false;
    }
  }
  return std::all_of(listed.begin(), listed.end(), std::mem_fn(&PairPostings::at_end));
}

}  // namespace nutgraf
