#include "index/champions.h"

#include <algorithm>

#include "index/terms.h"
#include "index/varint.h"

namespace nutgraf {

namespace {

constexpr ListFileMagic kMagic{'N', 'G', 'c', 'h', 'a', 'm', 'p', '2'};

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

void write_champions(const std::filesystem::path& file, std::uint64_t batch, Xapian::docid last_docid,
                     const ChampionLists& lists) {
  ListFileWriter writer(file, lists.size());
  for (const auto& [hash, list] : lists) writer.add(hash, list);
  writer.commit(kMagic, batch, last_docid);
}

ChampionsFile::ChampionsFile(const std::filesystem::path& file, std::uint64_t batch) : ListFile(file, kMagic, batch) {}

std::optional<std::vector<Posting>> ChampionsFile::list(std::size_t place) const {
  const auto bytes = ListFile::list(place);
  return bytes ? decode_champions(*bytes) : std::nullopt;
}

std::optional<std::vector<Posting>> ChampionsFile::of(std::string_view term) const {
  const auto bytes = ListFile::of(term_hash(term));
  return bytes ? decode_champions(*bytes) : std::nullopt;
}

void take_out(std::vector<Posting>& champions, std::span<const Xapian::docid> removed) {
  std::erase_if(champions, [&](const Posting& posting) {
    return std::binary_search(removed.begin(), removed.end(), posting.docid);
  });
}

}  // namespace nutgraf
