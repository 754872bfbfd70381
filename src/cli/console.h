// Console: where a command writes. Data goes to `out`, all else to `err`; commands never touch std::cout themselves, so
// that tests can run them in process.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string_view>

#include "nutgraf/error.h"
#include "nutgraf/present.h"
#include "nutgraf/query.h"

namespace nutgraf::cli {

struct Console {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::size_t width = 80;  ///< columns of the terminal; 80 where there is none
  bool no_color = false;   ///< NO_COLOR is set
  bool utf8 = true;        ///< the locale's characters are Unicode
};

/// The console of this process.
[[nodiscard]] Console standard_console();

/// Whoever read our stdout is gone (head, a pager): that what we write fails is then no error.
[[nodiscard]] bool output_was_closed();

enum class ColorChoice : unsigned char { automatic, always, never };

[[nodiscard]] TextStyle text_style(const Console& console, ColorChoice color);

/// "nutgraf: message", then "  hint".
void print_error(const Console& console, const Error& error);
void print_warning(const Console& console, std::string_view message);
/// `qid`: of which query, where there are many.
void print_diagnostic(const Console& console, const Diagnostic& diagnostic, std::string_view qid = {});

}  // namespace nutgraf::cli
