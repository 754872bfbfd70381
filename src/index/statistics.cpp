#include "index/statistics.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "index/file_io.h"
#include "index/passage_analysis.h"
#include "index/segment.h"
#include "index/terms.h"
#include "index/varint.h"
#include "index/word_pairs.h"

namespace nutgraf {

struct StatisticsHeader {
  std::array<char, 8> magic{};
  std::uint64_t batch = 0;
  std::uint64_t hash = 0;  // of all that follows the header, seeded with the fields below
  std::uint64_t terms = 0;
  std::uint64_t passages_listed = 0;
  std::uint64_t champions_batch = 0;
  std::uint64_t removed = 0;
  CollectionTotals totals;
};

namespace {

namespace fs = std::filesystem;

constexpr std::array<char, 8> kMagic{'N', 'G', 's', 't', 'a', 't', 's', '3'};
constexpr std::size_t kBlock = 64;  // surfaces that are read together
constexpr std::size_t kBlocks = kSurfaces / kBlock;
constexpr std::size_t kTermBytes = sizeof(std::uint64_t) + sizeof(std::uint32_t);

static_assert(sizeof(StatisticsHeader) == 96);

std::uint64_t hash_of(const StatisticsHeader& header, std::string_view body) {
  const std::array<std::uint64_t, 5> numbers{header.batch, header.terms, header.passages_listed, header.champions_batch,
                                             header.removed};
  const std::uint64_t seed = XXH3_64bits(numbers.data(), sizeof numbers);
  return XXH3_64bits_withSeed(body.data(), body.size(),
                              XXH3_64bits_withSeed(&header.totals, sizeof header.totals, seed));
}

template <typename T>
void append(std::string& out, const T* values, std::size_t count) {
  out.append(reinterpret_cast<const char*>(values), count * sizeof(T));
}

void append_frequencies(std::string& out, const std::vector<SurfaceFrequency>& frequencies) {
  std::vector<std::uint32_t> blocks;
  std::string bytes;
  for (std::size_t surface = 0; surface < kSurfaces; ++surface) {
    if (surface % kBlock == 0) blocks.push_back(static_cast<std::uint32_t>(bytes.size()));
    const SurfaceFrequency& frequency = frequencies[surface];
    put_varint(bytes, static_cast<std::uint64_t>(frequency.passages));
    put_varint(bytes, static_cast<std::uint64_t>(frequency.passages - frequency.articles));
  }
  append(out, blocks.data(), kBlocks);
  out += bytes;
}

SurfaceFrequency take_frequency(std::string_view& rest) {
  const auto passages = static_cast<std::int32_t>(take_varint(rest).value_or(0));
  return {passages, passages - static_cast<std::int32_t>(take_varint(rest).value_or(0))};
}

}  // namespace

CollectionTotals& CollectionTotals::operator+=(const CollectionTotals& other) {
  passages += other.passages;
  articles += other.articles;
  text += other.text;
  titles_of_passages += other.titles_of_passages;
  titles += other.titles;
  return *this;
}

SurfaceFrequency& SurfaceFrequency::operator+=(const SurfaceFrequency& other) {
  passages += other.passages;
  articles += other.articles;
  return *this;
}

// ---- counting ----

SurfaceCounts::SurfaceCounts() : SurfaceCounts({}, std::vector<SurfaceFrequency>(kSurfaces)) {}

SurfaceCounts::SurfaceCounts(const CollectionTotals& totals, std::vector<SurfaceFrequency> frequencies)
    : totals_(totals), frequencies_(std::move(frequencies)), passage_of_(kSurfaces), article_of_(kSurfaces) {}

void SurfaceCounts::add(const Signatures& signatures, Xapian::docid first, int sign) {
  const auto title = signatures.title(first);
  const auto count = [&](std::span<const std::uint16_t> surfaces) {
    for (const std::uint16_t surface : surfaces) {
      if (passage_of_[surface] != passages_seen_) frequencies_[surface].passages += sign;
      if (article_of_[surface] != articles_seen_) frequencies_[surface].articles += sign;
      passage_of_[surface] = passages_seen_;
      article_of_[surface] = articles_seen_;
    }
  };
  ++articles_seen_;
  std::int64_t text = 0, passages = 0;
  for (Xapian::docid docid = first; docid != 0; docid = signatures.next_passage(docid)) {
    ++passages;
    ++passages_seen_;
    count(title);
    count(signatures.of(docid));
    text += static_cast<std::int64_t>(signatures.of(docid).size());
  }
  const auto title_size = static_cast<std::int64_t>(title.size());
  totals_.passages += sign * passages;
  totals_.articles += sign;
  totals_.text += sign * text;
  totals_.titles_of_passages += sign * title_size * passages;
  totals_.titles += sign * title_size;
}

void SurfaceCounts::add_from(const Signatures& signatures, Xapian::docid docid) {
  SignatureWalk walk(signatures);
  for (; docid <= signatures.last_docid(); ++docid) {
    walk.reach(docid);
    if (signatures.ordinal(docid) == 1) add(signatures, docid, 1);
  }
}

SurfaceCounts& SurfaceCounts::operator+=(const SurfaceCounts& other) {
  totals_ += other.totals_;
  for (std::size_t surface = 0; surface < kSurfaces; ++surface) frequencies_[surface] += other.frequencies_[surface];
  return *this;
}

SurfaceCounts count_surfaces(const Xapian::Database& database, const Signatures& signatures) {
  SurfaceCounts counts;
  SignatureWalk walk(signatures);
  const auto end = database.postlist_end(std::string());
  for (auto posting = database.postlist_begin(std::string()); posting != end; ++posting) {
    walk.reach(*posting);
    if (signatures.ordinal(*posting) == 1) counts.add(signatures, *posting, 1);
  }
  return counts;
}

SurfaceCounts count_surfaces(const Signatures& signatures) {
  SurfaceCounts counts;
  counts.add_from(signatures, 1);
  return counts;
}

std::uint32_t count_articles(PostingList postings, const Signatures& signatures) {
  std::uint32_t articles = 0;
  ArticleSteps steps(signatures);
  for (; !postings.at_end(); postings.next()) articles += steps.enters(postings.docid()) ? 1 : 0;
  return articles;
}

std::uint32_t count_articles(const Xapian::Database& database, const Signatures& signatures, const std::string& term) {
  return count_articles(PostingList(database, term), signatures);
}

// ---- the file ----

void write_statistics(const fs::path& file, std::uint64_t batch, const Statistics& statistics) {
  StatisticsHeader header{kMagic,
                          batch,
                          0,
                          statistics.terms.size(),
                          statistics.passages_listed,
                          statistics.champions_batch,
                          statistics.removed.size(),
                          statistics.surfaces.totals()};
  std::string body;
  for (const auto& term : statistics.terms) append(body, &term.hash, 1);
  for (const auto& term : statistics.terms) append(body, &term.articles, 1);
  append(body, statistics.removed.data(), statistics.removed.size());
  append_frequencies(body, statistics.surfaces.frequencies());
  header.hash = hash_of(header, body);
  std::string bytes;
  append(bytes, &header, 1);
  replace_file(file, bytes + body);
}

void make_statistics(const GenerationPaths& paths, std::uint64_t batch, const Xapian::Database& database,
                     SurfaceCounts surfaces, const ChampionLimits& limits) {
  const Signatures signatures(paths, database.get_lastdocid());
  write_counts(paths, batch, database, {std::move(surfaces), count_terms(database, signatures, limits)});
}

// The champions first: before the statistics name them, no one looks at them.
void write_counts(const GenerationPaths& paths, std::uint64_t batch, const Xapian::Database& database,
                  CollectionCounts counts) {
  write_champions(paths.champions(), batch, database.get_lastdocid(), counts.terms.champions);
  write_statistics(paths.statistics(), batch,
                   {std::move(counts.surfaces), std::move(counts.terms.articles), database.get_doccount(), batch, {}});
}

StatisticsFile::StatisticsFile(const fs::path& file, std::uint64_t batch) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return;
  map_ = MappedFile(file);
  if (map_.size() < sizeof(StatisticsHeader)) return;
  const auto* bytes = static_cast<const char*>(map_.data());
  const auto* header = static_cast<const StatisticsHeader*>(map_.data());
  const std::string_view body(bytes + sizeof *header, map_.size() - sizeof *header);
  if (header->magic != kMagic || header->batch != batch || hash_of(*header, body) != header->hash) return;
  header_ = header;
  hashes_ = reinterpret_cast<const std::uint64_t*>(body.data());
  articles_ = reinterpret_cast<const std::uint32_t*>(hashes_ + header->terms);
  removed_ = {articles_ + header->terms, header->removed};
  blocks_ = removed_.data() + removed_.size();
  frequencies_ = body.substr(header->terms * kTermBytes + removed_.size_bytes() + kBlocks * sizeof *blocks_);
}

