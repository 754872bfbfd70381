// Bytes of unknown encoding in, UTF-8 out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/article.h"

namespace nutgraf::reader {

/// A file's text and how it relates to the file's bytes.
struct Decoded {
  std::string text;         ///< valid UTF-8 without NUL
  bool as_is = true;        ///< the text is the file's bytes from `skipped` on; else it was converted
  std::size_t skipped = 0;  ///< size of the byte order mark
  std::vector<std::string> notices;

  /// Line starts in the file; only where the text is as it is.
  [[nodiscard]] std::vector<std::size_t> file_line_starts() const;
};

/// Throws Unreadable for binary files and encodings that cannot be told.
[[nodiscard]] Decoded decode(std::string bytes);

/// A file name of unknown encoding in UTF-8: UTF-8, else GB18030 or Big5 where it reads like one of them, else nothing.
[[nodiscard]] std::optional<std::string> decoded_name(std::string_view bytes);

/// What the first bytes say about a file that is no text: "PDF", "JPEG image", ...; empty for none known.
[[nodiscard]] std::string_view binary_kind(std::string_view bytes);

/// Charset named by `<meta charset>`, `<meta http-equiv>` or an XML declaration near the start, lower case.
[[nodiscard]] std::string declared_charset(std::string_view bytes);

}  // namespace nutgraf::reader
