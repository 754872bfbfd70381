#include "query/lexer.h"

#include <algorithm>
#include <array>

#include "query/fields.h"
#include "text/excerpt.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

using Kind = QueryTokenKind;

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_blank(char32_t c) { return c < 0x20 || c == 0x7F || is_space(c); }

// Any double quote closes any other, since keyboards and word processors mix them. The rest are pairs.
constexpr std::u32string_view kDoubleQuotes = U"\"\u201C\u201D\u201E\u201F\u00AB\u00BB\uFF02\u301D\u301E\u301F";
constexpr std::array<std::u32string_view, 5> kQuotePairs{U"\u300C\u300D", U"\u300E\u300F", U"\uFF62\uFF63",
                                                         U"\uFE41\uFE42", U"\uFE43\uFE44"};

// The characters that close what `c` opens; empty where `c` opens nothing.
std::u32string_view closers_of(char32_t c) {
  if (is_double_quote(c)) return kDoubleQuotes;
  for (const std::u32string_view pair : kQuotePairs) {
    if (pair[0] == c) return pair.substr(1);
  }
  return {};
}

bool is_open(char32_t c) { return c == '(' || c == 0xFF08; }
bool is_close(char32_t c) { return c == ')' || c == 0xFF09; }
bool is_colon(char32_t c) { return c == ':' || c == 0xFF1A; }
bool ends_word(char32_t c) { return is_blank(c) || is_open(c) || is_close(c) || !closers_of(c).empty(); }

std::string quoted(std::string_view text) { return std::string("'").append(excerpt(text)).append("'"); }

class Lexer {
 public:
  Lexer(std::string_view text, QueryWarnings& warnings) : text_(text), warnings_(warnings) {}

  LexedQuery run() {
    while (true) {
      while (at_ < text_.size() && is_blank(peek().value)) at_ += peek().size;
      if (at_ == text_.size()) break;
      lex_token();
    }
    close_brackets();
    add(Kind::end, {}, text_.size());
    return std::move(result_);
  }

 private:
  [[nodiscard]] CodePoint peek() const { return code_point_at(text_, at_); }

  void add(Kind kind, std::string_view text, std::size_t begin, const QueryField* field = nullptr,
           std::size_t distance = 0) {
    result_.tokens.push_back({kind, text, field, distance, {begin, at_}});
  }

  void lex_token() {
    const char32_t c = peek().value;
    if (is_open(c)) return lex_open(at_, nullptr);
    if (is_close(c)) return lex_close();
    if (c == '+' || c == '-') return lex_sign();
    if (!closers_of(c).empty() && lex_quotes(at_, nullptr)) return;
    if (!closers_of(c).empty()) {
      at_ += peek().size;  // an unbalanced quote, warned about
      return;
    }
    if (!lex_field()) lex_word(at_, nullptr);
  }

  void lex_open(std::size_t begin, const QueryField* field) {
    const std::size_t bracket = at_;
    at_ += peek().size;
    if (open_.size() + ignored_ >= kMaxQueryDepth) {
      if (ignored_++ == 0 && !depth_warned_) {
        warnings_.add(bracket, std::string("brackets are nested deeper than ")
                                   .append(std::to_string(kMaxQueryDepth))
                                   .append("; the inner ones are ignored"));
        depth_warned_ = true;
      }
      return;
    }
    open_.push_back(begin);
    add(Kind::open, {}, begin, field);
  }

  void lex_close() {
    const std::size_t begin = at_;
    at_ += peek().size;
    if (ignored_ > 0) {
      --ignored_;
    } else if (open_.empty()) {
      warnings_.add(begin, "this bracket closes nothing and is ignored");
    } else {
      open_.pop_back();
      add(Kind::close, {}, begin);
    }
  }