const CollectionTotals& StatisticsFile::totals() const { return header_->totals; }

SurfaceFrequency StatisticsFile::of(std::uint16_t surface) const {
  std::string_view rest = frequencies_.substr(blocks_[surface / kBlock]);
  for (std::size_t before = surface % kBlock; before > 0; --before) take_frequency(rest);
  return take_frequency(rest);
}

std::optional<std::uint32_t> StatisticsFile::articles_of(std::string_view term) const {
  const std::span hashes(hashes_, header_->terms);
  const std::uint64_t hash = term_hash(term);
  const auto found = std::lower_bound(hashes.begin(), hashes.end(), hash);
  if (found == hashes.end() || *found != hash) return std::nullopt;
  return articles_[found - hashes.begin()];
}

std::uint64_t StatisticsFile::passages_listed() const { return header_->passages_listed; }

std::uint64_t StatisticsFile::champions_batch() const { return header_->champions_batch; }

Statistics StatisticsFile::read() const {
  std::vector<SurfaceFrequency> frequencies(kSurfaces);
  std::string_view rest = frequencies_;
  for (auto& frequency : frequencies) frequency = take_frequency(rest);
  Statistics statistics{{header_->totals, std::move(frequencies)},
                        {},
                        header_->passages_listed,
                        header_->champions_batch,
                        {removed_.begin(), removed_.end()}};
  for (std::size_t i = 0; i < header_->terms; ++i) statistics.terms.push_back({hashes_[i], articles_[i]});
  return statistics;
}

