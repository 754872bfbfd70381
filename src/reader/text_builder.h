// Builds an article's text from pieces of marked-up source, and the map back.
#pragma once

#include <cstddef>
#include <string_view>

#include "nutgraf/article.h"

namespace nutgraf::reader {

class TextBuilder {
 public:
  /// `base` is added to the origins: what stands before the parsed part of the file.
  TextBuilder(Article& article, std::size_t base) : article_(article), base_(base) {}

  /// Adds running text that stands at `origin` in the source; runs of white space become one space, none at the start
  /// of a block or between two Chinese characters.
  void add(std::string_view text, std::size_t origin);
  /// Adds text as it is: code.
  void add_verbatim(std::string_view text, std::size_t origin);
  /// Adds text that the source, `size` bytes at `origin`, spells otherwise: an entity.
  void add_for(std::string_view text, std::size_t origin, std::size_t size);
  /// A gap that the next word is set off by.
  void add_space() { space_ = true; }
  void add_line_break();
  /// Text that stands nowhere in the source.
  void add_generated(std::string_view text);
  /// A mark between this table cell and the next one that holds anything.
  void add_cell_mark() { cell_mark_ = true; }

  /// Ends the block, if it holds a letter, digit or sign of any script.
  void end_block(BlockKind kind);
  [[nodiscard]] bool block_empty() const;
  /// The open block's text, which is taken back: it becomes no block.
  [[nodiscard]] std::string_view block_text() const;
  void discard_block();

 private:
  void put(std::string_view run, std::size_t origin);
  void put_pending_space(char32_t next);

  Article& article_;
  std::size_t base_;
  std::size_t block_begin_ = 0;
  bool space_ = false;
  bool newline_ = false;
  bool cell_mark_ = false;
};

}  // namespace nutgraf::reader
