// "Did you mean": which of our names somebody probably meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace nutgraf::cli {

/// The one of `known` that was probably meant: another spelling, another program's word for it, or its beginning; or
/// empty.
[[nodiscard]] std::string nearest(std::string_view typed, std::span<const std::string> known);

}  // namespace nutgraf::cli
