#include "cli/help.h"

#include <algorithm>
#include <memory>
#include <ostream>

#include "cli/command.h"
#include "cli/language.h"

namespace nutgraf::cli {
namespace {

constexpr std::string_view kLanguageTopic = "query";
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
         table("Commands", commands, width) + table("Options", rows_of(reference.options), width) + "\n" +
         wrapped("nutgraf COMMAND --help says more on a command, nutgraf help query on the query language.", 0, width) +
         "\n" + exit_codes(width);
}

std::string help_page(const CommandReference& command, std::size_t width) {
  std::vector<Row> arguments;
  for (const auto& argument : command.arguments) arguments.push_back({usage_of(argument), argument.description});
  return wrapped(command.summary, 0, width) + "\n" + wrapped("Usage: " + usage_of(command), 0, width) + "\n" +
         table("Arguments", arguments, width) + table("Options", rows_of(command.options), width) + exit_codes(width);
}

std::string language_page(std::size_t width) {
  std::vector<Row> rows;
  for (const auto& [query, meaning] : language_examples()) rows.push_back({query, meaning});
  return "The query language, by examples\n" + table("Queries", rows, width) + "\n" +
         wrapped(
             "Every query is answered; what is odd in it is named in a warning. The shell takes quotes, brackets and "
             "asterisks for itself: put a query in single quotes. Before one that begins with a minus write --.",
             0, width) +
         "\n";
}

Runner define_help(CLI::App& app) {
  std::vector<std::string> topics;
  for (const Command& command : commands()) topics.emplace_back(command.name);
  topics.emplace_back(kLanguageTopic);
  auto topic = std::make_shared<std::string>();
  app.add_option("TOPIC", *topic, "A command, or \"query\" for the query language")->check(CLI::IsMember(topics));
  return [&app, topic](const Console& console) {
    const Reference reference = reference_of(app, Scope::all);
    const CommandReference* command = reference.find(*topic);
    console.out << (*topic == kLanguageTopic ? language_page(console.width)
                    : command != nullptr     ? help_page(*command, console.width)
                                             : help_page(reference_of(app, Scope::listed), console.width));
    return kDone;
  };
}

}  // namespace nutgraf::cli
