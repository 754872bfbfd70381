#include "index/word_pairs.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "index/posting_list.h"
#include "index/terms.h"
#include "index/varint.h"
#include "nutgraf/analyzer.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

constexpr ListFileMagic kMagic{'N', 'G', 'p', 'a', 'i', 'r', 's', '1'};
constexpr std::uint64_t kWordsKey = 0;
constexpr std::size_t kSurfaces = 65'536;
constexpr unsigned kNibble = 4;
constexpr Xapian::termcount kMostInNibble = 15;

std::uint64_t key_of(const PairedWord& first, const PairedWord& second) {
  const std::array<std::uint64_t, 4> numbers{term_hash(first.term), first.surface, term_hash(second.term),
                                             second.surface};
  return XXH3_64bits(numbers.data(), sizeof numbers);
}

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

class PairLister {
 public:
  PairLister(std::span<const PartPostings> parts, const Signatures& signatures, std::span<const PairedWord> words)
      : parts_(parts),
        signatures_(signatures),
        words_(words),
        number_of_(kSurfaces, static_cast<std::uint16_t>(words.size())) {
    for (std::size_t number = 0; number < words.size(); ++number)
      number_of_[words[number].surface] = static_cast<std::uint16_t>(number);
  }

  KeyedLists list(std::size_t postings_at_once) {
    KeyedLists lists;
    lists.add(kWordsKey, encode_words(words_));
    count();
    for (auto begin = pairs_.begin(); begin != pairs_.end();) {
      auto end = begin;
      std::size_t postings = 0;
      do postings += end++->passages;
      while (end != pairs_.end() && postings + end->passages <= postings_at_once);
      fill({begin, end}, postings);
      for (const Pair& pair : std::span(begin, end)) lists.add(pair.key, encoded(pair));
      begin = end;
    }
    return lists;
  }

 private:
  struct Pair {
    std::uint64_t key = 0;
    std::size_t first = 0;  // number of the word
    std::size_t second = 0;
    std::size_t passages = 0;
    std::size_t begin = 0;  // among the postings in memory
  };

  // Of each pair in a passage, once: found(docid, its place in the table of all pairs). About half of all surfaces are
  // frequent ones, in no order that a processor could foresee: so pairs are picked without branches.
  template <typename Found>
  void for_each_pair(Found&& found) const {
    const std::size_t none = words_.size();
    std::vector<Xapian::docid> last(table_size());
    std::vector<std::uint32_t> places;
    for (Xapian::docid docid = 1; docid <= signatures_.last_docid(); ++docid) {
      const auto surfaces = signatures_.of(docid);
      if (places.size() < surfaces.size()) places.resize(surfaces.size());
      std::size_t picked = 0, before = none;
      for (const std::uint16_t surface : surfaces) {
        const std::size_t number = number_of_[surface];
        places[picked] = static_cast<std::uint32_t>(before * words_.size() + number);
        picked += static_cast<std::size_t>(before != none) & static_cast<std::size_t>(number != none);
        before = number;
      }
      for (const std::uint32_t place : std::span(places).first(picked)) {
        if (std::exchange(last[place], docid) != docid) found(docid, place);
      }
    }
  }

  [[nodiscard]] std::size_t table_size() const { return words_.size() * words_.size(); }

  void count() {
    std::vector<std::uint32_t> passages(table_size());
    for_each_pair([&](Xapian::docid, std::size_t place) { ++passages[place]; });
    for (std::size_t place = 0; place < passages.size(); ++place) {
      if (passages[place] == 0) continue;
      const std::size_t first = place / words_.size(), second = place % words_.size();
      pairs_.push_back({key_of(words_[first], words_[second]), first, second, passages[place]});
    }
    std::sort(pairs_.begin(), pairs_.end(), [](const Pair& a, const Pair& b) { return a.key < b.key; });
  }

  void fill(std::span<Pair> pairs, std::size_t postings) {
    constexpr std::uint32_t kElsewhere = ~std::uint32_t{0};
    std::vector<std::uint32_t> next(table_size(), kElsewhere);
    std::size_t begin = 0;
    for (Pair& pair : pairs) {
      pair.begin = begin;
      next[pair.first * words_.size() + pair.second] = static_cast<std::uint32_t>(begin);
      begin += pair.passages;
    }
    docids_.resize(postings);
    for_each_pair([&](Xapian::docid docid, std::size_t place) {
      if (next[place] != kElsewhere) docids_[next[place]++] = docid;
    });
    fill_wdfs(pairs, postings);
  }

