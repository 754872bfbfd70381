#include "analysis/tokenizer.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <utility>

#include "analysis/normalizer.h"

namespace nutgraf::analysis {
namespace {

/// Capitalised words before a number that do not name anything with it: "February 18", "The 3".
constexpr std::array<std::string_view, 84> kNoNames{
    "a",      "about",  "after",     "all",      "almost",   "an",    "and",       "another",  "any",     "apr",
    "april",  "are",    "around",    "as",       "at",       "aug",   "august",    "before",   "between", "but",
    "by",     "dec",    "december",  "during",   "each",     "every", "feb",       "february", "first",   "for",
    "friday", "from",   "had",       "has",      "if",       "in",    "is",        "jan",      "january", "jul",
    "july",   "jun",    "june",      "just",     "last",     "mar",   "march",     "may",      "monday",  "more",
    "most",   "nearly", "next",      "nov",      "november", "oct",   "october",   "of",       "on",      "only",
    "or",     "other",  "over",      "saturday", "sep",      "sept",  "september", "since",    "some",    "sunday",
    "than",   "that",   "the",       "their",    "these",    "they",  "those",     "thursday", "to",      "tuesday",
    "under",  "was",    "wednesday", "with"};

static_assert(std::is_sorted(kNoNames.begin(), kNoNames.end()));

bool is_year(std::string_view number) {
  return number.size() == 4 && (number.substr(0, 2) == "19" || number.substr(0, 2) == "20") &&
         number.find('.') == std::string_view::npos;
}

/// Behind letters alone, these kinds cannot carry the piece on.
constexpr bool ends_word(Kind kind) { return kind == Kind::separator || kind == Kind::comma || kind == Kind::cjk; }

/// "100s" of "H100s": a plural in the last piece of a whole.
bool is_plural_number(std::string_view surface) {
  if (surface.size() < 3 || surface.back() != 's') return false;
  return std::all_of(surface.begin(), surface.end() - 1, [](char c) { return c >= '0' && c <= '9'; });
}

/// Stands for a long surface: its beginning without signs, and a hash of all of it in letters, so that it is one piece
/// when it is read again.
std::string capped(std::string_view surface) {
  constexpr std::size_t kHashLetters = 16;
  std::string result;
  std::size_t complete = 0;  // bytes of whole characters
  for (const char c : surface) {
    const auto byte = static_cast<unsigned char>(c);
    const Kind kind = byte < 128 ? kAsciiKinds[byte] : Kind::letter;
    if ((byte & 0xC0U) != 0x80U) complete = result.size();
    if (result.size() == kLongestTerm - kHashLetters) break;
    const bool digits_fit = result.empty() || (result[0] >= '0' && result[0] <= '9');
    if (kind == Kind::letter || (kind == Kind::digit && digits_fit)) result.push_back(c);
  }
  result.resize(complete);
  std::uint64_t hash = XXH3_64bits(surface.data(), surface.size());
  for (std::size_t i = 0; i < kHashLetters; ++i, hash >>= 4U) result.push_back(static_cast<char>('a' + (hash & 15U)));
  return result;
}

}  // namespace

void Tokenizer::run() {
  const std::size_t size = text_.size();
  std::size_t at = 0;
  while (at < size) {
    switch (kinds_[at]) {
      case Kind::letter: {
        const std::size_t end = scanner_.letters_end(at);
        if (ends_word(kinds_[end]) || (kinds_[end] == Kind::space && !starts_model_number(end + 1))) {
          emit(TokenRole::piece, text_.slice(at, end), true, at, end, 1);
          ++position_;
          at = end;
        } else {
          at = compound(at, {});
        }
        break;
      }
      case Kind::digit: at = compound(at, {}); break;
      case Kind::cjk: at = cjk_run(at); break;
      case Kind::currency: {
        const std::size_t end = scanner_.sign_end(at);
        if (kinds_[end] == Kind::digit) {
          at = compound(at, {});
        } else {
          at = kinds_[end] == Kind::letter && end == at + 1 ? compound(end, text_.slice(at, end)) : end;
        }
        break;
      }
      case Kind::hash:
      case Kind::at: {
        const bool starts = at == 0 || (kinds_[at - 1] != Kind::letter && kinds_[at - 1] != Kind::digit);
        ++at;
        if (starts && kinds_[at] == Kind::letter) at = compound(at, text_.slice(at - 1, at));
        break;
      }
      case Kind::dot: at = scanner_.is_dot_net(at) ? compound(at, {}) : at + 1; break;
      default: ++at;
    }
  }
}

std::size_t Tokenizer::cjk_run(std::size_t at) {
  while (kinds_[at] == Kind::cjk) {
    const std::size_t end = scanner_.sign_end(at);
    emit(TokenRole::piece, text_.slice(at, end), false, at, end, 1);
    if (kinds_[end] == Kind::cjk) {
      const std::size_t gram_end = scanner_.sign_end(end);
      emit(TokenRole::gram, text_.slice(at, gram_end), false, at, gram_end, 2);
    }
    ++position_;
    at = end;
  }
  return at;
}

/// Takes the pieces that touch each other from `at` on; gives where they end.
std::size_t Tokenizer::compound(std::size_t at, std::string_view sigil) {
  compound_.clear();
  Link link = Link::none;
  bool first = true;
  while (true) {
    Piece piece = scan(at, link, first);
    if (!compound_.empty()) link = checked(link, compound_.back(), piece);
    compound_.push_back({piece, link});
    first = piece.elided;
    at = piece.next;
    if (piece.elided) {
      link = Link::none;
      continue;
    }
    link = link_after(piece, at);
    if (link == Link::none) break;
  }
  emit_compound(sigil);
  return at;
}

Piece Tokenizer::scan(std::size_t at, Link link, bool first) const {
  switch (kinds_[at]) {
    case Kind::letter: return scanner_.word(at, first);
    case Kind::currency: return scanner_.amount(at);
    case Kind::dot: {
      Piece piece;
      piece.from = at;
      piece.to = piece.next = at + 4;
      piece.surface = text_.slice(at, at + 4);
      piece.name_like = true;
      return piece;
    }
    default: return scanner_.number(at, link == Link::glued);
  }
}

/// How the next piece hangs on, and where it begins; Link::none where the compound ends.
Tokenizer::Link Tokenizer::link_after(const Piece& piece, std::size_t& next) const {
  const auto starts_piece = [&](std::size_t at) { return kinds_[at] == Kind::letter || kinds_[at] == Kind::digit; };
  if (starts_piece(next)) return Link::glued;
  std::size_t after = next + 1;
  switch (kinds_[next]) {
    case Kind::hyphen:
    case Kind::underscore:
      if (!starts_piece(after)) return Link::none;
      return kinds_[std::exchange(next, after)] == Kind::hyphen ? Link::hyphen : Link::underscore;
    case Kind::dot:
      if (piece.abbreviation && kinds_[after] == Kind::hyphen && starts_piece(after + 1)) {
        next = after + 1;
        return Link::hyphen;
      }
      if (!starts_piece(after)) return Link::none;
      next = after;
      return Link::dot;
    case Kind::space:
      if (!starts_model_number(after) || !piece.name_like || !is_name(piece)) return Link::none;
      next = after;
      return Link::space;
    default: return Link::none;
  }
}

/// "4o" or "R1": a digit, or at most three letters and a digit.
bool Tokenizer::starts_model_number(std::size_t at) const {
  std::size_t digit = at;
  while (digit < at + 3 && kinds_[digit] == Kind::letter) ++digit;
  return kinds_[digit] == Kind::digit;
}

/// The link once both sides are known: dates, ranges and counts do not make wholes.
Tokenizer::Link Tokenizer::checked(Link link, const Linked& left, const Piece& right) const {
  const bool both_numbers = left.piece.number && left.link != Link::glued && right.number;
  if ((link == Link::hyphen || link == Link::dot) && both_numbers) return Link::none;
  if (link != Link::space || right.word) return link;
  const bool plain = right.surface.data() == text_.data() + right.from;  // no thousands were taken out
  if (!plain || !right.parts[0].empty() || is_year(right.surface)) return Link::none;
  return link;
}

/// Written with a capital, and no word that stands before any number.
bool Tokenizer::is_name(const Piece& piece) const {
  if (std::binary_search(kNoNames.begin(), kNoNames.end(), piece.surface)) return false;
  const std::string_view written =
      original_.substr(text_.begin_of(piece.from), text_.end_of(piece.to - 1) - text_.begin_of(piece.from));
  for (std::size_t at = 0; at < written.size();) {
    const auto length = static_cast<std::int32_t>(std::min<std::size_t>(4, written.size() - at));
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(written.data()) + at;
    std::int32_t used = 0;
    UChar32 c;
    U8_NEXT(bytes, used, length, c);
    if (c >= 0 && u_isupper(c) != 0) return true;
    at += static_cast<std::size_t>(used);
  }
  return false;
}

void Tokenizer::emit_compound(std::string_view sigil) {
  for (std::size_t i = 0; i < compound_.size(); ++i) {
    const Piece& piece = compound_[i].piece;
    emit(TokenRole::piece, piece.surface, piece.word, piece.from, piece.to, 1);
    if (i + 1 < compound_.size()) emit_wholes(i);
    for (const std::string_view part : piece.parts) {
      if (!part.empty()) emit(TokenRole::part, part, Normalizer::is_plain_word(part), piece.from, piece.to, 1);
    }
    if (i == 0 && !sigil.empty()) emit_sigil(sigil);
    ++position_;
  }
}

/// Every span of two to kLongestWhole linked pieces that begins with piece `first` and does not cut a run of letters
/// and digits: so any compound that a query names is found inside a longer one.
void Tokenizer::emit_wholes(std::size_t first) {
  if (compound_[first].link == Link::glued && compound_[first].piece.number) return;  // "320-200" of "A320-200"
  const std::size_t stop = std::min(compound_.size(), first + kLongestWhole);
  buffer_.assign(compound_[first].piece.surface);
  bool words = compound_[first].piece.word;
  for (std::size_t last = first + 1; last < stop && compound_[last].link != Link::none; ++last) {
    const auto& [piece, link] = compound_[last];
    if (link == Link::dot) buffer_.push_back('.');
    buffer_ += piece.surface;
    words = words && piece.word && link != Link::dot;
    if (last + 1 < compound_.size() && compound_[last + 1].link == Link::glued) continue;
    std::string_view surface = buffer_;
    if (is_plural_number(piece.surface)) surface.remove_suffix(1);
    if (surface.size() > kLongestTerm) break;
    emit(TokenRole::whole, storage_.strings.copy(surface), words, compound_[first].piece.from, piece.to,
         static_cast<std::uint32_t>(last - first + 1));
  }
}

/// "#deepseek", "@name", "$aapl": the sign and all that is written as one with it.
void Tokenizer::emit_sigil(std::string_view sigil) {
  buffer_.assign(sigil);
  std::size_t count = 0;
  for (; count < compound_.size() && count < kLongestWhole; ++count) {
    const auto& [piece, link] = compound_[count];
    if (count > 0 && link != Link::glued && link != Link::hyphen && link != Link::underscore) break;
    buffer_ += piece.surface;
  }
  if (buffer_.size() > kLongestTerm) return;
  emit(TokenRole::part, storage_.strings.copy(buffer_), false, compound_[0].piece.from, compound_[count - 1].piece.to,
       static_cast<std::uint32_t>(count));
}

void Tokenizer::emit(TokenRole role, std::string_view surface, bool word, std::size_t from, std::size_t to,
                     std::uint32_t pieces) {
  if (surface.size() > kLongestTerm) surface = storage_.strings.copy(capped(surface));
  Token& token = storage_.tokens.emplace_back();
  token.surface = surface;
  if (stemmers_ != nullptr) token.term = word ? stemmers_->term(surface, storage_.strings) : surface;
  token.begin = text_.begin_of(from);
  token.end = text_.end_of(to - 1);
  token.position = position_;
  token.pieces = pieces;
  token.role = role;
}

}  // namespace nutgraf::analysis
