#include "reader/boilerplate.h"

#include <algorithm>
#include <array>
#include <string>

#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

using namespace std::string_view_literals;

// All in lower case; compared with the start of a line, its whole, or any part, as the names say.
constexpr std::array kPointerStarts{"read more:"sv,         "read also:"sv,    "also read:"sv,
                                    "see also:"sv,          "related:"sv,      "related article"sv,
                                    "related stories"sv,    "recommended:"sv,  "more from "sv,
                                    "more on this story"sv, "click here to"sv, "sign up for our"sv,
                                    "subscribe to our"sv,   "follow us on"sv,  "share this"sv,
                                    "advertisement:"sv,     "相关阅读"sv,      "相關閱讀"sv,
                                    "延伸阅读"sv,           "延伸閱讀"sv,      "推荐阅读"sv,
                                    "更多阅读"sv,           "点击阅读原文"sv,  "点击查看"sv,
                                    "扫码关注"sv,           "欢迎关注"sv,      "<img "sv};
constexpr std::array kPointers{"advertisement"sv, "advert"sv, "ad"sv, "read more"sv, "广告"sv};

constexpr std::array kAfterArticleStarts{"comments"sv,
                                         "top rated comments"sv,
                                         "leave a reply"sv,
                                         "leave a comment"sv,
                                         "tell us what you think"sv,
                                         "related"sv,
                                         "more from"sv,
                                         "more on "sv,
                                         "more stories"sv,
                                         "you may also like"sv,
                                         "you might also like"sv,
                                         "recommended"sv,
                                         "read next"sv,
                                         "up next"sv,
                                         "most popular"sv,
                                         "most read"sv,
                                         "trending"sv,
                                         "privacy overview"sv,
                                         "share this"sv,
                                         "newsletter"sv,
                                         "sign up"sv,
                                         "subscribe"sv,
                                         "about the author"sv,
                                         "also on"sv,
                                         "latest news"sv,
                                         "latest stories"sv,
                                         "top stories"sv,
                                         "join the conversation"sv,
                                         "join the discussion"sv,
                                         "around the web"sv,
                                         "sponsored"sv,
                                         "相关阅读"sv,
                                         "相关文章"sv,
                                         "推荐阅读"sv,
                                         "延伸阅读"sv,
                                         "热门文章"sv,
                                         "评论"sv};

constexpr std::array kSignOffs{"reuter"sv, "reuters"sv, "- reuters"sv, "-reuters"sv, "ap"sv,    "afp"sv,
                               "upi"sv,    "xinhua"sv,  "bloomberg"sv, "end"sv,      "end."sv,  "ends"sv,
                               "(end)"sv,  "-ends-"sv,  "- ends -"sv,  "###"sv,      "# # #"sv, "-30-"sv,
                               "- 30 -"sv, "-0-"sv,     "(完)"sv,      "（完）"sv,   "完"sv,    "【完】"sv,
                               "***"sv,    "* * *"sv,   "---"sv,       "--"sv,       "—"sv};
constexpr std::array kSignOffStarts{"(editing by"sv,
                                    "(reporting by"sv,
                                    "(additional reporting"sv,
                                    "(writing by"sv,
                                    "(compiled by"sv,
                                    "(with inputs"sv,
                                    "(this story"sv,
                                    "editing by "sv,
                                    "reporting by "sv,
                                    "writing by "sv,
                                    "additional reporting by"sv,
                                    "our standards:"sv,
                                    "photo by "sv,
                                    "photo:"sv,
                                    "image credit"sv,
                                    "责任编辑"sv,
                                    "（责任编辑"sv,
                                    "(责任编辑"sv,
                                    "責任編輯"sv,
                                    "（编辑"sv,
                                    "(编辑"sv,
                                    "编辑："sv,
                                    "编辑:"sv,
                                    "责编"sv,
                                    "（责编"sv,
                                    "校对："sv,
                                    "责任校对"sv,
                                    "图片来源"sv,
                                    "图源"sv,
                                    "作者声明"sv,
                                    "声明："sv,
                                    "免责声明"sv};