  void close_brackets() {
    if (open_.empty() && ignored_ == 0) return;
    if (!open_.empty()) {
      const std::size_t count = open_.size();
      const std::size_t begin = open_.front();
      warnings_.add(
          begin,
          count == 1 ? std::string("this bracket is never closed; it is taken to close at the end")
                     : std::to_string(count).append(" brackets are never closed; they are taken to close at the end"),
          suggest(begin, std::string(count, ')')));
    }
    for (; !open_.empty(); open_.pop_back()) add(Kind::close, {}, at_);
  }

  // "+must", "-mustnot"; a sign that is not in front of a word is not one.
  void lex_sign() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
    const bool in_front = begin == 0 || starts_item(begin);
    const bool followed = at_ < text_.size() && !is_blank(peek().value) && !is_close(peek().value);
    if (in_front && followed && at_ - begin == 1) {
      add(text_[begin] == '+' ? Kind::plus : Kind::minus, {}, begin);
    } else {
      warnings_.add(begin, quoted(text_.substr(begin, at_ - begin)) + " is not in front of a word and is ignored");
    }
  }

  // Whether white space or an opening bracket is in front of `begin`.
  [[nodiscard]] bool starts_item(std::size_t begin) const {
    const char32_t before = code_point_at(text_, code_point_start(text_, begin - 1)).value;
    return is_blank(before) || is_open(before);
  }

  // A phrase, or false with a warning where the quote at `at_` is not closed.
  bool lex_quotes(std::size_t begin, const QueryField* field) {
    const std::size_t quote = at_;
    const std::u32string_view closers = closers_of(peek().value);
    const std::size_t inside = quote + peek().size;
    // An opening quote without a partner has none for the later ones of its kind either.
    if (unclosed_.find(closers[0]) == unclosed_.npos) {
      for (std::size_t i = inside; i < text_.size();) {
        const CodePoint c = code_point_at(text_, i);
        if (closers.find(c.value) != closers.npos) {
          at_ = i + c.size;
          add_phrase(begin, text_.substr(inside, i - inside), field);
          return true;
        }
        i += c.size;
      }
      unclosed_ += closers[0];
    }
    const bool straight = closers == kDoubleQuotes;
    warnings_.add(quote, "this quote is never closed; it is ignored", straight ? suggest(quote, "\"") : std::nullopt);
    return false;
  }

  // The rest of the query with `end` behind it, unless that is too long to be of help.
  [[nodiscard]] std::optional<std::string> suggest(std::size_t begin, const std::string& end) const {
    constexpr std::size_t kLongest = 200;
    if (text_.size() - begin + end.size() > kLongest || !has_content(text_.substr(begin))) return {};
    return std::string(text_.substr(begin)).append(end);
  }

  void add_phrase(std::size_t begin, std::string_view text, const QueryField* field) {
    if (has_content(text)) return add(Kind::phrase, text, begin, field);
    warnings_.add(begin, "there is nothing to look up between these quotes; they are ignored");
  }

  // "name:" in front of something. False where there is no field here.
  bool lex_field() {
    const std::size_t begin = at_;
    std::size_t end = begin;
    while (end < text_.size() && (is_ascii_letter(text_[end]) || text_[end] == '_')) ++end;
    if (end == begin || end == text_.size()) return false;
    const CodePoint colon = code_point_at(text_, end);
    const std::size_t value = end + colon.size;
    if (!is_colon(colon.value)) return false;
    const std::string_view name = text_.substr(begin, end - begin);
    const QueryField* field = find_field(name);
    const char32_t next = value < text_.size() ? code_point_at(text_, value).value : U' ';
    if (is_blank(next) || is_close(next)) {
      if (field != nullptr) {
        warnings_.add(begin, quoted(text_.substr(begin, value - begin))
                                 .append(" has nothing right behind its colon; it is searched as a word"));
      }
      return false;
    }
    if (text_.substr(value).starts_with("//") || (field == nullptr && colon.value != ':')) return false;
    at_ = value;
    if (field == nullptr) {
      warn_unknown(begin, name);
      add(Kind::unknown_field, name, begin);
    } else {
      lex_value(begin, field);
    }
    return true;
  }

  void warn_unknown(std::size_t begin, std::string_view name) {
    const QueryField* nearest = nearest_field(name);
    warnings_.add({begin, std::string("there is no field ").append(quoted(name)).append("; it is searched as a word"),
                   nearest == nullptr ? std::nullopt : std::optional(std::string(nearest->name).append(":")),
                   DiagnosticKind::unknown_field, std::string(name)});
  }

  // What stands behind the colon of a known field.
  void lex_value(std::size_t begin, const QueryField* field) {
    const char32_t c = peek().value;
    if (is_open(c)) return lex_open(begin, field);
    if (!closers_of(c).empty()) {
      if (lex_quotes(begin, field)) return;
      at_ += peek().size;
    }
    lex_word(begin, field);
  }

  void lex_word(std::size_t begin, const QueryField* field) {
    const std::size_t start = at_;
    while (at_ < text_.size() && !ends_word(peek().value)) at_ += peek().size;
    const std::string_view word = text_.substr(start, at_ - start);
    if (field == nullptr && lex_operator(word, begin)) return;
    if (field != nullptr && field->kind == QueryFieldKind::filter) {
      if (has_content(word)) return add(Kind::word, word, begin, field);
      warnings_.add(begin, std::string(field->name).append(": has no value and is ignored"),
                    std::string(field->example));
      return;
    }
    if (has_content(word)) return lex_wildcard(word, begin, field);
    if (!word.empty() && word.find_first_not_of('*') == word.npos && field == nullptr) {
      if (!result_.star) result_.star = ByteRange{begin, at_};
      return;
    }
    warnings_.add(begin, quoted(text_.substr(begin, at_ - begin)).append(" holds no word and is ignored"));
  }

  bool lex_operator(std::string_view word, std::size_t begin) {
    if (!is_operator(word)) return false;
    if (word.starts_with("NEAR")) {
      add(Kind::op_near, word, begin, nullptr,
          word.size() == 4 ? kDefaultNearDistance : near_distance(word.substr(5), begin));
    } else {
      add(word == "AND" ? Kind::op_and : word == "OR" ? Kind::op_or : Kind::op_not, word, begin);
    }
    return true;
  }

  std::size_t near_distance(std::string_view digits, std::size_t begin) {
    std::size_t distance = 0;
    for (const char c : digits) {
      if (c < '0' || c > '9') {
        distance = 0;
        break;
      }
      distance = std::min(distance * 10 + static_cast<std::size_t>(c - '0'), kMaxNearDistance + 1);
    }
    if (distance >= 1 && distance <= kMaxNearDistance) return distance;
    const std::size_t taken = distance == 0 ? kDefaultNearDistance : kMaxNearDistance;
    warnings_.add(begin,
                  std::string("the distance of NEAR is a number from 1 to ")
                      .append(std::to_string(kMaxNearDistance))
                      .append("; ")
                      .append(std::to_string(taken))
                      .append(" is taken"),
                  std::string("NEAR/").append(std::to_string(taken)));
    return taken;
  }

  // A word, or a prefix where an asterisk ends it.
  void lex_wildcard(std::string_view word, std::size_t begin, const QueryField* field) {
    const std::string_view stem = word.substr(0, word.find_last_not_of('*') + 1);
    if (stem.find('*') != stem.npos) {
      warnings_.add(static_cast<std::size_t>(stem.data() - text_.data()) + stem.find('*'),
                    "'*' is understood only at the end of a word");
      return add(Kind::word, stem, begin, field);
    }
    if (stem.size() == word.size()) return add(Kind::word, word, begin, field);
    std::size_t characters = 0;
    for (std::size_t i = 0; i < stem.size();) {
      const CodePoint c = code_point_at(stem, i);
      characters += is_cjk(c.value) ? kMinPrefixCharacters : 1;
      i += c.size;
    }
    if (characters >= kMinPrefixCharacters) return add(Kind::prefix, stem, begin, field);
    warnings_.add(begin, std::string("a prefix has at least ")
                             .append(std::to_string(kMinPrefixCharacters))
                             .append(" characters; ")
                             .append(quoted(stem))
                             .append(" is searched as a word"));
    add(Kind::word, stem, begin, field);
  }

  const std::string_view text_;
  QueryWarnings& warnings_;
  std::size_t at_ = 0;
  std::vector<std::size_t> open_;  // where brackets were opened that are not closed yet
  std::size_t ignored_ = 0;        // how many more are, beyond the depth allowed
  bool depth_warned_ = false;
  std::u32string unclosed_;  // the first closer of each kind of quote that is known to have no partner
  LexedQuery result_;
};

