// ICU's guess at what a text is written in. Its library is loaded for that alone: of all that the program is linked
// with it would take the longest to start.
#pragma once

#include <string>
#include <string_view>

namespace nutgraf::reader {

/// ICU's name of the encoding; empty where it is not sure. BrokenFile where the library cannot be loaded.
[[nodiscard]] std::string detect_charset(std::string_view sample);

}  // namespace nutgraf::reader
