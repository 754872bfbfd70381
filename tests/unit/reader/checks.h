// What every article that the reader hands on has to satisfy.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/article.h"
#include "nutgraf/reader.h"
#include "reader/unicode.h"

namespace nutgraf::test {

inline std::string file_bytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

inline bool on_boundary(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

/// What is wrong with an article, in words; empty: nothing. `source` is what its bytes count in, where it is at hand.
inline std::string fault_of(const Article& article, const std::optional<std::string>& source = {}) {
  const std::string& text = article.text;
  if (article.id.empty() || article.path.empty() || article.root.empty()) return "no id, path or root";
  if (reader::utf8_error(article.id) || reader::utf8_error(article.title) || reader::utf8_error(article.source))
    return "metadata is not UTF-8";
  if (article.title.empty()) return "no title";
  if (article.title.find('\n') != std::string::npos) return "title of several lines";
  if (const auto at = reader::utf8_error(text)) return "text is not UTF-8 at " + std::to_string(*at);
  if (text.find('\0') != std::string::npos) return "text holds NUL";
  if (article.blocks.empty()) return "no blocks";
  if (article.line_starts.empty() || article.line_starts.front() != 0) return "line starts do not begin at 0";
  std::size_t end = 0;
  for (const Block& block : article.blocks) {
    const ByteRange at = block.text;
    const std::string where = "block at " + std::to_string(at.begin) + ": ";
    if (at.begin >= at.end) return where + "empty";
    if (at.begin < end || at.end > text.size()) return where + "out of order or outside of the text";
    if (!on_boundary(text, at.begin) || !on_boundary(text, at.end)) return where + "cuts a code point";
    if (reader::trimmed(text, at) != at) return where + "not trimmed";
    end = at.end;
    const ByteRange origin = origin_of(article, at);
    if (origin.empty()) return where + "no origin";
    if (source && origin.end > source->size()) return where + "origin outside of the source";
    if (source && article.bytes_of == BytesOf::file &&
        source->substr(origin.begin, origin.size()) != text.substr(at.begin, at.size())) {
      return where + "the file's slice is not the text's";
    }
  }
  for (std::size_t i = 1; i < article.origin.size(); ++i) {
    if (article.origin[i].text <= article.origin[i - 1].text || article.origin[i].origin < article.origin[i - 1].origin)
      return "origin pieces do not ascend";
  }
  if (article.date.known() != (article.date_source != DateSource::none)) return "date and date source disagree";
  return {};
}

}  // namespace nutgraf::test