bool stands_between_words(char32_t c) { return ends_word(c) || is_colon(c) || c == '+' || c == '-'; }

// Also before the colon of what would be a field.
std::size_t end_of_plain_word(std::string_view text, std::size_t begin) {
  bool could_be_field = true;
  for (std::size_t at = begin; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    const bool address = text.substr(at + c.size).starts_with("//");
    if (ends_word(c.value) || (could_be_field && is_colon(c.value) && !address)) return at;
    could_be_field = could_be_field && (is_ascii_letter(text[at]) || text[at] == '_');
    at += c.size;
  }
  return text.size();
}

}  // namespace

void QueryWarnings::add(std::size_t byte, std::string message, std::optional<std::string> suggestion) {
  add({byte, std::move(message), std::move(suggestion)});
}

void QueryWarnings::add(Diagnostic warning) {
  if (warnings_.size() + 1 >= kMaxQueryWarnings) {
    ++more_;
    if (more_ > 1) return;
  }
  warnings_.push_back(std::move(warning));
}

std::vector<Diagnostic> QueryWarnings::take() {
  if (more_ > 1) {
    warnings_.back().message = std::to_string(more_).append(" more warnings like these");
    warnings_.back().suggestion.reset();
    warnings_.back().kind = DiagnosticKind::syntax;
  }
  std::stable_sort(warnings_.begin(), warnings_.end() - (more_ > 1 ? 1 : 0),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.byte < b.byte; });
  return std::move(warnings_);
}

