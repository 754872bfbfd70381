// Code points out of UTF-8 that may be broken.
#pragma once

#include <unicode/utf8.h>

#include <cstddef>
#include <string_view>

namespace nutgraf::present {

// ICU's macro narrows integers where gcc can see it.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
/// The code point at `at`, which moves behind it; negative where the bytes are not UTF-8.
inline UChar32 next_code_point(std::string_view text, std::size_t& at) {
  UChar32 c = 0;
  U8_NEXT(text.data(), at, text.size(), c);
  return c;
}
#pragma GCC diagnostic pop

}  // namespace nutgraf::present
