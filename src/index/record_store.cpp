#include "index/record_store.h"

// ZDICT_trainFromBuffer_fastCover(); Debian's library exports it.
#define ZDICT_STATIC_LINKING_ONLY
#include <zdict.h>

#include <algorithm>
#include <utility>

#include "nutgraf/error.h"

namespace nutgraf {
namespace {

constexpr char kPlain = 0;
constexpr char kCompressed = 1;
constexpr int kLevel = 3;
constexpr std::size_t kDictionaryBytes = 64 << 10;
constexpr std::size_t kFewestSamples = 100;
// Fast COVER with segments of 50 bytes, chosen by what they share of 8: ZDICT_trainFromBuffer() comes to the same on
// news, but tries four sizes of segments first (tests/bench/README.md).
constexpr unsigned kSegmentBytes = 50;
constexpr unsigned kSharedBytes = 8;
// Smaller tables that stay in the cache, and every second place: half the time for .1 % of the index (likewise).
constexpr unsigned kTableBits = 18;
constexpr unsigned kAcceleration = 2;
// The first four bytes of every frame (RFC 8878, 3.1.1): the same in each, so they are not stored.
constexpr std::string_view kMagic = "\x28\xB5\x2F\xFD";
constexpr unsigned long long kLargestRecord = 1ULL << 30;

Error damaged() {
  return {ErrorCode::index, "the index is damaged: a stored record cannot be unpacked",
          "Index the articles again into an empty folder (nutgraf check tells what is wrong)."};
}

}  // namespace

RecordStore::RecordStore(std::string dictionary)
    : dictionary_(std::move(dictionary)), compressor_(ZSTD_createCCtx()), decompressor_(ZSTD_createDCtx()) {}

std::string RecordStore::pack(std::string record) const {
  if (!dictionary_.empty()) {
    if (!compression_) {
      compression_.reset(ZSTD_createCDict(dictionary_.data(), dictionary_.size(), kLevel));
      // The index knows its one dictionary: no id of it in every record.
      ZSTD_CCtx_setParameter(compressor_.get(), ZSTD_c_dictIDFlag, 0);
      ZSTD_CCtx_refCDict(compressor_.get(), compression_.get());
    }
    std::string packed(ZSTD_compressBound(record.size()), '\0');
    const std::size_t size =
        ZSTD_compress2(compressor_.get(), packed.data(), packed.size(), record.data(), record.size());
    if (ZSTD_isError(size) == 0 && size < record.size()) {
      std::string data;  // of its own size: bulk parts keep many
      data.reserve(1 + size - kMagic.size());
      data += kCompressed;
      data.append(packed, kMagic.size(), size - kMagic.size());
      return data;
    }
  }
  record.insert(record.begin(), kPlain);
  return record;
}

std::string RecordStore::unpack(std::string_view data) const {
  if (data.empty()) throw damaged();
  if (data.front() == kPlain) return std::string(data.substr(1));
  if (data.front() != kCompressed || dictionary_.empty()) throw damaged();
  if (!decompression_) decompression_.reset(ZSTD_createDDict(dictionary_.data(), dictionary_.size()));
  std::string frame(kMagic);
  frame += data.substr(1);
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > kLargestRecord) throw damaged();
  std::string record(static_cast<std::size_t>(size), '\0');
  const std::size_t got = ZSTD_decompress_usingDDict(decompressor_.get(), record.data(), record.size(), frame.data(),
                                                     frame.size(), decompression_.get());
  if (ZSTD_isError(got) != 0 || got != record.size()) throw damaged();
  return record;
}

bool RecordStore::is_compressed(std::string_view data) { return !data.empty() && data.front() == kCompressed; }

std::string train_dictionary(const std::vector<std::string>& samples) {
  if (samples.size() < kFewestSamples) return {};
  std::string all;
  std::vector<std::size_t> sizes;
  for (const auto& sample : samples) {
    all += sample;
    sizes.push_back(sample.size());
  }
  std::string dictionary(kDictionaryBytes, '\0');
  ZDICT_fastCover_params_t parameters{};
  parameters.k = kSegmentBytes;
  parameters.d = kSharedBytes;
  parameters.f = kTableBits;
  parameters.accel = kAcceleration;
  const std::size_t size = ZDICT_trainFromBuffer_fastCover(
      dictionary.data(), dictionary.size(), all.data(), sizes.data(), static_cast<unsigned>(sizes.size()), parameters);
  if (ZDICT_isError(size) != 0) return {};  // samples without anything in common
  dictionary.resize(size);
  return dictionary;
}

}  // namespace nutgraf
