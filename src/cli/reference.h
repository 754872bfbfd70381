// Everything that can be typed, as a value read off the CLI11 definitions of the commands. Help, man page, completions
// and the hints on mistakes are made from it, so that none of them can miss an option or name one that is gone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace nutgraf::cli {

/// What may be given as a value.
struct Values {
  std::vector<std::string> choices;  ///< all that there are; empty where anything goes
  std::string lowest;                ///< of a number, included; empty where there is no such bound
  std::string highest;
  bool whole = false;  ///< a number without a fraction

  [[nodiscard]] bool bounded() const { return !lowest.empty(); }
};

struct OptionReference {
  std::vector<std::string> names;  ///< as typed, short ones first: "-n", "--limit"
  std::string value;               ///< "N", "FILE"; empty for a flag
  Values values;
  std::string standard;  ///< the value where the option is not given; may be empty
  std::string description;
  std::vector<std::string> excludes;  ///< names of options that cannot stand beside it

  [[nodiscard]] bool is_flag() const { return value.empty(); }
  [[nodiscard]] bool has_name(std::string_view name) const;
  /// The long name where there is one.
  [[nodiscard]] const std::string& name() const { return names.back(); }
};

/// What stands without a name: QUERY, PATH.
struct ArgumentReference {
  std::string name;
  Values values;
  std::string description;
  bool required = false;
  bool many = false;
};

struct CommandReference {
  std::string name;
  std::string summary;
  std::vector<ArgumentReference> arguments;
  std::vector<OptionReference> options;
};

struct Reference {
  std::string summary;
  std::vector<OptionReference> options;  ///< those without a command
  std::vector<CommandReference> commands;

  [[nodiscard]] const CommandReference* find(std::string_view command) const;
};

enum class Scope : unsigned char {
  listed,  ///< what users are told of
  all,     ///< also what is there for tests and builds
};

/// `app` or the program that it is a command of.
[[nodiscard]] Reference reference_of(const CLI::App& app, Scope scope);

[[nodiscard]] CommandReference command_of(const CLI::App& app, Scope scope);

[[nodiscard]] const OptionReference* find_option(const std::vector<OptionReference>& options, std::string_view name);

/// "nutgraf search [OPTION]... QUERY..."
[[nodiscard]] std::string usage_of(const CommandReference& command);
/// "QUERY...", "[PATH]"
[[nodiscard]] std::string usage_of(const ArgumentReference& argument);

/// What the description leaves out: "text, json or csv; default text", "1 to 100; default 10"; may be empty.
[[nodiscard]] std::string limits_of(const OptionReference& option);

/// "a, b or c"
[[nodiscard]] std::string listed(const std::vector<std::string>& words, std::string_view last_joint);

}  // namespace nutgraf::cli
