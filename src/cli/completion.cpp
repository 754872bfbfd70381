#include "cli/completion.h"

#include <memory>
#include <ostream>

#include "cli/command.h"

namespace nutgraf::cli {
namespace {

enum class Paths : unsigned char { none, files, folders };

Paths paths_of(std::string_view value) {
  if (value == "FILE" || value == "PATH") return Paths::files;
  return value == "DIR" ? Paths::folders : Paths::none;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

// In single quotes, for sh and zsh. For fish a backslash would need one more, but no text of ours has any.
std::string quoted(const std::string& text) { return "'" + replaced(text, "'", "'\\''") + "'"; }

std::string joined(const std::vector<std::string>& words, std::string_view joint) {
  std::string text;
  for (const auto& word : words) text.append(text.empty() ? "" : joint).append(word);
  return text;
}

std::vector<std::string> names_of(const std::vector<OptionReference>& options) {
  std::vector<std::string> names;
  for (const auto& option : options) names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

std::vector<std::string> names_of(const std::vector<CommandReference>& commands) {
  std::vector<std::string> names;
  for (const auto& command : commands) names.push_back(command.name);
  return names;
}

// --- bash

std::string bash_reply(const Values& values, Paths paths) {
  if (!values.choices.empty()) return "_nutgraf_words " + quoted(joined(values.choices, " "));
  if (paths == Paths::files) return "_nutgraf_paths -f";
  return paths == Paths::folders ? "_nutgraf_paths -d" : ":";
}

// A branch for each option that takes a value: what may follow it.
std::string bash_values(const CommandReference& command) {
  std::string branches;
  for (const auto& option : command.options) {
    if (option.is_flag()) continue;
    std::string patterns;
    for (const auto& name : option.names) patterns += (patterns.empty() ? "" : "|") + quoted(command.name + " " + name);
    branches += "    " + patterns + ") " + bash_reply(option.values, paths_of(option.value)) + " ;;\n";
  }
  return branches;
}

std::string bash_argument(const CommandReference& command, bool suggests) {
  if (command.arguments.empty()) return ":";
  const auto& argument = command.arguments.front();
  if (suggests && argument.name == "QUERY") return "_nutgraf_query";
  return bash_reply(argument.values, paths_of(argument.name));
}

constexpr const char* kBashStart = R"(# bash completion for nutgraf, made by "nutgraf completion bash".

_nutgraf_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }

_nutgraf_paths() {
  mapfile -t COMPREPLY < <(compgen "$1" -- "$current")
  compopt -o filenames 2> /dev/null
}
)";

constexpr const char* kBashQuery = R"(
# A word that the index knows. An index named on the line counts; without one there is nothing to say.
_nutgraf_query() {
  [ -n "$current" ] || return
  local i index=()
  for ((i = 2; i < COMP_CWORD; i++)); do
    if [ "${COMP_WORDS[i]}" = --index ]; then index=(--index "${COMP_WORDS[i + 1]}"); fi
  done
  mapfile -t COMPREPLY < <(nutgraf suggest "$current" -n 10 ${index[@]+"${index[@]}"} 2> /dev/null)
}
)";

constexpr const char* kBashMain = R"(
_nutgraf() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command= ended= i
  COMPREPLY=()
  # bash cuts --format=csv at the sign.
  if [ "$current" = = ]; then
    current=
  elif [ "$previous" = = ]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --) ended=yes ;;
      -*) ;;
      *) [ -n "$command" ] || command=${COMP_WORDS[i]} ;;
    esac
  done
  if [ -z "$ended" ] && _nutgraf_value; then return; fi
  _nutgraf_word
}

complete -F _nutgraf nutgraf
)";

// --- zsh

// In `[...]` of _arguments and in what stands before a colon of _describe.
std::string zsh_escaped(std::string text) {
  for (const char* special : {"\\", "[", "]", ":"})
    text = replaced(std::move(text), special, std::string("\\") + special);
  return text;
}

std::string zsh_action(const std::string& placeholder, const Values& values, Paths paths) {
  if (!values.choices.empty()) return ":" + placeholder + ":(" + joined(values.choices, " ") + ")";
  if (paths == Paths::files) return ":" + placeholder + ":_files";
  return ":" + placeholder + ":" + (paths == Paths::folders ? "_files -/" : " ");
}

// "-n+" takes its value behind it or as the next word, "--limit=" the same with a sign.
std::string zsh_option(const OptionReference& option) {
  std::vector<std::string> others = option.names;
  others.insert(others.end(), option.excludes.begin(), option.excludes.end());
  std::string text = "[" + zsh_escaped(option.description) + "]";
  if (!option.is_flag()) text += zsh_action(option.value, option.values, paths_of(option.value));
  std::string lines;
  for (const auto& name : option.names) {
    const std::string_view glue = option.is_flag() ? "" : name.starts_with("--") ? "=" : "+";
    const bool ends_all = option.has_name("--help") || option.has_name("--version");
    lines += " \\\n        " +
             quoted("(" + (ends_all ? "- *" : joined(others, " ")) + ")" + name + std::string(glue) + text);
  }
  return lines;
}

