#include "reader/text_builder.h"

#include <algorithm>

#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }
// More than rules and separators.
bool has_words(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0xC0; });
}
bool is_wide(char32_t c) { return c >= 0x2E80 && c != kReplacement; }

}  // namespace

void TextBuilder::put(std::string_view run, std::size_t origin) {
  if (run.empty()) return;
  auto& pieces = article_.origin;
  // The map never runs backwards, whatever a parser did to misnested markup.
  origin = std::max(origin + base_, pieces.empty() ? 0 : pieces.back().origin);
  const bool continues =
      !pieces.empty() && pieces.back().origin + (article_.text.size() - pieces.back().text) == origin;
  if (!continues) pieces.push_back({article_.text.size(), origin});
  article_.text += run;
  article_.origin_end = std::max(article_.origin_end, origin + run.size());
}

void TextBuilder::put_pending_space(char32_t next) {
  if (cell_mark_) {
    cell_mark_ = space_ = newline_ = false;
    if (!block_empty()) article_.text += " | ";
    return;
  }
  if (!space_) return;
  const bool joins = newline_ && !block_empty() && is_wide(next) &&
                     is_wide(code_point_before(article_.text, article_.text.size()).value);
  if (!block_empty() && !joins && !is_space(article_.text.back())) article_.text += ' ';
  space_ = newline_ = false;
}

void TextBuilder::add(std::string_view text, std::size_t origin) {
  for (std::size_t at = 0; at < text.size();) {
    if (is_space(text[at]) || text[at] == '\x01') {
      if (text[at] != '\x01') space_ = true;
      newline_ = newline_ || text[at] == '\n';
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_space(text[end]) && text[end] != '\x01') ++end;
    // A single space is kept where it is, so that the run goes on straight.
    put_pending_space(code_point_at(text, at).value);
    put(text.substr(at, end - at), origin + at);
    at = end;
  }
}

void TextBuilder::add_verbatim(std::string_view text, std::size_t origin) {
  put_pending_space(0);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\x01', at), text.size());
    put(text.substr(at, end - at), origin + at);
    at = end + 1;
  }
}

void TextBuilder::add_for(std::string_view text, std::size_t origin, std::size_t size) {
  put_pending_space(code_point_at(text, 0).value);
  put(text, origin);
  article_.origin_end = std::max(article_.origin_end, base_ + origin + size);
}

void TextBuilder::add_line_break() {
  space_ = newline_ = false;
  if (!block_empty()) article_.text += '\n';
}

void TextBuilder::add_generated(std::string_view text) {
  if (block_empty()) return;
  space_ = newline_ = false;
  article_.text += text;
}

bool TextBuilder::block_empty() const { return article_.text.size() == block_begin_; }

std::string_view TextBuilder::block_text() const { return std::string_view(article_.text).substr(block_begin_); }

void TextBuilder::discard_block() {
  article_.text.resize(block_begin_);
  while (!article_.origin.empty() && article_.origin.back().text >= block_begin_) article_.origin.pop_back();
  space_ = newline_ = cell_mark_ = false;
}

void TextBuilder::end_block(BlockKind kind) {
  space_ = newline_ = cell_mark_ = false;
  const ByteRange range = trimmed(article_.text, ByteRange{block_begin_, article_.text.size()});
  if (!has_words(slice(article_.text, range))) {
    discard_block();
    return;
  }
  article_.blocks.push_back({kind, range});
  article_.text += "\n\n";
  block_begin_ = article_.text.size();
}

}  // namespace nutgraf::reader
