#include "cli/mistakes.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "cli/nearest.h"

namespace nutgraf::cli {
namespace {

bool knows(std::span<const std::string> known, std::string_view word) {
  return std::find(known.begin(), known.end(), word) != known.end();
}

std::string full_name(const CommandReference& command) { return "nutgraf " + command.name; }

std::string try_help(const CommandReference* command) {
  return "Try: nutgraf " + (command == nullptr ? "" : command->name + " ") + "--help";
}

// What CLI11 takes for an option: "-5" is a word, "---" too.
bool looks_like_option(std::string_view word) {
  if (word.size() < 2 || word[0] != '-') return false;
  const bool is_long = word[1] == '-';
  const char first = is_long ? (word.size() > 2 ? word[2] : '-') : word[1];
  const bool digit = first >= '0' && first <= '9';
  return first != '-' && first != '!' && first != ' ' && first != '\n' && (is_long || !digit);
}

std::vector<std::string> names_of(const std::vector<OptionReference>& options) {
  std::vector<std::string> names;
  for (const auto& option : options) names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

const CommandReference* command_with(const Reference& reference, std::string_view option) {
  for (const auto& command : reference.commands) {
    if (find_option(command.options, option) != nullptr) return &command;
  }
  return nullptr;
}

// --- values

bool wants_number(const OptionReference& option) { return option.value == "N" || option.values.bounded(); }

std::string what_is_needed(const OptionReference& option) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kNouns{{{"FILE", "a file"},
                                                                                        {"DIR", "a folder"},
                                                                                        {"PATH", "a file or folder"},
                                                                                        {"DATE", "a day"},
                                                                                        {"NAME", "a name"},
                                                                                        {"CODE", "a code"}}};
  if (!option.values.choices.empty()) return "one of " + listed(option.values.choices, ", ");
  if (wants_number(option)) return "a number";
  for (const auto& [value, noun] : kNouns) {
    if (option.value == value) return std::string(noun);
  }
  return "a value";
}

std::string number_hint(const CommandReference& command, const OptionReference& option) {
  if (!option.values.bounded()) return try_help(&command);
  const std::string range = "Choose from " + option.values.lowest + " to " + option.values.highest;
  return option.standard.empty() ? range + "." : range + ", as in: " + option.name() + " " + option.standard;
}

Mistake missing_value(const CommandReference& command, const OptionReference& option) {
  return {option.name() + " needs " + what_is_needed(option), number_hint(command, option)};
}

std::optional<Mistake> wrong_number(const CommandReference& command, const OptionReference& option,
                                    const std::string& value) {
  const auto mistake = [&](const char* problem) {
    return Mistake{option.name() + " " + value + ": " + problem, number_hint(command, option)};
  };
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  const bool has_digit = value.find_first_of("0123456789") != value.npos;  // "nan" is none, whatever C says
  if (!has_digit || *end != '\0') return mistake("not a number");
  const Values& values = option.values;
  if (values.bounded() &&
      (number < std::strtod(values.lowest.c_str(), nullptr) || number > std::strtod(values.highest.c_str(), nullptr))) {
    return Mistake{option.name() + " " + value + ": choose a number from " + values.lowest + " to " + values.highest,
                   try_help(&command)};
  }
  if (!values.bounded() && number < 0) return mistake("must not be below 0");
  if (values.whole && value.find('.') != value.npos) return mistake("not a whole number");
  return std::nullopt;
}

std::optional<Mistake> wrong_choice(const CommandReference& command, const std::string& name, const Values& values,
                                    const std::string& value) {
  if (values.choices.empty() || knows(values.choices, value)) return std::nullopt;
  const std::string near = nearest(value, values.choices);
  return Mistake{name + " " + value + ": choose one of " + listed(values.choices, ", "),
                 near.empty() ? try_help(&command) : "Did you mean " + near + "?"};
}

std::optional<Mistake> wrong_value(const CommandReference& command, const OptionReference& option,
                                   const std::string& value) {
  return wants_number(option) ? wrong_number(command, option, value)
                              : wrong_choice(command, option.name(), option.values, value);
}

// --- names

bool takes_query(const CommandReference& command) {
  return !command.arguments.empty() && command.arguments.front().name == "QUERY";
}

std::string minus_hint(const CommandReference& command, const std::string& word) {
  return "Before a query that begins with a minus write --, as in: " + full_name(command) + " -- " + word;
}

// "-limit" is an option with a dash too few; "-Doubao" a word to do without, however near to an option it is.
std::string single_dash_hint(const CommandReference& command, const std::string& word, const std::string& typed) {
  const bool is_long = typed.size() > 2 && find_option(command.options, "-" + typed) != nullptr;
  if (is_long) return "Did you mean -" + typed + "?";
  return takes_query(command) && typed.size() > 2 ? minus_hint(command, word) : try_help(&command);
}

std::string double_dash_hint(const Reference& reference, const CommandReference& command, const std::string& typed) {
  if (const auto near = nearest(typed, names_of(command.options)); !near.empty()) return "Did you mean " + near + "?";
  if (find_option(reference.options, typed) != nullptr) return "Write: nutgraf " + typed;
  const auto* other = command_with(reference, typed);
  return other == nullptr ? try_help(&command) : typed + " is an option of " + full_name(*other) + ".";
}

Mistake unknown_option(const Reference& reference, const CommandReference& command, const std::string& word) {
  const std::string typed = word.substr(0, word.find('='));
  return {"no option " + typed + " of " + full_name(command), typed.starts_with("--")
                                                                  ? double_dash_hint(reference, command, typed)
                                                                  : single_dash_hint(command, word, typed)};
}

Mistake unknown_command(const Reference& reference, const std::string& word) {
  std::vector<std::string> names;
  for (const auto& command : reference.commands) names.push_back(command.name);
  names.emplace_back("--help");
  const std::string near = nearest(word, names);
  return {"no command " + word, near.empty() ? try_help(nullptr) : "Did you mean nutgraf " + near + "?"};
}

// An option in front of the command, or where there is no command at all.
Mistake early_option(const Reference& reference, const std::string& word, std::span<const std::string> rest) {
  const std::string typed = word.substr(0, word.find('='));
  const CommandReference* command = nullptr;
  for (const auto& later : rest) {
    if (command == nullptr) command = reference.find(later);
  }
  if (command == nullptr || find_option(command->options, typed) == nullptr) command = command_with(reference, typed);
  if (command != nullptr) {
    const bool value_follows = typed == word && !find_option(command->options, typed)->is_flag() && !rest.empty();
    return {typed + " goes after the command",
            "Write: " + full_name(*command) + " ... " + word + (value_follows ? " " + rest.front() : "")};
  }
  const std::string near = nearest(typed, names_of(reference.options));
  return {"no option " + typed, near.empty() ? try_help(nullptr) : "Did you mean nutgraf " + near + "?"};
}

// --- the line

// Reads what follows a command the way CLI11 does, up to the first mistake.
class LineReader {
 public:
  LineReader(const Reference& reference, const CommandReference& command, std::span<const std::string> words)
      : reference_(reference), command_(command), words_(words) {}

