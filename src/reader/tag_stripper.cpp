#include "reader/tag_stripper.h"

#include <algorithm>
#include <array>

#include "reader/entities.h"
#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

using namespace std::string_view_literals;

constexpr std::array kBlockTags{
    "p"sv,  "div"sv, "li"sv, "tr"sv, "ul"sv, "ol"sv, "table"sv,   "details"sv, "summary"sv,    "blockquote"sv,
    "h1"sv, "h2"sv,  "h3"sv, "h4"sv, "h5"sv, "h6"sv, "section"sv, "figure"sv,  "figcaption"sv, "center"sv};

}  // namespace

std::size_t TagStripper::text_until_tag(std::string_view html, std::size_t at, std::size_t origin) {
  while (at < html.size() && html[at] != '<') {
    const std::size_t end = std::min(html.find_first_of("<&", at), html.size());
    if (skipped_.empty()) builder_.add(html.substr(at, end - at), origin + at);
    at = end;
    if (at == html.size() || html[at] != '&') continue;
    const std::size_t stop = html.find(';', at);
    const std::string meant =
        stop != html.npos && stop - at < 12 ? decoded_entity(html.substr(at, stop + 1 - at)) : std::string();
    const std::size_t size = meant.empty() ? 1 : stop + 1 - at;
    if (skipped_.empty()) {
      if (meant.empty()) {
        builder_.add("&", origin + at);
      } else {
        builder_.add_for(meant, origin + at, size);
      }
    }
    at += size;
  }
  return at;
}

void TagStripper::end_tag() {
  const bool closing = !tag_.empty() && tag_[0] == '/';
  std::size_t end = closing ? 1 : 0;
  while (end < tag_.size() && (is_letter(tag_[end]) || is_digit(tag_[end]))) ++end;
  const std::string name = lower_ascii(std::string_view(tag_).substr(closing ? 1 : 0, end - (closing ? 1 : 0)));
  if (name == "script" || name == "style") {
    skipped_ = closing ? "" : name;
  } else if (name == "br") {
    builder_.add_line_break();
  } else if (name == "td" || name == "th") {
    builder_.add_space();
  } else if (std::find(kBlockTags.begin(), kBlockTags.end(), name) != kBlockTags.end()) {
    builder_.end_block(BlockKind::paragraph);
  }
}

void TagStripper::feed(std::string_view html, std::size_t origin) {
  for (std::size_t at = 0; at < html.size();) {
    if (state_ == State::text) {
      at = text_until_tag(html, at, origin);
      if (at == html.size()) break;
      state_ = State::tag;
      tag_.clear();
      ++at;
    } else {
      tag_ += html[at];
      if (state_ == State::tag && tag_ == "!--") state_ = State::comment;
      const bool comment_ends =
          state_ == State::comment && tag_.size() >= 5 && tag_.compare(tag_.size() - 3, 3, "-->") == 0;
      if (comment_ends) {
        state_ = State::text;
      } else if (state_ == State::tag && html[at] == '>') {
        end_tag();
        state_ = State::text;
      }
      ++at;
    }
  }
}

}  // namespace nutgraf::reader
