// The table of formats: names, file endings, and how a document of each is read.
#pragma once

#include <string_view>

#include "nutgraf/reader.h"
#include "reader/document.h"

namespace nutgraf::reader {

/// What a file's name says about what is in it.
struct FileKind {
  Format format = Format::automatic;  ///< of the content; automatic: the name does not say
  bool compressed = false;            ///< .gz, .zst, ...: the content is compressed
  bool archive = false;               ///< .zip, .tar, ...: the file holds others

  [[nodiscard]] bool readable() const { return archive || format != Format::automatic; }
};

[[nodiscard]] FileKind kind_of_name(std::string_view file_name);
/// The format that bytes look like.
[[nodiscard]] Format sniffed_format(std::string_view bytes);
/// Reads a document that is one article. Throws Unreadable.
[[nodiscard]] Article parse_document(Format format, std::string bytes);

}  // namespace nutgraf::reader