  void fill_wdfs(std::span<const Pair> pairs, std::size_t postings) {
    first_wdfs_.resize(postings);
    second_wdfs_.resize(postings);
    for (std::size_t number = 0; number < words_.size(); ++number) {
      const std::vector<std::uint8_t> wdfs = wdfs_of(words_[number].term);
      for (const Pair& pair : pairs) {
        const auto copy_to = [&](std::vector<std::uint8_t>& target) {
          for (std::size_t i = pair.begin; i < pair.begin + pair.passages; ++i) target[i] = wdfs[docids_[i]];
        };
        if (pair.first == number) copy_to(first_wdfs_);
        if (pair.second == number) copy_to(second_wdfs_);
      }
    }
  }

  // By docid.
  [[nodiscard]] std::vector<std::uint8_t> wdfs_of(const std::string& term) const {
    std::vector<std::uint8_t> wdfs(signatures_.last_docid() + 1);
    Xapian::docid before = 0;
    for (const PartPostings& part : parts_) {
      PostingList posting(part.database, term);
      for (; !posting.at_end() && posting.docid() <= part.last; posting.next())
        wdfs[before + posting.docid() + 1 - part.first] = static_cast<std::uint8_t>(std::min(posting.wdf(), kMaxWdf));
      before += part.last + 1 - part.first;
    }
    return wdfs;
  }

  // Without the passages that do not have both terms: they are of another language, or were removed.
  [[nodiscard]] std::string encoded(const Pair& pair) const {
    constexpr std::size_t kMostBytes = 5 + 3;  // of a posting
    std::string bytes(pair.passages * kMostBytes, '\0');
    char* out = bytes.data();
    Xapian::docid before = 0;
    std::uint64_t passages = 0;
    for (std::size_t i = pair.begin; i < pair.begin + pair.passages; ++i) {
      const unsigned first = first_wdfs_[i], second = second_wdfs_[i];
      if (first == 0 || second == 0) continue;
      ++passages;
      out = put_varint(out, docids_[i] - std::exchange(before, docids_[i]));
      const bool small = std::max(first, second) <= kMostInNibble;
      *out++ = static_cast<char>(small ? first << kNibble | second : 0);
      if (small) continue;
      *out++ = static_cast<char>(first);
      *out++ = static_cast<char>(second);
    }
    bytes.resize(static_cast<std::size_t>(out - bytes.data()));
    std::string count;
    put_varint(count, passages);
    return count + bytes;
  }

  std::span<const PartPostings> parts_;
  const Signatures& signatures_;
  std::span<const PairedWord> words_;
  std::vector<std::uint16_t> number_of_;  // of the word with a surface; else their number
  std::vector<Pair> pairs_;               // by key
  // Of the pairs that are in memory, one after the other:
  std::vector<Xapian::docid> docids_;
  std::vector<std::uint8_t> first_wdfs_;
  std::vector<std::uint8_t> second_wdfs_;
};

bool same_passages(PairPostings a, PairPostings b) {
  for (; !a.at_end() && !b.at_end(); a.next(), b.next()) {
    if (a.docid() != b.docid() || a.first_wdf() != b.first_wdf() || a.second_wdf() != b.second_wdf()) return false;
  }
  return a.at_end() && b.at_end();
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

KeyedLists list_word_pairs(std::span<const PartPostings> parts, const Signatures& signatures,
                           std::span<const PairedWord> words, std::size_t postings_at_once) {
  return PairLister(parts, signatures, words).list(postings_at_once);
}

void make_word_pairs(const GenerationPaths& paths, std::uint64_t batch, std::span<const PartPostings> parts,
                     const WordPairLimits& limits) {
  Xapian::Database all;
  Xapian::docid last_docid = 0;
  for (const PartPostings& part : parts) {
    all.add_database(part.database);
    last_docid += part.last + 1 - part.first;
  }
  const auto words = words_to_pair(all, Vocabulary(paths.words()).counts(), limits);
  const Signatures signatures(paths, last_docid);
  list_word_pairs(parts, signatures, words, limits.postings_at_once)
      .write(paths.word_pairs(), kMagic, batch, last_docid);
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
  return ListFile::of(key_of(first, second));
}

// Lists without passages are none: all of them may have been removed.
bool WordPairsFile::equal(const KeyedLists& lists, std::span<const Xapian::docid> removed) const {
  std::map<std::uint64_t, std::string_view> left;
  for (std::size_t place = 0; place < lists.keys().size(); ++place) {
    const bool some = lists.keys()[place] == kWordsKey || !PairPostings(lists.list(place), {}).at_end();
    if (some) left[lists.keys()[place]] = lists.list(place);
  }
  for (std::size_t place = 0; place < keys().size(); ++place) {
    const auto listed = list(place);
    if (!listed) return false;
    const auto other = left.extract(keys()[place]);
    const bool same =
        keys()[place] == kWordsKey
            ? !other.empty() && other.mapped() == *listed
            : same_passages({*listed, removed}, other.empty() ? PairPostings() : PairPostings(other.mapped(), {}));
    if (!same) return false;
  }
  return left.empty();
}

}  // namespace nutgraf
