// Markdown: md4c's events, whose texts are slices of the file, become readable text and a map back.
#include <md4c.h>

#include <algorithm>
#include <string>
#include <vector>

#include "reader/document.h"
#include "reader/entities.h"
#include "reader/front_matter.h"
#include "reader/tag_stripper.h"
#include "reader/text_builder.h"
#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

constexpr std::size_t kLongestHeading = 200;

// What no Markdown parser knows and no reader wants to see ("{{< callout >}}", "{{% tab %}}", "{#anchor}") is
// overwritten with a control character, which the builder leaves out: offsets stay.
std::string without_shortcodes(std::string_view text) {
  std::string mended(text);
  const auto overwrite = [&](std::string_view open, std::string_view close, bool may_hold_spaces) {
    for (auto at = mended.find(open); at != mended.npos; at = mended.find(open, at + 1)) {
      const auto end = mended.find(close, at);
      const auto line_end = mended.find(may_hold_spaces ? "\n\n" : " ", at);
      if (end == mended.npos || end > line_end) continue;
      std::replace_if(
          mended.begin() + static_cast<std::ptrdiff_t>(at),
          mended.begin() + static_cast<std::ptrdiff_t>(end + close.size()), [](char c) { return c != '\n'; }, '\x01');
    }
  };
  overwrite("{{<", ">}}", true);
  overwrite("{{%", "%}}", true);
  overwrite("{#", "}", false);
  return mended;
}

// The ')' that closes the '(' at `open`, on the same line and not far away; npos where there is none.
std::size_t closing_bracket(std::string_view text, std::size_t open) {
  constexpr std::size_t kLongestAddress = 2048;
  std::size_t depth = 0;
  for (std::size_t i = open; i < std::min(text.size(), open + kLongestAddress) && text[i] != '\n'; ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i;
  }
  return text.npos;
}

// Editors write file names into the addresses of images as they are ("download (19)_1.png"), and CommonMark ends an
// address at a space: the image would be shown as text. Its spaces are overwritten; offsets stay.
void mend_image_addresses(std::string& text) {
  constexpr std::string_view kAddress = "](http";
  constexpr std::size_t kLongestAlt = 400;
  for (auto at = text.find(kAddress); at != text.npos; at = text.find(kAddress, at + 1)) {
    const auto back = std::string_view(text).substr(at - std::min(at, kLongestAlt), std::min(at, kLongestAlt));
    const auto image = back.rfind("![");
    const auto end = closing_bracket(text, at + 1);
    if (image == back.npos || back.find_first_of("]\n", image) != back.npos || end == text.npos) continue;
    const auto address = std::string_view(text).substr(at, end - at);
    if (address.find('"') != address.npos) continue;  // a title stands behind a space
    std::replace(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(end), ' ',
                 '+');
  }
}

class Renderer {
 public:
  Renderer(Article& article, std::string_view source, std::size_t base)
      : article_(article), source_(source), builder_(article, base), stripper_(builder_) {}

  bool parse();
  /// For each block, whether it holds links and next to nothing else.
  [[nodiscard]] const std::vector<bool>& only_links() const { return only_links_; }

 private:
  static int enter_block(MD_BLOCKTYPE type, void* detail, void* self);
  static int leave_block(MD_BLOCKTYPE type, void* detail, void* self);
  static int enter_span(MD_SPANTYPE type, void* detail, void* self);
  static int leave_span(MD_SPANTYPE type, void* detail, void* self);
  static int text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self);

  void end_block(BlockKind kind);
  void end_heading(unsigned level);
  void add_html(std::string_view text, std::size_t origin);
  /// Whether the open block holds links and next to nothing else.
  [[nodiscard]] bool is_links() const { return linked_ > 0 && linked_ * 10 >= builder_.block_text().size() * 8; }
  /// The blocks that were ended since the last call.
  void note_blocks(bool links);
  void add_text(MD_TEXTTYPE type, std::string_view text);
  void add_words(std::string_view text, std::size_t origin);
  [[nodiscard]] bool in_source(std::string_view text) const {
    return std::greater_equal<>()(text.data(), source_.data()) &&
           std::less_equal<>()(text.data() + text.size(), source_.data() + source_.size());
  }

  Article& article_;
  std::string_view source_;
  TextBuilder builder_;
  TagStripper stripper_;
  std::size_t images_ = 0;  // how many images deep: their text is what a screen reader says
  std::size_t links_ = 0;
  std::size_t linked_ = 0;  // bytes of the open block that are links
  std::size_t cell_ = 0;
  std::vector<bool> only_links_;
};

bool Renderer::parse() {
  MD_PARSER parser{};
  parser.flags = MD_DIALECT_GITHUB | MD_FLAG_PERMISSIVEATXHEADERS;
  parser.enter_block = enter_block;
  parser.leave_block = leave_block;
  parser.enter_span = enter_span;
  parser.leave_span = leave_span;
  parser.text = text;
  return md_parse(source_.data(), static_cast<MD_SIZE>(source_.size()), &parser, this) == 0;
}

int Renderer::enter_block(MD_BLOCKTYPE type, void* /*detail*/, void* self) {
  auto& renderer = *static_cast<Renderer*>(self);
  if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) {
    if (renderer.cell_++ > 0) renderer.builder_.add_cell_mark();
    return 0;
  }
  renderer.end_block(BlockKind::paragraph);
  if (type == MD_BLOCK_TR) renderer.cell_ = 0;
  return 0;
}

int Renderer::leave_block(MD_BLOCKTYPE type, void* detail, void* self) {
  auto& renderer = *static_cast<Renderer*>(self);
  if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) return 0;
  if (type == MD_BLOCK_H) {
    renderer.end_heading(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
  } else {
    renderer.end_block(BlockKind::paragraph);
  }
  return 0;
}