constexpr std::array kCopyrightStarts{"copyright"sv, "©"sv, "(c) "sv};
constexpr std::array kCopyrightParts{"all rights reserved"sv,
                                     "respective copyright owner"sv,
                                     "respective owners"sv,
                                     "may not be reproduced"sv,
                                     "may not be published, broadcast"sv,
                                     "reproduction without permission"sv,
                                     "the views expressed in this article are those of"sv,
                                     "版权所有"sv,
                                     "版權所有"sv,
                                     "未经授权"sv,
                                     "未經授權"sv,
                                     "禁止转载"sv,
                                     "不得转载"sv,
                                     "转载请注明"sv,
                                     "转载须"sv,
                                     "侵权请联系"sv,
                                     "如有侵权"sv,
                                     "版权归"sv,
                                     "本文来自微信公众号"sv,
                                     "本文首发于"sv,
                                     "不代表本平台"sv,
                                     "不代表本站"sv,
                                     "不构成投资建议"sv};
// These together.
constexpr std::array kOwnerParts{"copyright owner"sv, "©"sv};
constexpr std::array kAddressParts{"contact us"sv, "this platform"sv, "this website"sv, "20"sv};

template <const auto& kStarts>
bool starts_with_any(std::string_view line) {
  static constexpr FirstBytes kFirstBytes(kStarts);
  return kFirstBytes.begin(line) && std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view start) {
           return starts_with_nocase(line, start);
         });
}

template <std::size_t N>
bool contains_any(std::string_view lowered, const std::array<std::string_view, N>& parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return lowered.find(part) != lowered.npos; });
}

template <const auto& kWholes>
bool is_any(std::string_view line) {
  static constexpr FirstBytes kFirstBytes(kWholes);
  return kFirstBytes.begin(line) && std::any_of(kWholes.begin(), kWholes.end(), [&](std::string_view whole) {
           return line.size() == whole.size() && starts_with_nocase(line, whole);
         });
}

bool is_copyright(std::string_view lowered) {
  return starts_with_any<kCopyrightStarts>(lowered) || contains_any(lowered, kCopyrightParts) ||
         (contains_any(lowered, kOwnerParts) && contains_any(lowered, kAddressParts));
}

}  // namespace

bool is_pointer_elsewhere(std::string_view line) {
  line = trimmed(line);
  return line.size() <= 200 && (is_any<kPointers>(line) || starts_with_any<kPointerStarts>(line));
}

bool is_sign_off(std::string_view line) {
  line = trimmed(line);
  if (line.size() > 1200) return false;
  if (is_any<kSignOffs>(line)) return true;
  if (line.size() <= 300 && starts_with_any<kSignOffStarts>(line)) return true;
  // In a long paragraph, only a start that says so: abstracts and articles may end in a copyright note.
  return is_copyright(lower_ascii(line.substr(0, line.size() <= 400 ? line.size() : 200)));
}

bool is_menu(std::string_view line) {
  constexpr std::size_t kItems = 4, kItemColumns = 40;
  constexpr std::array kBetween{" | "sv, " · "sv, " • "sv, "｜"sv};
  const bool ascii = skip_ascii(line, 0) == line.size();
  if (ascii && line.find('|') == line.npos) return false;
  const auto between = std::find_if(kBetween.begin(), kBetween.end(),
                                    [&](std::string_view sign) { return line.find(sign) != line.npos; });
  if (between == kBetween.end() || line.size() > 500) return false;
  std::size_t items = 0;
  for (std::size_t at = 0; at <= line.size(); ++items) {
    const std::size_t end = std::min(line.find(*between, at), line.size());
    const std::string_view item = trimmed(line.substr(at, end - at));
    if (item.empty() || columns(item) > kItemColumns || ends_sentence(item) ||
        item.find_first_of("0123456789,;:$%") != item.npos)
      return false;
    at = end + between->size();
  }
  return items >= kItems;
}

bool is_after_article(std::string_view heading, std::string_view source) {
  const std::string lowered = lower_ascii(one_line(heading));
  if (lowered.size() > 80) return false;
  return starts_with_any<kAfterArticleStarts>(lowered) || (!source.empty() && lowered == "more " + lower_ascii(source));
}

}  // namespace nutgraf::reader
