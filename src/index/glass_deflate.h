// Glass deflate: tags as the raw deflate streams (RFC 1951) that Xapian expects in compressed entries. Without them its
// compaction compresses with zlib, which takes longer than all else that makes a segment.
#pragma once

#include <libdeflate.h>

#include <memory>
#include <string>
#include <string_view>

namespace nutgraf::glass {

/// Not thread-safe: one per thread.
class Deflater {
 public:
  Deflater();

  /// `bytes` compressed; empty where that is not shorter. Valid until the next call.
  [[nodiscard]] std::string_view deflate(std::string_view bytes);
  /// `bytes`, which cannot be compressed further, as they are: in stored blocks (RFC 1951, 3.2.4), 5 bytes for each
  /// 65,535. Valid until the next call.
  [[nodiscard]] std::string_view store(std::string_view bytes);

 private:
  struct Free {
    void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
  };
  std::unique_ptr<libdeflate_compressor, Free> compressor_;
  std::string out_;
};

}  // namespace nutgraf::glass