// ---- small batches ----

StatisticsUpdate::StatisticsUpdate(const GenerationPaths& paths, std::uint64_t batch, std::size_t shards,
                                   const Xapian::Database& database)
    : paths_(paths), batch_(batch), shards_(shards) {
  const StatisticsFile file(paths.statistics(), batch - 1);
  if (!file.known()) return;
  const ChampionsFile champions(paths.champions(), file.champions_batch());
  if (!champions.known()) return;
  const bool pairs = WordPairsFile(paths.word_pairs(), file.champions_batch()).known();
  if (!pairs && wants_word_pairs(shards_, file.passages_listed())) return;
  champions_end_ = champions.last_docid();
  statistics_ = file.read();
  before_ = Signatures(paths, database.get_lastdocid());
}

void StatisticsUpdate::remove(const Xapian::Database& database, std::span<const Xapian::docid> docids) {
  if (!statistics_) return;
  statistics_->surfaces.add(before_, docids.front(), -1);
  std::set<std::uint64_t> terms;
  for (const auto docid : docids) {
    auto term = database.termlist_begin(docid);
    const auto end = database.termlist_end(docid);
    for (term.skip_to(std::string(kBodyPrefix)); term != end && (*term).starts_with(kBodyPrefix); ++term)
      terms.insert(term_hash(*term));
    if (docid <= champions_end_) statistics_->removed.push_back(docid);
  }
  for (const std::uint64_t term : terms) --terms_[term];
}

void StatisticsUpdate::add_terms(const AnalysedPassage& passage) {
  if (!statistics_) return;
  if (passage.article != nullptr) terms_of_article_.clear();
  for (const TermCount& count : passage.terms) {
    const std::string_view term = passage.table.term(count.number);
    if (!term.starts_with(kBodyPrefix)) continue;
    if (const std::uint64_t hash = term_hash(term); terms_of_article_.insert(hash).second) ++terms_[hash];
  }
}

void StatisticsUpdate::add_surfaces(const Xapian::Database& database) {
  if (!statistics_) return;
  const Signatures signatures(paths_, database.get_lastdocid());
  statistics_->surfaces.add_from(signatures, before_.last_docid() + 1);
}

void StatisticsUpdate::write(const Xapian::Database& database) {
  std::error_code ignored;
  // Terms that have become frequent since are not listed, nor what comes among champions: when there may be many, all
  // is counted anew.
  if (statistics_ && database.get_lastdocid() - champions_end_ < statistics_->passages_listed) {
    for (auto& term : statistics_->terms) {
      if (const auto change = terms_.find(term.hash); change != terms_.end())
        term.articles = static_cast<std::uint32_t>(term.articles + change->second);
    }
    std::sort(statistics_->removed.begin(), statistics_->removed.end());
    write_statistics(paths_.statistics(), batch_, *statistics_);
  } else if (statistics_ || database.get_doccount() >= kFewestPassagesForFile ||
             fs::exists(paths_.statistics(), ignored)) {
    const Signatures signatures(paths_, database.get_lastdocid());
    make_statistics(paths_, batch_, database, count_surfaces(database, signatures));
    if (wants_word_pairs(shards_, database.get_doccount()))
      make_word_pairs(paths_, batch_, std::vector{PartPostings(database)});
  }
}

}  // namespace nutgraf
