#include "cli/help.h"

#include <algorithm>

#include "cli/exit_codes.h"

namespace nutgraf::cli {
namespace {

constexpr std::size_t kMargin = 2;
constexpr std::size_t kWidestTerm = 22;  // a longer one has a line of its own

struct Row {
  std::string term;
  std::string text;
};

// Words of `text` from `column` on; further lines begin below it. Help is ASCII: a byte is a column.
std::string wrapped(std::string_view text, std::size_t column, std::size_t width) {
  std::string lines;
  std::size_t at = column;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, std::min(text.find(' '), text.size()));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (at > column && at + 1 + word.size() > width) {
      lines.append("\n").append(column, ' ');
      at = column;
    } else if (at > column) {
      lines += ' ';
      ++at;
    }
    lines += word;
    at += word.size();
  }
  return lines;
}

std::string table(std::string_view title, const std::vector<Row>& rows, std::size_t width) {
  if (rows.empty()) return {};
  std::size_t widest = 0;
  for (const Row& row : rows) {
    if (row.term.size() <= kWidestTerm) widest = std::max(widest, row.term.size());
  }
  const std::size_t column = kMargin + widest + 2;
  std::string text = "\n" + std::string(title) + ":\n";
  for (const Row& row : rows) {
    text.append(kMargin, ' ').append(row.term);
    if (row.term.size() > widest) {
      text.append("\n").append(column, ' ');
    } else {
      text.append(column - kMargin - row.term.size(), ' ');
    }
    text += wrapped(row.text, column, width) + "\n";
  }
  return text;
}

Row row_of(const OptionReference& option) {
  const bool only_long = option.names.front().starts_with("--");
  Row row{(only_long ? "    " : "") + listed(option.names, ", "), option.description};
  if (!option.is_flag()) row.term += " " + option.value;
  if (const std::string limits = limits_of(option); !limits.empty()) row.text += " (" + limits + ")";
  return row;
}

std::vector<Row> rows_of(const std::vector<OptionReference>& options) {
  std::vector<Row> rows;
  for (const auto& option : options) rows.push_back(row_of(option));
  return rows;
}

std::string exit_codes(std::size_t width) {
  std::string text = "Exit codes:";
  for (const ExitCode& code : kExitCodes) {
    text += " " + std::to_string(code.code) + " " + std::string(code.brief) + (&code == &kExitCodes.back() ? "." : ",");
  }
  return "\n" + wrapped(text, 0, width) + "\n";
}

}  // namespace

std::string help_page(const Reference& reference, std::size_t width) {
  std::vector<Row> commands;
  for (const auto& command : reference.commands) commands.push_back({command.name, command.summary});
  return wrapped(reference.summary, 0, width) + "\nUsage: nutgraf COMMAND [OPTION]...\n" +
         table("Commands", commands, width) + table("Options", rows_of(reference.options), width) +
         "\nnutgraf COMMAND --help says more on a command.\n" + exit_codes(width);
}

std::string help_page(const CommandReference& command, std::size_t width) {
  std::vector<Row> arguments;
  for (const auto& argument : command.arguments) arguments.push_back({usage_of(argument), argument.description});
  return wrapped(command.summary, 0, width) + "\n" + wrapped("Usage: " + usage_of(command), 0, width) + "\n" +
         table("Arguments", arguments, width) + table("Options", rows_of(command.options), width) + exit_codes(width);
}

}  // namespace nutgraf::cli
