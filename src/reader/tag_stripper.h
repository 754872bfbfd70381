// The readable part of the raw HTML that Markdown may hold.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reader/text_builder.h"

namespace nutgraf::reader {

/// Takes raw HTML in pieces, cut anywhere, and hands the text outside of tags, comments, scripts and styles on.
class TagStripper {
 public:
  explicit TagStripper(TextBuilder& builder) : builder_(builder) {}
  void feed(std::string_view html, std::size_t origin);

 private:
  std::size_t text_until_tag(std::string_view html, std::size_t at, std::size_t origin);
  void end_tag();

  TextBuilder& builder_;
  enum class State { text, tag, comment } state_ = State::text;
  std::string tag_;      // what was read of the tag, without "<"
  std::string skipped_;  // "script" or "style" while inside of one
};

}  // namespace nutgraf::reader
