#include "analysis/scanner.h"

#include <algorithm>
#include <string>

namespace nutgraf::analysis {
namespace {

/// What Romance languages write before an apostrophe and mean as a word of its own.
constexpr std::array<std::string_view, 20> kElided{"all",   "c",      "d", "dall", "dell", "j",      "jusqu",
                                                   "l",     "lorsqu", "m", "n",    "nell", "puisqu", "qu",
                                                   "quell", "quest",  "s", "sull", "t",    "un"};

/// Abbreviations that without their dots would be a common word.
constexpr std::array<std::string_view, 24> kWordsWithoutDots{"ad", "ah", "am", "an", "as", "at", "be", "by",
                                                             "do", "go", "he", "if", "in", "is", "it", "me",
                                                             "my", "no", "of", "on", "or", "so", "to", "us"};

template <std::size_t size>
bool holds(const std::array<std::string_view, size>& sorted, std::string_view word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

static_assert(std::is_sorted(kElided.begin(), kElided.end()));
static_assert(std::is_sorted(kWordsWithoutDots.begin(), kWordsWithoutDots.end()));

std::size_t code_point_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace

Piece Scanner::word(std::size_t at, bool first) const {
  Piece piece;
  piece.from = at;
  piece.word = true;
  std::size_t end = letters_end(at);
  const bool single = single_letter(at, end);
  bool joined = false;
  if (single && is(end, Kind::dot)) {
    if (const std::size_t stop = abbreviation_end(at); stop > end) {
      piece.abbreviation = true;
      piece.word = false;
      end = stop;
    }
  } else if (single && first && is(end, Kind::hyphen) && is(end + 1, Kind::letter) && is(end + 2, Kind::letter)) {
    joined = true;  // e-mail
    end = letters_end(end + 1);
  }
  piece.next = end;
  while (true) {
    if (is(end, Kind::apostrophe) && is(end + 1, Kind::letter)) {
      if (possessive(end)) {
        piece.next = end + 2;
        break;
      }
      if (!joined && elision(at, end)) {
        piece.next = end + 1;
        piece.elided = true;
        break;
      }
    } else if (!joins_ampersand(at, end)) {
      break;
    }
    end = piece.next = letters_end(end + 1);
    piece.word = false;
  }
  if (is(end, Kind::plus) && is(end + 1, Kind::plus) && !is(end + 2, Kind::plus) && !is(end + 2, Kind::letter)) {
    end = piece.next = end + 2;  // c++
    piece.word = false;
  } else if (single && end == at + 1 && is(end, Kind::hash) && !is(end + 1, Kind::letter)) {
    end = piece.next = end + 1;  // c#
    piece.word = false;
  } else if (piece.word && first && end - at <= 3 && is(end, Kind::currency) && is(sign_end(end), Kind::digit)) {
    return amount(at, end);
  }
  piece.to = end;
  piece.surface = text_.slice(at, end);
  piece.name_like = piece.next == end && !piece.abbreviation;
  if (joined) piece.surface = without(piece.surface, "-");
  if (piece.abbreviation) finish_abbreviation(piece);
  if (!piece.word && single && is(at + 1, Kind::apostrophe) && end - at >= 5)
    piece.parts[0] = without(piece.surface, "'");  // o'brien
  return piece;
}

Piece Scanner::number(std::size_t at, bool glued) const {
  Piece piece;
  piece.from = at;
  piece.number = true;
  std::size_t end = at;
  while (is(end, Kind::digit)) ++end;
  const std::size_t grouped = glued ? end : grouped_end(at);
  const bool has_groups = grouped > end;
  end = grouped;
  while (is(end, Kind::dot) && is(end + 1, Kind::digit)) {
    ++end;
    while (is(end, Kind::digit)) ++end;
    if (has_groups) break;
  }
  if (is(end, Kind::letter)) {
    piece.number = false;
    while (alphanumeric(end)) ++end;
  }
  piece.surface = text_.slice(at, end);
  if (has_groups) piece.surface = without(piece.surface, ",");
  if (is(end, Kind::percent) && piece.number) {
    ++end;
    const std::string_view bare = piece.surface;
    piece.surface = has_groups ? strings_.copy(std::string(bare) + '%') : text_.slice(at, end);
    piece.parts[0] = piece.surface.substr(0, bare.size());
  }
  piece.to = piece.next = end;
  if (is(end, Kind::apostrophe) && is(end + 1, Kind::letter) && possessive(end)) piece.next = end + 2;
  return piece;
}

/// `from` is where the letters before the sign begin: HK$512.
Piece Scanner::amount(std::size_t from, std::size_t sign) const {
  const std::size_t digits = sign_end(sign);
  Piece piece = number(digits, false);
  std::string_view bare = piece.surface;
  if (!piece.parts[0].empty()) {  // a percent sign has no business here
    bare = piece.parts[0];
    piece.to = piece.next = piece.to - 1;
  }
  piece.from = from;
  piece.surface = text_.slice(from, piece.to);
  if (piece.surface.size() != digits - from + bare.size()) {
    piece.surface = strings_.copy(std::string(text_.slice(from, digits)).append(bare));
  }
  piece.parts[0] = piece.surface.substr(digits - from);
  piece.parts[1] = from < sign ? piece.surface.substr(sign - from) : std::string_view();
  return piece;
}

bool Scanner::is_dot_net(std::size_t at) const {
  if (at > 0 && (alphanumeric(at - 1) || is(at - 1, Kind::dot))) return false;
  return letters_end(at + 1) == at + 4 && text_.slice(at + 1, at + 4) == "net";
}

bool Scanner::single_letter(std::size_t from, std::size_t to) const {
  return to - from == code_point_length(text_.data()[from]);
}

/// 's at `at` with nothing of the word behind it.
bool Scanner::possessive(std::size_t at) const {
  if (text_.data()[at + 1] != 's' || alphanumeric(at + 2)) return false;
  return !(is(at + 2, Kind::apostrophe) && is(at + 3, Kind::letter));
}

/// The letters from `from` to the apostrophe at `at` are an elided word before another one.
bool Scanner::elision(std::size_t from, std::size_t at) const {
  const bool word_follows = is(at + 2, Kind::letter) || (is(at + 2, Kind::hyphen) && is(at + 3, Kind::letter));
  return word_follows && at - from <= 6 && holds(kElided, text_.slice(from, at));
}

/// "at&t", "r&d": an ampersand at `at` between words of which one has at most two letters.
bool Scanner::joins_ampersand(std::size_t from, std::size_t at) const {
  if (!is(at, Kind::ampersand) || !is(at + 1, Kind::letter)) return false;
  return at - from <= 2 || !is(at + 2, Kind::letter) || !is(at + 3, Kind::letter);
}

/// End of "u.s.a" from its first letter on, without a last dot; end of the letter where it is no abbreviation.
std::size_t Scanner::abbreviation_end(std::size_t at) const {
  std::size_t end = at + code_point_length(text_.data()[at]);
  while (is(end, Kind::dot) && is(end + 1, Kind::letter)) {
    const std::size_t next = end + 1 + code_point_length(text_.data()[end + 1]);
    if (alphanumeric(next)) break;
    end = next;
  }
  return end;
}

void Scanner::finish_abbreviation(Piece& piece) const {
  if (is(piece.to, Kind::dot) && is(piece.to + 1, Kind::apostrophe) && is(piece.to + 2, Kind::letter) &&
      possessive(piece.to + 1)) {
    piece.next = piece.to + 3;
  }
  const std::string_view letters = without(piece.surface, ".");
  if (!holds(kWordsWithoutDots, letters)) piece.parts[0] = letters;
}

/// End of a number with well-formed thousands separators (1,234,567); end of its first digits where it has none.
std::size_t Scanner::grouped_end(std::size_t at) const {
  std::size_t end = at;
  while (is(end, Kind::digit)) ++end;
  if (end - at > 3 || text_.data()[at] == '0') return end;
  std::size_t groups = end;
  while (is(groups, Kind::comma) && is(groups + 1, Kind::digit) && is(groups + 2, Kind::digit) &&
         is(groups + 3, Kind::digit)) {
    groups += 4;
  }
  return is(groups, Kind::digit) || (is(groups, Kind::comma) && is(groups + 1, Kind::digit)) ? end : groups;
}

std::string_view Scanner::without(std::string_view text, std::string_view characters) const {
  std::string rest;
  rest.reserve(text.size());
  for (const char c : text) {
    if (characters.find(c) == std::string_view::npos) rest.push_back(c);
  }
  return strings_.copy(rest);
}

}  // namespace nutgraf::analysis