std::string zsh_command(const CommandReference& command) {
  std::string text = "      " + command.name + ")\n        _arguments -s -S";
  for (const auto& option : command.options) text += zsh_option(option);
  for (const auto& argument : command.arguments) {
    text += " \\\n        " +
            quoted((argument.many ? "*" : "") + zsh_action(argument.name, argument.values, paths_of(argument.name)));
  }
  return text + " ;;\n";
}

// --- fish

std::string fish_values(const Values& values, Paths paths) {
  if (!values.choices.empty()) return " -xa " + quoted(joined(values.choices, " "));
  if (paths == Paths::files) return " -rF";
  return paths == Paths::folders ? " -xa '(__fish_complete_directories)'" : " -x";
}

std::string fish_option(const OptionReference& option, const std::string& condition) {
  std::string line = "complete -c nutgraf -n " + quoted(condition);
  for (const auto& name : option.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.is_flag()) line += fish_values(option.values, paths_of(option.value));
  return line + " -d " + quoted(option.description) + "\n";
}

std::string fish_argument(const ArgumentReference& argument, const std::string& condition) {
  const std::string start = "complete -c nutgraf -n " + quoted(condition);
  if (!argument.values.choices.empty()) return start + " -a " + quoted(joined(argument.values.choices, " ")) + "\n";
  return paths_of(argument.name) == Paths::none ? "" : start + " -F\n";
}

}  // namespace

std::string bash_completion(const Reference& reference) {
  const bool suggests = reference.find("suggest") != nullptr;
  std::string values, words;
  for (const auto& command : reference.commands) {
    values += bash_values(command);
    words += "    " + quoted(command.name + " -") + ") _nutgraf_words " +
             quoted(joined(names_of(command.options), " ")) + " ;;\n";
    words += "    " + quoted(command.name + " ") + ") " + bash_argument(command, suggests) + " ;;\n";
  }
  const std::string first = joined(names_of(reference.commands), " ") + " " + joined(names_of(reference.options), " ");
  return std::string(kBashStart) + (suggests ? kBashQuery : "") +
         "\n# Whether an option stands before, whose value this is.\n_nutgraf_value() {\n  case \"$command $previous\" "
         "in\n" +
         values + "    *) return 1 ;;\n  esac\n}\n" +
         "\n_nutgraf_word() {\n  local kind=\n  case $ended$current in -*) kind=- ;; esac\n  case \"$command $kind\" "
         "in\n" +
         "    ' '*) _nutgraf_words " + quoted(first) + " ;;\n" + words + "  esac\n}\n" + kBashMain;
}

std::string zsh_completion(const Reference& reference) {
  std::string text =
      "#compdef nutgraf\n# Made by \"nutgraf completion zsh\".\n\n_nutgraf() {\n  local curcontext=$curcontext state "
      "line\n  local -a commands\n  typeset -A opt_args\n  commands=(\n";
  for (const auto& command : reference.commands)
    text += "    " + quoted(zsh_escaped(command.name) + ":" + zsh_escaped(command.summary)) + "\n";
  text += "  )\n  _arguments -C";
  for (const auto& option : reference.options) text += zsh_option(option);
  text += " \\\n        '1:command:->command' \\\n        '*::argument:->argument' && return\n";
  text +=
      "  case $state in\n  command) _describe -t commands command commands ;;\n  argument)\n    "
      "curcontext=${curcontext%:*:*}:nutgraf-$line[1]:\n    case $line[1] in\n";
  for (const auto& command : reference.commands) text += zsh_command(command);
  return text + "    esac ;;\n  esac\n}\n\n_nutgraf \"$@\"\n";
}

std::string fish_completion(const Reference& reference) {
  std::string text = "# fish completion for nutgraf, made by \"nutgraf completion fish\".\ncomplete -c nutgraf -f\n";
  for (const auto& option : reference.options) text += fish_option(option, "__fish_use_subcommand");
  for (const auto& command : reference.commands) {
    text += "complete -c nutgraf -n __fish_use_subcommand -a " + command.name + " -d " + quoted(command.summary) + "\n";
  }
  for (const auto& command : reference.commands) {
    const std::string condition = "__fish_seen_subcommand_from " + command.name;
    for (const auto& argument : command.arguments) text += fish_argument(argument, condition);
    for (const auto& option : command.options) text += fish_option(option, condition);
  }
  return text;
}

Runner define_completion(CLI::App& app) {
  auto shell = std::make_shared<std::string>();
  app.add_option("SHELL", *shell, "Shell to print the completion script for")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}))
      ->required();
  return [&app, shell](const Console& console) {
    const Reference reference = reference_of(app, Scope::listed);
    console.out << (*shell == "bash"  ? bash_completion(reference)
                    : *shell == "zsh" ? zsh_completion(reference)
                                      : fish_completion(reference));
    return kDone;
  };
}

}  // namespace nutgraf::cli
