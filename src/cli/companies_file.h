// The table of companies that is in force: --companies FILE > $XDG_CONFIG_HOME/nutgraf/companies.json > the one
// installed with the program (or, of a program that is not installed, of its source). The first two may extend the
// last.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "nutgraf/company.h"

namespace nutgraf::cli {

struct CompaniesOption {
  std::string given;

  void define(CLI::App& app);
  /// Error(usage) where there is none, or what is there is no table.
  [[nodiscard]] CompanyMatcher read() const;
  /// The version() of that, without reading it; nothing where there is none.
  [[nodiscard]] std::optional<std::uint64_t> version() const;
};

}  // namespace nutgraf::cli