int Renderer::enter_span(MD_SPANTYPE type, void* /*detail*/, void* self) {
  auto& renderer = *static_cast<Renderer*>(self);
  if (type == MD_SPAN_IMG) ++renderer.images_;
  if (type == MD_SPAN_A) ++renderer.links_;
  return 0;
}

int Renderer::leave_span(MD_SPANTYPE type, void* /*detail*/, void* self) {
  auto& renderer = *static_cast<Renderer*>(self);
  if (type == MD_SPAN_IMG) --renderer.images_;
  if (type == MD_SPAN_A) --renderer.links_;
  return 0;
}

int Renderer::text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
  static_cast<Renderer*>(self)->add_text(type, {text, size});
  return 0;
}

void Renderer::end_block(BlockKind kind) {
  const bool links = is_links();
  builder_.end_block(kind);
  note_blocks(links);
  linked_ = 0;
}

// Tags inside of HTML end blocks, too.
void Renderer::add_html(std::string_view text, std::size_t origin) {
  const bool links = is_links();
  stripper_.feed(text, origin);
  note_blocks(links);
}

void Renderer::note_blocks(bool links) {
  if (only_links_.size() == article_.blocks.size()) return;
  only_links_.resize(article_.blocks.size(), links);
  linked_ = 0;
}

// The first level-1 heading is the title where nothing else gave one.
void Renderer::end_heading(unsigned level) {
  const std::string heading = one_line(builder_.block_text());
  if (level == 1 && article_.title.empty() && !heading.empty()) {
    article_.title = heading;
    builder_.discard_block();
    linked_ = 0;
    return;
  }
  // "text" over "---" makes a heading of a whole paragraph.
  end_block(columns(heading) > kLongestHeading ? BlockKind::paragraph : BlockKind::heading);
}

void Renderer::add_text(MD_TEXTTYPE type, std::string_view text) {
  if (images_ > 0) return;
  if (links_ > 0) linked_ += text.size();
  const bool known = in_source(text);
  const std::size_t origin = known ? static_cast<std::size_t>(text.data() - source_.data()) : 0;
  switch (type) {
    case MD_TEXT_BR: builder_.add_line_break(); break;
    case MD_TEXT_SOFTBR: builder_.add("\n", origin); break;
    case MD_TEXT_HTML: add_html(text, origin); break;
    case MD_TEXT_ENTITY: {
      const std::string meant = decoded_entity(text);
      if (known && !meant.empty()) {
        builder_.add_for(meant, origin, text.size());
      } else if (known) {
        builder_.add(text, origin);
      }
      break;
    }
    case MD_TEXT_CODE:
    case MD_TEXT_LATEXMATH:
      // Indentation and line ends of code come from the parser's own buffers.
      if (known) {
        builder_.add_verbatim(text, origin);
      } else {
        builder_.add_generated(text);
      }
      break;
    case MD_TEXT_NULLCHAR:
    case MD_TEXT_NORMAL:
    default:
      if (known) add_words(text, origin);
      break;
  }
}

// "**" that stayed, since CommonMark does not close emphasis between Chinese punctuation and characters, is left out.
void Renderer::add_words(std::string_view text, std::size_t origin) {
  std::size_t begin = 0;
  for (auto at = text.find("**"); at != text.npos; at = text.find("**", at + 2)) {
    const bool power = at > 0 && is_digit(text[at - 1]) && at + 2 < text.size() && is_digit(text[at + 2]);
    if (power) continue;
    builder_.add(text.substr(begin, at - begin), origin + begin);
    begin = at + 2;
  }
  builder_.add(text.substr(begin), origin + begin);
}

// "Sources", "Listen to us": a last section of links and labels, behind an article that is more than that.
void drop_section_of_links(Article& article, const std::vector<bool>& only_links) {
  constexpr std::size_t kLabel = 40, kSentence = 80;  // columns
  auto& blocks = article.blocks;
  std::size_t section = blocks.size();
  bool links = false;
  while (section > 0 && blocks[section - 1].kind != BlockKind::heading) {
    --section;
    const std::string_view text = slice(article.text, blocks[section].text);
    if (!only_links[section] && (columns(text) > kLabel || ends_sentence(text))) return;
    links = links || only_links[section];
  }
  if (section < 2 || !links) return;
  --section;
  for (std::size_t i = 0; i < section; ++i) {
    const bool prose = blocks[i].kind == BlockKind::paragraph && !only_links[i] &&
                       columns(slice(article.text, blocks[i].text)) >= kSentence;
    if (!prose) continue;
    blocks.resize(section);
    return;
  }
}

}  // namespace

Article parse_markdown(Decoded decoded) {
  Article article;
  article.notices = std::move(decoded.notices);
  article.line_starts = decoded.file_line_starts();
  const std::size_t front = take_front_matter(article, decoded.text);
  std::string source = without_shortcodes(std::string_view(decoded.text).substr(front));
  mend_image_addresses(source);
  article.text.reserve(source.size());
  Renderer renderer(article, source, decoded.skipped + front);
  renderer.parse();
  drop_section_of_links(article, renderer.only_links());
  if (decoded.as_is) {
    article.bytes_of = BytesOf::source;
  } else {
    // Offsets into bytes of another encoding would tell nobody anything.
    article.bytes_of = BytesOf::text;
    article.origin.clear();
    article.origin_end = 0;
    article.line_starts = line_starts_of(article.text);
  }
  drop_metadata_blocks(article);
  return article;
}

}  // namespace nutgraf::reader