bool is_double_quote(char32_t c) { return kDoubleQuotes.find(c) != kDoubleQuotes.npos; }

bool is_operator(std::string_view word) {
  return word == "AND" || word == "OR" || word == "NOT" || word == "NEAR" || word.starts_with("NEAR/");
}

bool stands_alone(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = code_point_at(text, i);
    if (ends_word(c.value)) return false;
    i += c.size;
  }
  return !text.empty();
}

bool has_content(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = code_point_at(text, i);
    const char32_t v = c.value;
    const bool punctuation = v < 0x80 ? !is_ascii_letter(static_cast<char>(v)) && !(v >= '0' && v <= '9')
                                      : v < 0xC0 || is_space(v) || (v >= 0x2000 && v <= 0x206F) ||
                                            (v >= 0x3001 && v <= 0x303F && !is_cjk(v)) ||
                                            (v >= 0xFF00 && v <= 0xFF0F) || (v >= 0xFF1A && v <= 0xFF20) || v == 0xFFFD;
    if (!punctuation) return true;
    i += c.size;
  }
  return false;
}

LexedQuery lex_query(std::string_view text, QueryWarnings& warnings) { return Lexer(text, warnings).run(); }

LexedQuery lex_words(std::string_view text) {
  LexedQuery result;
  for (std::size_t at = 0; at < text.size();) {
    if (const CodePoint c = code_point_at(text, at); stands_between_words(c.value)) {
      at += c.size;
      continue;
    }
    const std::size_t begin = at;
    at = end_of_plain_word(text, begin);
    const std::string_view typed = text.substr(begin, at - begin);
    const std::string_view word = typed.substr(0, typed.find_last_not_of('*') + 1);
    if (has_content(word)) result.tokens.push_back({Kind::word, word, nullptr, 0, {begin, at}});
  }
  result.tokens.push_back({Kind::end, {}, nullptr, 0, {text.size(), text.size()}});
  return result;
}

}  // namespace nutgraf
