#include "cli/companies_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "nutgraf/error.h"

namespace nutgraf::cli {
namespace {

namespace fs = std::filesystem;

struct TextFile {
  fs::path path;
  std::string text;
};

std::optional<TextFile> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || !fs::is_regular_file(path)) return std::nullopt;
  // In one piece: every search reads the table, to tell whether the index was tagged with it.
  std::string text(fs::file_size(path), '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return TextFile{path, std::move(text)};
}

std::optional<TextFile> default_file() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    if (auto file = read_file(program.parent_path() / NUTGRAF_DATA_FROM_PROGRAM / "companies.json")) return file;
  }
  return read_file(fs::path(NUTGRAF_SOURCE_FOLDER) / "corpus" / "companies.json");
}

std::optional<TextFile> configured_file() {
  const char* const config = std::getenv("XDG_CONFIG_HOME");
  const char* const home = std::getenv("HOME");
  const fs::path folder = config != nullptr && *config != '\0' ? fs::path(config)
                          : home != nullptr && *home != '\0'   ? fs::path(home) / ".config"
                                                               : fs::path();
  return folder.empty() ? std::nullopt : read_file(folder / "nutgraf" / "companies.json");
}

// Nothing where the default is in force. Error(usage) where FILE was named and is not there.
std::optional<TextFile> own_file(const std::string& given) {
  if (given.empty()) return configured_file();
  auto file = read_file(given);
  if (!file) throw Error(ErrorCode::usage, "cannot read the table of companies " + given);
  return file;
}

}  // namespace

void CompaniesOption::define(CLI::App& app) {
  app.add_option("--companies", given,
                 "Table of companies (default: companies.json in the folder of settings, else the one installed)")
      ->type_name("FILE");
}

CompanyMatcher CompaniesOption::read() const {
  const auto own = own_file(given);
  const bool needs_default = !own || extends_companies(own->text);
  const auto base = needs_default ? default_file() : std::nullopt;
  if (needs_default && !base) {
    throw Error(ErrorCode::usage, "the table of companies that came with the program is missing",
                "Install the program again, or name a table with --companies FILE.");
  }
  if (!own) return read_companies(base->text, base->path.string());
  if (!base) return read_companies(own->text, own->path.string());
  const CompanyMatcher extended = read_companies(base->text, base->path.string());
  return read_companies(own->text, own->path.string(), &extended);
}

std::optional<std::uint64_t> CompaniesOption::version() const {
  const auto own = own_file(given);
  if (own && !extends_companies(own->text)) return companies_version(own->text);
  const auto base = default_file();
  if (!base) return std::nullopt;
  const std::uint64_t version = companies_version(base->text);
  return own ? companies_version(own->text, version) : version;
}

}  // namespace nutgraf::cli
