#include "index/glass_deflate.h"

#include <new>

namespace nutgraf::glass {
namespace {

// Higher ones take as long or longer, and termlists, which are short, get no shorter (measured up to 6 on Reuters).
constexpr int kLevel = 1;
constexpr std::size_t kStoredBytes = 0xFFFF;

}  // namespace

Deflater::Deflater() : compressor_(libdeflate_alloc_compressor(kLevel)) {
  if (!compressor_) throw std::bad_alloc();
}

std::string_view Deflater::deflate(std::string_view bytes) {
  if (out_.size() < bytes.size()) out_.resize(bytes.size());
  // Gives 0 where it does not fit into as many bytes.
  const std::size_t size =
      libdeflate_deflate_compress(compressor_.get(), bytes.data(), bytes.size(), out_.data(), bytes.size());
  return std::string_view(out_).substr(0, size < bytes.size() ? size : 0);
}

std::string_view Deflater::store(std::string_view bytes) {
  out_.clear();
  do {
    const std::string_view block = bytes.substr(0, kStoredBytes);
    bytes.remove_prefix(block.size());
    const auto size = static_cast<unsigned>(block.size());
    out_ += static_cast<char>(bytes.empty() ? 1 : 0);  // the last block; stored
    for (const unsigned value : {size, ~size}) {
      out_ += static_cast<char>(value);
      out_ += static_cast<char>(value >> 8);
    }
    out_ += block;
  } while (!bytes.empty());
  return out_;
}

}  // namespace nutgraf::glass
