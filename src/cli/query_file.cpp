#include "cli/query_file.h"

#include <iostream>
#include <string_view>
#include <utility>

#include "nutgraf/error.h"

namespace nutgraf::cli {
namespace {

constexpr std::string_view kWhiteSpace = " \t\v\f\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kWhiteSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kWhiteSpace) + 1 - begin);
}

bool is_utf16(std::string_view line) { return line.starts_with("\xFF\xFE") || line.starts_with("\xFE\xFF"); }

}  // namespace

QueryFile::QueryFile(std::string name) : name_(std::move(name)), in_(name_ == "-" ? std::cin : file_) {
  if (name_ == "-") {
    std::cin.tie(nullptr);  // answers are written by another thread, which flushes them itself
    return;
  }
  file_.open(name_, std::ios::binary);
  if (!file_) throw Error(ErrorCode::usage, "cannot read the queries " + name_, "Name a file, or - for stdin.");
}

std::optional<FileQuery> QueryFile::next() {
  for (std::string line; std::getline(in_, line);) {
    std::string_view rest = line;
    if (++line_ == 1) {
      if (is_utf16(rest)) throw Error(ErrorCode::usage, "the queries " + name_ + " are UTF-16", "Save them as UTF-8.");
      if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    }
    if (trimmed(rest).empty()) continue;
    std::string qid;
    if (const std::size_t tab = rest.find('\t'); tab != std::string_view::npos) {
      qid = trimmed(rest.substr(0, tab));
      rest.remove_prefix(tab + 1);
    }
    if (qid.empty()) qid = std::to_string(line_);
    return FileQuery{std::move(qid), std::string(trimmed(rest))};
  }
  if (in_.bad()) throw Error(ErrorCode::usage, "cannot read the queries " + name_, "Name a file, or - for stdin.");
  return std::nullopt;
}

}  // namespace nutgraf::cli
