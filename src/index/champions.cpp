#include "index/champions.h"

#include <xxhash.h>

#include <algorithm>
#include <array>

#include "index/file_io.h"
#include "index/terms.h"
#include "index/varint.h"

namespace nutgraf {

struct ChampionsHeader {
  std::array<char, 8> magic{};
  std::uint64_t batch = 0;
  std::uint64_t hash = 0;  // of what lies between header and lists, seeded with the fields below
  std::uint32_t lists = 0;
  Xapian::docid last_docid = 0;
};

namespace {

namespace fs = std::filesystem;

constexpr std::array<char, 8> kMagic{'N', 'G', 'c', 'h', 'a', 'm', 'p', '1'};

static_assert(sizeof(ChampionsHeader) == 32);

// Of what lies between header and lists.
std::size_t directory_bytes(std::size_t lists) {
  return lists * (sizeof(std::uint64_t) + 2 * sizeof(std::uint32_t)) + sizeof(std::uint32_t);
}

std::uint64_t hash_of(const ChampionsHeader& header, std::string_view directory) {
  const std::array<std::uint64_t, 3> numbers{header.batch, header.lists, header.last_docid};
  return XXH3_64bits_withSeed(directory.data(), directory.size(), XXH3_64bits(numbers.data(), sizeof numbers));
}

std::uint32_t checksum_of(std::string_view list) {
  return static_cast<std::uint32_t>(XXH3_64bits(list.data(), list.size()));
}

template <typename T>
void append(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// Nothing where `bytes` are not layers to the end.
std::optional<std::vector<Posting>> decode_champions(std::string_view bytes) {
  std::vector<Posting> champions;
  while (!bytes.empty()) {
    const auto wdf = take_varint(bytes);
    const auto count = take_varint(bytes);
    if (!wdf || !count) return std::nullopt;
    Xapian::docid docid = 0;
    for (std::uint64_t i = 0; i < *count; ++i) {
      const auto step = take_varint(bytes);
      if (!step) return std::nullopt;
      docid += static_cast<Xapian::docid>(*step);
      champions.push_back({docid, static_cast<Xapian::termcount>(*wdf)});
    }
  }
  return champions;
}

}  // namespace

std::vector<Posting> ChampionPicker::take() {
  std::vector<Posting> champions;
  for (std::size_t wdf = layers_.size(); wdf-- > 0;) {
    auto& layer = layers_[wdf];
    const std::size_t taken = std::min(layer.size(), kept_ - champions.size());
    for (std::size_t i = 0; i < taken; ++i) champions.push_back({layer[i], static_cast<Xapian::termcount>(wdf)});
    layer.clear();
  }
  return champions;
}

std::string encode_champions(std::span<const Posting> champions) {
  std::string bytes;
  for (auto layer = champions.begin(); layer != champions.end();) {
    const auto end =
        std::find_if(layer, champions.end(), [&](const Posting& posting) { return posting.wdf != layer->wdf; });
    put_varint(bytes, layer->wdf);
    put_varint(bytes, static_cast<std::uint64_t>(end - layer));
    for (Xapian::docid before = 0; layer != end; before = layer->docid, ++layer)
      put_varint(bytes, layer->docid - before);
  }
  return bytes;
}

void write_champions(const fs::path& file, std::uint64_t batch, Xapian::docid last_docid,
                     std::span<const ChampionList> lists) {
  ChampionsHeader header{kMagic, batch, 0, static_cast<std::uint32_t>(lists.size()), last_docid};
  std::string directory;
  for (const ChampionList& list : lists) append(directory, list.hash);
  std::uint32_t begin = 0;
  for (const ChampionList& list : lists) {
    append(directory, begin);
    begin += static_cast<std::uint32_t>(list.bytes.size());
  }
  append(directory, begin);
  for (const ChampionList& list : lists) append(directory, checksum_of(list.bytes));
  header.hash = hash_of(header, directory);
  std::string bytes;
  append(bytes, header);
  bytes += directory;
  for (const ChampionList& list : lists) bytes += list.bytes;
  replace_file(file, bytes);
}

ChampionsFile::ChampionsFile(const fs::path& file, std::uint64_t batch) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return;
  map_ = MappedFile(file);
  if (map_.size() < sizeof(ChampionsHeader)) return;
  const auto* header = static_cast<const ChampionsHeader*>(map_.data());
  const std::string_view rest(static_cast<const char*>(map_.data()) + sizeof *header, map_.size() - sizeof *header);
  const std::size_t lists = header->lists;
  if (header->magic != kMagic || header->batch != batch || rest.size() < directory_bytes(lists)) return;
  const std::string_view directory = rest.substr(0, directory_bytes(lists));
  if (hash_of(*header, directory) != header->hash) return;
  hashes_ = {reinterpret_cast<const std::uint64_t*>(directory.data()), lists};
  begins_ = {reinterpret_cast<const std::uint32_t*>(hashes_.data() + lists), lists + 1};
  checksums_ = {begins_.data() + lists + 1, lists};
  lists_ = rest.substr(directory.size());
  if (lists_.size() == begins_.back()) header_ = header;
}

Xapian::docid ChampionsFile::last_docid() const { return header_->last_docid; }

std::size_t ChampionsFile::size() const { return hashes_.size(); }

std::optional<std::vector<Posting>> ChampionsFile::list(std::size_t place) const {
  const std::string_view bytes = lists_.substr(begins_[place], begins_[place + 1] - begins_[place]);
  if (checksum_of(bytes) != checksums_[place]) return std::nullopt;
  return decode_champions(bytes);
}

std::optional<std::vector<Posting>> ChampionsFile::of(std::string_view term) const {
  const std::uint64_t hash = term_hash(term);
  const auto found = std::lower_bound(hashes_.begin(), hashes_.end(), hash);
  if (found == hashes_.end() || *found != hash) return std::nullopt;
  return list(static_cast<std::size_t>(found - hashes_.begin()));
}

void take_out(std::vector<Posting>& champions, std::span<const Xapian::docid> removed) {
  std::erase_if(champions, [&](const Posting& posting) {
    return std::binary_search(removed.begin(), removed.end(), posting.docid);
  });
}

}  // namespace nutgraf
