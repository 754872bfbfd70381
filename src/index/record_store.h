// Record store: how the bytes of a record become the data of a Xapian document and come back. Passages are short, and
// short texts compress badly one by one: a dictionary trained on the collection's own records shortens them by a third
// more than zlib does (measured: .45 of the text against .60). It is trained by the first large batch and kept in the
// database's metadata; records written before, or that do not shrink, are stored plain (Xapian then deflates them).
#pragma once

#include <zstd.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nutgraf {

inline constexpr std::string_view kDictionaryKey = "dictionary";

/// Not thread-safe: one per thread.
class RecordStore {
 public:
  /// An empty dictionary: nothing is compressed.
  explicit RecordStore(std::string dictionary = {});

  [[nodiscard]] const std::string& dictionary() const noexcept { return dictionary_; }
  [[nodiscard]] std::string pack(std::string record) const;
  /// Error(index) where `data` is not what pack() with this dictionary gave.
  [[nodiscard]] std::string unpack(std::string_view data) const;
  /// Whether `data`, which pack() gave, is compressed.
  [[nodiscard]] static bool is_compressed(std::string_view data);

 private:
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
    void operator()(ZSTD_CDict* dictionary) const { ZSTD_freeCDict(dictionary); }
    void operator()(ZSTD_DDict* dictionary) const { ZSTD_freeDDict(dictionary); }
  };

  std::string dictionary_;
  std::unique_ptr<ZSTD_CCtx, Free> compressor_;
  std::unique_ptr<ZSTD_DCtx, Free> decompressor_;
  // The digested forms are made when first needed: a search never compresses, and making one takes time.
  mutable std::unique_ptr<ZSTD_CDict, Free> compression_;
  mutable std::unique_ptr<ZSTD_DDict, Free> decompression_;
};

/// A dictionary for records like `samples`; empty where there are too few to learn from.
[[nodiscard]] std::string train_dictionary(const std::vector<std::string>& samples);

}  // namespace nutgraf
