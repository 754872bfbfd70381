#include "reader/html.h"

#include <algorithm>

#include "reader/boilerplate.h"
#include "reader/document.h"
#include "reader/html_content.h"
#include "reader/html_meta.h"
#include "reader/html_tree.h"
#include "reader/text_builder.h"
#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

// Size of the raw spelling at `at` of one decoded character.
std::size_t raw_size(std::string_view raw, std::size_t at, std::string_view decoded, std::size_t decoded_end) {
  if (raw[at] != '&')
    return raw[at] == '\r' && at + 1 < raw.size() && raw[at + 1] == '\n' ? 2 : code_point_at(raw, at).size;
  std::size_t end = at + 1;
  if (end < raw.size() && raw[end] == '#') ++end;
  while (end < raw.size() && (is_letter(raw[end]) || is_digit(raw[end]))) ++end;
  if (end < raw.size() && raw[end] == ';') return end + 1 - at;
  // Without ";" the name may run into the next word: it ends where the texts agree again.
  for (std::size_t i = end; i > at + 1; --i) {
    if (raw.substr(i, 3) == decoded.substr(decoded_end, std::min<std::size_t>(3, raw.size() - i))) return i - at;
  }
  return 1;
}

class Emitter {
 public:
  Emitter(Article& article, std::string_view source, std::size_t base, const MainContent* content)
      : source_(source), builder_(article, base), content_(content) {}

  void emit(const GumboNode* node);
  void emit_element(const GumboNode* node);
  void end() { builder_.end_block(BlockKind::paragraph); }

 private:
  void emit_text(const GumboNode* node);

  std::string_view source_;
  TextBuilder builder_;
  const MainContent* content_;  // null: everything is wanted
  int preformatted_ = 0;
  int breaks_ = 0;  // line breaks since the last word: two part paragraphs
};

void Emitter::emit(const GumboNode* node) {
  if (is_text(node)) {
    emit_text(node);
  } else if (is_element(node)) {
    if (content_ == nullptr ? !is_machinery(node) : !content_->leaves_out(node)) emit_element(node);
  }
}

void Emitter::emit_text(const GumboNode* node) {
  const std::string_view decoded = text_of(node);
  const GumboStringPiece& piece = node->v.text.original_text;
  const std::string_view raw(piece.data, piece.length);
  const bool inside = piece.data >= source_.data() && piece.data + piece.length <= source_.data() + source_.size();
  const std::size_t origin = inside ? static_cast<std::size_t>(piece.data - source_.data()) : 0;
  if (!trimmed(decoded).empty()) breaks_ = 0;
  if (raw == decoded) {
    if (preformatted_ > 0) {
      builder_.add_verbatim(decoded, origin);
    } else {
      builder_.add(decoded, origin);
    }
    return;
  }
  // With character references: character by character, straight runs together.
  std::size_t at = 0, run = 0, run_raw = 0;
  const auto flush = [&](std::size_t end) {
    if (end > run) builder_.add(decoded.substr(run, end - run), origin + run_raw);
  };
  for (std::size_t i = 0; i < decoded.size();) {
    const CodePoint c = code_point_at(decoded, i);
    while (at < raw.size() && raw[at] == '<' && c.value != '<') at = std::min(raw.find('>', at), raw.size() - 1) + 1;
    const std::size_t size = at < raw.size() ? raw_size(raw, at, decoded, i + c.size) : 0;
    const bool same = size == c.size && raw.substr(at, size) == decoded.substr(i, c.size);
    if (!same) {
      flush(i);
      if (is_blank(c.value) && c.value != 0xA0) {
        builder_.add_space();
      } else {
        builder_.add_for(decoded.substr(i, c.size), origin + at, size);
      }
      run = i + c.size;
      run_raw = at + size;
    } else if (at - run_raw != i - run) {
      flush(i);
      run = i;
      run_raw = at;
    }
    i += c.size;
    at += size;
  }
  flush(decoded.size());
}

void Emitter::emit_element(const GumboNode* node) {
  if (is_element(node, GUMBO_TAG_BR)) {
    if (++breaks_ >= 2) {
      builder_.end_block(BlockKind::paragraph);
    } else {
      builder_.add_line_break();
    }
    return;
  }
  const bool block = is_block_element(node);
  const bool cell = is_element(node, GUMBO_TAG_TD) || is_element(node, GUMBO_TAG_TH);
  const bool pre = is_element(node, GUMBO_TAG_PRE);
  const bool heading = heading_level(node) > 0;
  // A table's row is a block; tables that lay a page out have blocks in their cells.
  if (cell) {
    builder_.add_cell_mark();
  } else if (block) {
    builder_.end_block(BlockKind::paragraph);
  }
  if (pre) ++preformatted_;
  for (const GumboNode* child : Children(node)) emit(child);
  if (pre) --preformatted_;
  if (block && !cell) builder_.end_block(heading ? BlockKind::heading : BlockKind::paragraph);
}

// What the page puts before its headline and behind its last paragraph, in the same element.
void drop_surroundings(Article& article) {
  auto& blocks = article.blocks;
  const auto text = [&](const Block& block) { return slice(article.text, block.text); };
  std::size_t before = 0, all = 0;
  for (const Block& block : blocks) all += block.text.size();
  for (std::size_t i = 0; i < blocks.size() && before * 2 < all; ++i) {
    if (blocks[i].kind == BlockKind::heading && says_the_same(text(blocks[i]), article.title)) {
      blocks.erase(blocks.begin(), blocks.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      break;
    }
    before += blocks[i].text.size();
  }
  std::size_t seen = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool comments =
        starts_with_nocase(text(blocks[i]), "comments") || starts_with_nocase(text(blocks[i]), "top rated");
    if (blocks[i].kind == BlockKind::heading && (comments ? seen > 0 : seen * 2 >= all) &&
        is_after_article(text(blocks[i]), article.source)) {
      blocks.resize(i);
      break;
    }
    seen += blocks[i].text.size();
  }
}

// Headings that nothing follows: what they were over was left out.
void drop_bare_headings(Article& article) {
  while (!article.blocks.empty() && article.blocks.back().kind == BlockKind::heading) article.blocks.pop_back();
}

}  // namespace

Article parse_html(Decoded decoded) {
  Article article;
  article.notices = std::move(decoded.notices);
  const HtmlTree tree(decoded.text);
  take_html_metadata(article, tree);
  const MainContent content(tree);
  article.text.reserve(decoded.text.size() / 4);
  Emitter emitter(article, decoded.text, decoded.skipped, &content);
  emitter.emit_element(content.node());
  emitter.end();
  if (decoded.as_is) {
    article.bytes_of = BytesOf::source;
    article.line_starts = decoded.file_line_starts();
  } else {
    article.bytes_of = BytesOf::text;
    article.origin.clear();
    article.origin_end = 0;
    article.line_starts = line_starts_of(article.text);
  }
  drop_surroundings(article);
  drop_repeated_title(article);
  drop_metadata_blocks(article);
  drop_bare_headings(article);
  return article;
}

void read_html_fragment(Article& article, std::string_view markup) {
  const HtmlTree tree(markup);
  Emitter emitter(article, markup, 0, nullptr);
  emitter.emit(tree.root());
  emitter.end();
  article.line_starts = line_starts_of(markup);
  drop_metadata_blocks(article);
}

}  // namespace nutgraf::reader
