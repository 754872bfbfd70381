#include "cli/reference.h"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace nutgraf::cli {
namespace {

// CLI11 shows what it checks only as text behind the placeholder: "N:INT in [1 - 100]", "NAME:{text,json}".
Values values_of(std::string_view checks) {
  Values values;
  if (const auto open = checks.find('{'), close = checks.find('}'); open != checks.npos && close != checks.npos) {
    const std::string inside(checks.substr(open + 1, close - open - 1));
    values.choices = CLI::detail::split(inside, ',');
  }
  const auto open = checks.find(" in ["), middle = checks.find(" - ", open), close = checks.find(']', middle);
  if (open != checks.npos && middle != checks.npos && close != checks.npos) {
    values.lowest = checks.substr(open + 5, middle - open - 5);
    values.highest = checks.substr(middle + 3, close - middle - 3);
    values.whole = checks.find("INT") != checks.npos;
  }
  return values;
}

struct Type {
  std::string placeholder;
  Values values;
};

Type type_of(const CLI::Option& option) {
  const std::string text = option.get_type_name();
  const auto colon = std::min(text.find(':'), text.size());
  return {text.substr(0, colon), values_of(std::string_view(text).substr(colon))};
}

std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const auto& name : option.get_snames()) names.push_back("-" + name);
  for (const auto& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

OptionReference describe_option(const CLI::Option& option) {
  OptionReference described;
  described.names = names_of(option);
  if (option.get_items_expected_max() > 0) {
    auto [placeholder, values] = type_of(option);
    described.value = placeholder.empty() ? "VALUE" : placeholder;
    described.values = std::move(values);
    described.standard = option.get_default_str();
  }
  described.description = option.get_description();
  for (const CLI::Option* other : option.get_excludes()) described.excludes.push_back(names_of(*other).back());
  std::sort(described.excludes.begin(), described.excludes.end());
  return described;
}

ArgumentReference describe_argument(const CLI::Option& option) {
  return {option.get_name(true), type_of(option).values, option.get_description(), option.get_required(),
          option.get_items_expected_max() > 1};
}

bool is_told(const CLI::Option& option, Scope scope) { return scope == Scope::all || !option.get_group().empty(); }

std::vector<OptionReference> options_of(const CLI::App& app, Scope scope) {
  std::vector<OptionReference> options;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional() && is_told(*option, scope)) options.push_back(describe_option(*option));
  }
  return options;
}

}  // namespace

bool OptionReference::has_name(std::string_view name) const {
  return std::find(names.begin(), names.end(), name) != names.end();
}

const CommandReference* Reference::find(std::string_view command) const {
  const auto found =
      std::find_if(commands.begin(), commands.end(), [&](const auto& one) { return one.name == command; });
  return found == commands.end() ? nullptr : &*found;
}

const OptionReference* find_option(const std::vector<OptionReference>& options, std::string_view name) {
  const auto found = std::find_if(options.begin(), options.end(), [&](const auto& one) { return one.has_name(name); });
  return found == options.end() ? nullptr : &*found;
}

Reference reference_of(const CLI::App& app, Scope scope) {
  const CLI::App* program = &app;
  while (program->get_parent() != nullptr) program = program->get_parent();
  Reference reference{program->get_description(), options_of(*program, scope), {}};
  for (const CLI::App* command : program->get_subcommands({})) {
    if (scope == Scope::all || !command->get_group().empty()) {
      reference.commands.push_back(command_of(*command, scope));
    }
  }
  return reference;
}

CommandReference command_of(const CLI::App& app, Scope scope) {
  CommandReference command{app.get_name(), app.get_description(), {}, options_of(app, scope)};
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) command.arguments.push_back(describe_argument(*option));
  }
  return command;
}

std::string usage_of(const CommandReference& command) {
  std::string text = "nutgraf " + command.name + " [OPTION]...";
  for (const auto& argument : command.arguments) text += " " + usage_of(argument);
  return text;
}

std::string usage_of(const ArgumentReference& argument) {
  const std::string text = argument.name + (argument.many ? "..." : "");
  return argument.required ? text : "[" + text + "]";
}

std::string limits_of(const OptionReference& option) {
  std::string text = listed(option.values.choices, " or ");
  if (option.values.bounded()) text = option.values.lowest + " to " + option.values.highest;
  if (!option.standard.empty()) text += (text.empty() ? "default " : "; default ") + option.standard;
  return text;
}

std::string listed(const std::vector<std::string>& words, std::string_view last_joint) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? last_joint : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace nutgraf::cli
