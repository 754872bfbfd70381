#include "nutgraf/article.h"

#include <algorithm>

namespace nutgraf {
namespace {

// Source offset of the text byte at `offset`: pieces are straight runs, so it counts on from the last piece at or
// before it.
std::size_t origin_at(const Article& article, std::size_t offset) {
  const auto& pieces = article.origin;
  const auto next = std::upper_bound(pieces.begin(), pieces.end(), offset,
                                     [](std::size_t value, const OriginPiece& piece) { return value < piece.text; });
  if (next == pieces.begin()) return pieces.empty() ? offset : pieces.front().origin;
  const OriginPiece& piece = *std::prev(next);
  const std::size_t limit = next == pieces.end() ? article.origin_end : next->origin;
  return std::min(piece.origin + (offset - piece.text), std::max(limit, piece.origin));
}

}  // namespace

std::string_view name_of(BytesOf bytes_of) {
  switch (bytes_of) {
    case BytesOf::file: return "file";
    case BytesOf::source: return "source";
    case BytesOf::field: return "field";
    case BytesOf::text: return "text";
  }
  return "text";
}

ByteRange origin_of(const Article& article, ByteRange text) {
  if (article.origin.empty() || text.empty()) return text;
  // The end is that of the last byte, so that a range does not run into markup that follows it.
  const std::size_t begin = origin_at(article, text.begin);
  return {begin, std::max(begin, origin_at(article, text.end - 1) + 1)};
}

LineRange lines_of(const Article& article, ByteRange origin) {
  const auto& starts = article.line_starts;
  const auto line_at = [&](std::size_t offset) {
    const auto next = std::upper_bound(starts.begin(), starts.end(), offset);
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, next - starts.begin()));
  };
  return {line_at(origin.begin), line_at(origin.empty() ? origin.begin : origin.end - 1)};
}

std::vector<std::size_t> line_starts_of(std::string_view text) {
  std::vector<std::size_t> starts{0};
  const bool returns = text.find('\r') != text.npos;  // where there are none, memchr() finds the ends of lines
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!returns) i = std::min(text.find('\n', i), text.size() - 1);
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) starts.push_back(i + 1);
  }
  if (starts.back() == text.size() && starts.size() > 1) starts.pop_back();
  return starts;
}

}  // namespace nutgraf
