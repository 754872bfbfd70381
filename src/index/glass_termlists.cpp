#include "index/glass_termlists.h"

#include <algorithm>

#include "index/varint.h"

namespace nutgraf::glass {

void TermlistWriter::start(std::uint32_t docid, std::uint32_t length, std::size_t terms) {
  docid_ = docid;
  before_ = {};
  tag_.clear();
  put_varint(tag_, length);
  put_varint(tag_, terms);
}

void TermlistWriter::add(std::string_view term, std::uint32_t wdf) {
  std::size_t shared = 0;
  bool wdf_is_in = false;
  if (!before_.empty()) {
    const auto most = static_cast<std::ptrdiff_t>(std::min(before_.size(), term.size()));
    shared = static_cast<std::size_t>(std::mismatch(term.begin(), term.begin() + most, before_.begin()).first -
                                      term.begin());
    const std::uint64_t both = (std::uint64_t{wdf} + 1) * (before_.size() + 1) + shared;
    wdf_is_in = wdf < 127 && both < 256;
    tag_ += static_cast<char>(wdf_is_in ? both : shared);
  }
  tag_ += static_cast<char>(term.size() - shared);
  tag_ += term.substr(shared);
  if (!wdf_is_in) put_varint(tag_, wdf);
  before_ = term;
}

}  // namespace nutgraf::glass
