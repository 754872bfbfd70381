#include "company/names.h"

#include <algorithm>

#include "company/name_trie.h"
#include "nutgraf/company.h"
#include "text/edit_distance.h"

namespace nutgraf {
namespace {

// Names that are further apart than this part of their length are not alike.
constexpr std::size_t kLettersPerMistake = 4;

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(kNameFieldEnd, begin), line.size());
    fields.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return fields;
}

}  // namespace

std::vector<const Token*> name_pieces(std::span<const Token> tokens) {
  std::vector<const Token*> pieces;
  for (const Token& token : tokens) {
    if (token.role == TokenRole::piece) pieces.push_back(&token);
  }
  return pieces;
}

std::string folded(std::span<const Token* const> pieces) {
  std::string text;
  for (const Token* piece : pieces) text.append(text.empty() ? "" : " ").append(piece->surface);
  return text;
}

// The line of a name; empty where there is none.
std::string_view CompanyNames::find(std::string_view name) const {
  const std::string_view all = names_;
  const std::string wanted = std::string(name) + kNameFieldEnd;
  std::size_t begin = 0, end = all.size();  // the line sought begins in [begin, end)
  while (begin < end) {
    const std::size_t middle = begin + (end - begin) / 2;
    const std::size_t before = middle == 0 ? std::string_view::npos : all.rfind('\n', middle - 1);
    const std::size_t line_begin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t line_end = all.find('\n', line_begin);
    const std::string_view line = all.substr(line_begin, line_end - line_begin);
    if (line.starts_with(wanted)) return line;
    if (line < wanted) {
      begin = line_end + 1;
    } else {
      end = line_begin;
    }
  }
  return {};
}

std::optional<CompanyNames::Named> CompanyNames::named_at(std::span<const Token> tokens, std::string_view text,
                                                          std::uint32_t position) const {
  const auto pieces = name_pieces(tokens);
  for (std::size_t count = std::min(kMaxNamePieces, pieces.size() - position); count > 0; --count) {
    const auto span = std::span(pieces).subspan(position, count);
    const auto fields = fields_of(find(folded(span)));
    if (fields.size() < 3) continue;
    if (fields[2] != "name") return std::nullopt;
    const std::string_view typed = text.substr(span.front()->begin, span.back()->end - span.front()->begin);
    const bool as_written = std::find(fields.begin() + 3, fields.end(), typed) != fields.end();
    if (fields.size() > 3 && !as_written) return std::nullopt;
    return Named{std::string(fields[1]), static_cast<std::uint32_t>(count)};
  }
  return std::nullopt;
}

std::string CompanyNames::resolve(std::string_view name, const Analyzer& analyzer) const {
  if (!find("#" + std::string(name)).empty()) return std::string(name);
  TokenStream stream;
  analyzer.tokenize(name, "en", stream);
  const auto fields = fields_of(find(folded(name_pieces(stream.tokens()))));
  return fields.size() < 3 ? std::string() : std::string(fields[1]);
}

std::string CompanyNames::nearest(std::string_view name, const Analyzer& analyzer) const {
  TokenStream stream;
  analyzer.tokenize(name, "en", stream);
  const std::string wanted = folded(name_pieces(stream.tokens()));
  std::string nearest;
  std::size_t distance = 1 + wanted.size() / kLettersPerMistake;
  for (std::size_t begin = 0; begin < names_.size(); begin = names_.find('\n', begin) + 1) {
    const std::string_view line = std::string_view(names_).substr(begin, names_.find('\n', begin) - begin);
    const std::string_view candidate =
        line.substr(line.front() == '#' ? 1 : 0, line.find(kNameFieldEnd) - (line.front() == '#' ? 1 : 0));
    const std::size_t apart = edit_distance(wanted, candidate);
    if (apart < distance) {
      distance = apart;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace nutgraf