  std::optional<Mistake> read() {
    bool options_ended = false;
    while (!words_.empty()) {
      const std::string word = words_.front();
      words_ = words_.subspan(1);
      std::optional<Mistake> mistake;
      if (options_ended || !looks_like_option(word)) {
        if (word == "--" && !options_ended) {
          options_ended = true;
        } else {
          mistake = read_argument(word);
        }
      } else {
        mistake = word.starts_with("--") ? read_long(word) : read_short(word);
      }
      if (mistake) return mistake;
    }
    return find_conflict();
  }

 private:
  std::optional<Mistake> read_argument(const std::string& word) {
    const auto& arguments = command_.arguments;
    const bool fits = arguments_ < arguments.size() || (!arguments.empty() && arguments.back().many);
    if (fits) {
      const auto& argument = arguments[std::min(arguments_++, arguments.size() - 1)];
      return wrong_choice(command_, argument.name, argument.values, word);
    }
    std::string takes = "no words";
    if (!arguments.empty()) takes = arguments.size() == 1 ? "one " + arguments.front().name : "fewer words";
    return Mistake{command_.name + " takes " + takes + "; " + word + " is too much", try_help(&command_)};
  }

  std::optional<Mistake> read_long(const std::string& word) {
    const auto equals = word.find('=');
    const auto* option = find_option(command_.options, word.substr(0, equals));
    if (option == nullptr) return unknown_option(reference_, command_, word);
    given_.push_back(option);
    if (option->is_flag()) {
      return equals == word.npos
                 ? std::nullopt
                 : std::optional(Mistake{option->name() + " takes no value", "Write: " + option->name()});
    }
    const bool glued = equals != word.npos && equals + 1 < word.size();
    return glued ? wrong_value(command_, *option, word.substr(equals + 1)) : read_value(*option);
  }

  // "-n5", and flags in a row: "-qj4".
  std::optional<Mistake> read_short(const std::string& word) {
    if (word.size() > 2 && find_option(command_.options, "-" + word.substr(0, word.find('='))) != nullptr) {
      return unknown_option(reference_, command_, word);
    }
    for (std::size_t i = 1; i < word.size(); ++i) {
      const auto* option = find_option(command_.options, std::string("-") + word[i]);
      if (option == nullptr) return unknown_option(reference_, command_, word);
      given_.push_back(option);
      if (option->is_flag()) continue;
      if (i + 1 == word.size()) return read_value(*option);
      auto mistake = wrong_value(command_, *option, word.substr(i + 1));
      if (mistake && takes_query(command_)) mistake->hint = minus_hint(command_, word);  // "-news" is hardly "-n ews"
      return mistake;
    }
    return std::nullopt;
  }

  std::optional<Mistake> read_value(const OptionReference& option) {
    const bool there =
        !words_.empty() && words_.front() != "--" && find_option(command_.options, words_.front()) == nullptr;
    if (!there) return missing_value(command_, option);
    const std::string value = words_.front();
    words_ = words_.subspan(1);
    return wrong_value(command_, option, value);
  }

  std::optional<Mistake> find_conflict() const {
    for (const auto* option : given_) {
      for (const auto* other : given_) {
        if (std::find(option->excludes.begin(), option->excludes.end(), other->name()) == option->excludes.end())
          continue;
        return Mistake{option->name() + " and " + other->name() + " exclude each other", "Leave one of them out."};
      }
    }
    for (std::size_t i = arguments_; i < command_.arguments.size(); ++i) {
      if (command_.arguments[i].required)
        return Mistake{command_.arguments[i].name + " is missing", "Usage: " + usage_of(command_)};
    }
    return std::nullopt;
  }

  const Reference& reference_;
  const CommandReference& command_;
  std::span<const std::string> words_;
  std::vector<const OptionReference*> given_;
  std::size_t arguments_ = 0;
};

}  // namespace

std::optional<Mistake> find_mistake(const Reference& reference, std::span<const std::string> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (find_option(reference.options, word) != nullptr) continue;
    const auto rest = arguments.subspan(i + 1);
    if (looks_like_option(word)) return early_option(reference, word, rest);
    if (const auto* command = reference.find(word); command != nullptr)
      return LineReader(reference, *command, rest).read();
    return unknown_command(reference, word);
  }
  return Mistake{"a command is missing", try_help(nullptr)};
}

}  // namespace nutgraf::cli
