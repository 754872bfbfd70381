// What is wrong with a name of a table, thrown by who has no file to point at; it becomes a message with a line.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace nutgraf {

struct BadName : std::runtime_error {
  BadName(std::string company_id, std::string bad, const std::string& what)
      : std::runtime_error(what), company(std::move(company_id)), name(std::move(bad)) {}

  std::string company;  ///< whose name it is; empty: none's
  std::string name;
};

}  // namespace nutgraf
