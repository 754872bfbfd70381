#include "company/names.h"

#include <algorithm>
#include <optional>

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

// None of a line that is no name.
std::optional<NameKind> kind_of(std::string_view line) {
  if (line == kNameLine || line == kShortLine) return NameKind::name;
  if (line == kTickerLine) return NameKind::ticker;
  if (line == kProductLine) return NameKind::product;
  return std::nullopt;
}

}  // namespace

std::vector<const Token*> name_pieces(std::span<const Token> tokens) {
  std::vector<const Token*> pieces;
  pieces.reserve(tokens.size());
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

bool is_joint(std::string_view gap) {
  const bool is_mark = gap == "·" || gap == "\u00a0";
  return gap.size() <= 1 || is_mark || gap.starts_with('\'') || gap.starts_with("’");
}

// The first line that does not come before `start`; empty where there is none.
std::string_view CompanyNames::first_line_from(std::string_view start) const {
  const std::string_view all = names_;
  std::size_t begin = 0, end = all.size();  // the line sought begins in [begin, end]
  while (begin < end) {
    const std::size_t middle = begin + (end - begin) / 2;
    const std::size_t before = middle == 0 ? std::string_view::npos : all.rfind('\n', middle - 1);
    const std::size_t line_begin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t line_end = all.find('\n', line_begin);
    if (all.substr(line_begin, line_end - line_begin) < start) {
      begin = line_end + 1;
    } else {
      end = line_begin;
    }
  }
  return all.substr(begin, all.find('\n', begin) - begin);
}

// The line of a name; empty where there is none.
std::string_view CompanyNames::line_of(std::string_view name) const {
  const std::string_view line = first_line_from(name);
  return line.size() > name.size() && line.starts_with(name) && line[name.size()] == kNameFieldEnd ? line
                                                                                                   : std::string_view();
}

std::vector<CompanyNames::Named> CompanyNames::find(std::span<const Token> tokens, std::string_view text) const {
  std::vector<Named> found;
  const auto pieces = name_pieces(tokens);
  for (std::size_t begin = 0; begin < pieces.size();) {
    std::string name;
    std::string_view longest;
    std::size_t end = begin;
    for (std::size_t i = begin; i < std::min(pieces.size(), begin + kMaxNamePieces); ++i) {
      if (i > begin && !is_joint(text.substr(pieces[i - 1]->end, pieces[i]->begin - pieces[i - 1]->end))) break;
      name.append(i > begin ? " " : "").append(pieces[i]->surface);
      const std::string_view line = first_line_from(name);
      if (!line.starts_with(name)) break;
      if (line[name.size()] != kNameFieldEnd) continue;
      longest = line;
      end = i + 1;
    }
    if (longest.empty()) {
      ++begin;
      continue;
    }
    const auto fields = fields_of(longest);
    const ByteRange bytes{pieces[begin]->begin, pieces[end - 1]->end};
    const bool guarded = fields.size() > 3;
    const bool as_written =
        std::find(fields.begin() + 3, fields.end(), text.substr(bytes.begin, bytes.size())) != fields.end();
    if (fields[2] == kNameLine && (!guarded || as_written)) {
      found.push_back({std::string(fields[1]), {}, bytes});
      for (; begin < end; ++begin) found.back().surfaces.emplace_back(pieces[begin]->surface);
    }
    begin = end;
  }
  return found;
}

std::vector<CompanyNames::Spelling> CompanyNames::spellings(std::string_view id) const {
  std::vector<Spelling> spellings;
  const std::string wanted = kNameFieldEnd + std::string(id) + kNameFieldEnd;
  const std::string_view all = names_;
  for (std::size_t at = all.find(wanted); at != std::string_view::npos; at = all.find(wanted, at + 1)) {
    const std::size_t begin = at == 0 ? 0 : all.rfind('\n', at) + 1;
    const auto fields = fields_of(all.substr(begin, all.find('\n', at) - begin));
    const auto kind = kind_of(fields[2]);
    if (!kind) continue;
    Spelling spelling{{}, {fields.begin() + 3, fields.end()}, *kind};
    for (std::size_t piece = 0; piece <= fields[0].size();) {
      const std::size_t end = std::min(fields[0].find(' ', piece), fields[0].size());
      spelling.surfaces.emplace_back(fields[0].substr(piece, end - piece));
      piece = end + 1;
    }
    spellings.push_back(std::move(spelling));
  }
  return spellings;
}

std::string CompanyNames::resolve(std::string_view name, const Analyzer& analyzer) const {
  if (!line_of("#" + std::string(name)).empty()) return std::string(name);
  TokenStream stream;
  analyzer.tokenize(name, "en", stream);
  const auto fields = fields_of(line_of(folded(name_pieces(stream.tokens()))));
  return fields.size() < 3 || fields[2] == kExcludedLine ? std::string() : std::string(fields[1]);
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
