// libarchive, loaded when the first packed file is opened: with what it needs itself it is seven libraries, which take
// a search as long to load as its ranking takes. Its functions, each by its name without archive_, are the members of
// one value.
#pragma once

#include <archive.h>
#include <archive_entry.h>

namespace nutgraf::reader {

// clang-format off
#define NUTGRAF_ARCHIVE_FUNCTIONS(function) \
  function(entry_filetype)                  \
  function(entry_hardlink)                  \
  function(entry_is_data_encrypted)         \
  function(entry_pathname)                  \
  function(entry_pathname_utf8)             \
  function(entry_size)                      \
  function(entry_size_is_set)               \
  function(error_string)                    \
  function(filter_count)                    \
  function(read_data_block)                 \
  function(read_free)                       \
  function(read_new)                        \
  function(read_next_header)                \
  function(read_open)                       \
  function(read_support_filter_all)         \
  function(read_support_format_empty)       \
  function(read_support_format_raw)         \
  function(read_support_format_tar)         \
  function(read_support_format_zip)         \
  function(set_error)
// clang-format on

struct ArchiveLibrary {
#define NUTGRAF_DECLARE(name) decltype(&::archive_##name) name = nullptr;
  NUTGRAF_ARCHIVE_FUNCTIONS(NUTGRAF_DECLARE)
#undef NUTGRAF_DECLARE
};

/// The library, for as long as the program runs; BrokenFile where it cannot be loaded.
[[nodiscard]] const ArchiveLibrary& libarchive();

}  // namespace nutgraf::reader
