#include "cli/man.h"

#include <array>
#include <cstdio>
#include <ostream>
#include <utility>

#include "cli/command.h"
#include "cli/language.h"
#include "text/utf8.h"

namespace nutgraf::cli {
namespace {

struct Term {
  std::string_view term;
  std::string_view text;
};

constexpr std::array kEnvironment{
    Term{"NUTGRAF_INDEX", "Folder of the index, or file of a cluster, where --index does not name one."},
    Term{"XDG_DATA_HOME", "Without either, the index is in nutgraf/index below this folder."},
    Term{"HOME", "Without any of these, it is in .local/share/nutgraf/index below the home."},
    Term{"NO_COLOR", "Where this is set, there is no colour unless --color always says so."},
};

constexpr std::array kFiles{
    Term{"~/.local/share/nutgraf/index", "The index, if nothing else is said."},
    Term{"/usr/share/nutgraf/*.schema.json", "JSON Schemas of what --json prints."},
};

constexpr std::array kExamples{
    Term{"nutgraf index ~/articles",
         "Reads a folder. Doing so again costs little: what did not change is passed over."},
    Term{"nutgraf search 'DeepSeek \"open source\" -grok' --since 30d", "Searches the last 30 days."},
    Term{"nutgraf search tencent --by article --format csv > hits.csv",
         "The best passage of each article, for a spreadsheet."},
    Term{"nutgraf show 'articles/2025/03/story.txt#2'", "Prints a passage that was found."},
};

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }
std::string paragraph(std::string_view term, std::string_view text) {
  return ".TP\n" + std::string(term) + "\n" + std::string(text) + "\n";
}

template <typename Terms>
std::string section(std::string_view title, const Terms& terms) {
  std::string page = ".SH " + std::string(title) + "\n";
  for (const auto& [term, text] : terms) page += paragraph(bold(term), roff(text));
  return page;
}

std::string term_of(const OptionReference& option) {
  std::string term;
  for (const auto& name : option.names) term += (term.empty() ? "" : ", ") + bold(name);
  return option.is_flag() ? term : term + " " + italic(option.value);
}

std::string text_of(const OptionReference& option) {
  std::string text = option.description;
  if (const std::string limits = limits_of(option); !limits.empty()) text += " (" + limits + ")";
  text += ".";
  if (!option.excludes.empty()) text += " Not together with " + listed(option.excludes, " or ") + ".";
  return roff(text);
}

std::string usage_line(const CommandReference& command) {
  std::string line = bold("nutgraf " + command.name) + " [" + italic("OPTION") + "]...";
  for (const auto& argument : command.arguments) line += " " + italic(usage_of(argument));
  return line;
}

std::string options_section(const std::vector<OptionReference>& options) {
  std::string page;
  for (const auto& option : options) page += paragraph(term_of(option), text_of(option));
  return page;
}

std::string command_section(const CommandReference& command) {
  std::string page = ".SS " + roff("nutgraf " + command.name) + "\n" + roff(command.summary) + ".\n";
  for (const auto& argument : command.arguments)
    page += paragraph(italic(argument.name), roff(argument.description) + ".");
  return page + options_section(command.options);
}

std::string language_section() {
  std::string page = ".SH QUERY LANGUAGE\n";
  for (const auto& [query, meaning] : language_examples()) page += paragraph(bold(query), roff(meaning + "."));
  return page +
         ".PP\nEvery query is answered; what is odd in it is named in a warning.\n"
         "Before a query that begins with a minus write \\fB\\-\\-\\fR.\n";
}

std::string exit_status() {
  std::string page = ".SH EXIT STATUS\n";
  for (const ExitCode& code : kExitCodes) page += paragraph(bold(std::to_string(code.code)), roff(code.meaning));
  return page;
}

std::string examples() {
  std::string page = ".SH EXAMPLES\n";
  for (const auto& [command, text] : kExamples) {
    page += (page.ends_with("EXAMPLES\n") ? "" : ".PP\n") + roff(text) + "\n.PP\n.RS 4\n" + bold(command) + "\n.RE\n";
  }
  return page;
}

}  // namespace

std::string roff(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    const bool starts_line = out.empty() || out.back() == '\n';
    const char c = text[i];
    if (point.value >= 0x80) {
      std::array<char, 16> escape{};
      std::snprintf(escape.data(), escape.size(), "\\[u%04X]", static_cast<unsigned>(point.value));
      out += escape.data();
    } else if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\'') {
      out += "\\(aq";
    } else if (c == '"') {
      out += "\\(dq";  // a plain one would end an argument of a macro
    } else if (c == '^') {
      out += "\\(ha";
    } else if (c == '`') {
      out += "\\(ga";
    } else if (c == '~') {
      out += "\\(ti";
    } else {
      out += starts_line && c == '.' ? "\\&." : std::string(1, c);
    }
    i += point.size;
  }
  return out;
}

std::string man_page(const Reference& reference) {
  std::string page =
      ".\\\" Made by \"nutgraf man\".\n.TH NUTGRAF 1 \"\" \"nutgraf " NUTGRAF_VERSION "\" \"User Commands\"\n";
  page += ".SH NAME\nnutgraf \\- full\\-text search for article collections\n.SH SYNOPSIS\n";
  for (const auto& command : reference.commands)
    page += (&command == &reference.commands.front() ? "" : ".br\n") + usage_line(command) + "\n";
  page += ".SH DESCRIPTION\n" + roff(reference.summary) + "\n.PP\n";
  page +=
      "Articles (text, Markdown, HTML, JSON, and archives of these) are cut into passages; a query ranks passages and\n"
      "shows why each was found and where it stands in its source. Results go to stdout, all else to stderr.\n";
  page += options_section(reference.options) + ".SH COMMANDS\n";
  for (const auto& command : reference.commands) page += command_section(command);
  return page + language_section() + exit_status() + section("ENVIRONMENT", kEnvironment) + section("FILES", kFiles) +
         examples();
}

Runner define_man(CLI::App& app) {
  app.group("");  // packages need it, people have man(1)
  return [&app](const Console& console) {
    console.out << man_page(reference_of(app, Scope::listed));
    return kDone;
  };
}

}  // namespace nutgraf::cli
