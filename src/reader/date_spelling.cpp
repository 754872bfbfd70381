#include "reader/date_spelling.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

using namespace std::string_view_literals;

constexpr std::array kMonths{"january"sv, "february"sv, "march"sv,     "april"sv,   "may"sv,      "june"sv,
                             "july"sv,    "august"sv,   "september"sv, "october"sv, "november"sv, "december"sv};
// Other languages' months, where they do not begin like the English ones.
struct MonthName {
  std::string_view name;
  int month;
};
constexpr std::array kOtherMonths{
    MonthName{"janvier", 1},    MonthName{"januar", 1},     MonthName{"enero", 1},     MonthName{"gennaio", 1},
    MonthName{"février", 2},    MonthName{"fevrier", 2},    MonthName{"februar", 2},   MonthName{"febrero", 2},
    MonthName{"mars", 3},       MonthName{"märz", 3},       MonthName{"marzo", 3},     MonthName{"avril", 4},
    MonthName{"abril", 4},      MonthName{"mai", 5},        MonthName{"mayo", 5},      MonthName{"juin", 6},
    MonthName{"juni", 6},       MonthName{"junio", 6},      MonthName{"juillet", 7},   MonthName{"juli", 7},
    MonthName{"julio", 7},      MonthName{"août", 8},       MonthName{"agosto", 8},    MonthName{"septembre", 9},
    MonthName{"septiembre", 9}, MonthName{"octobre", 10},   MonthName{"oktober", 10},  MonthName{"octubre", 10},
    MonthName{"novembre", 11},  MonthName{"noviembre", 11}, MonthName{"décembre", 12}, MonthName{"dezember", 12},
    MonthName{"diciembre", 12}};
constexpr std::array kWeekdays{"monday"sv, "tuesday"sv,  "wednesday"sv, "thursday"sv,
                               "friday"sv, "saturday"sv, "sunday"sv};

// Reads forward over a text; every take_ moves on only where it succeeds.
class Scanner {
 public:
  Scanner(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return done() ? '\0' : text_[at_]; }
  [[nodiscard]] bool at_digit() const { return is_digit(peek()); }
  [[nodiscard]] bool at_letter() const { return is_letter(peek()); }
  void move_to(std::size_t at) { at_ = at; }

  bool take(std::string_view token) {
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }
  bool take_any_of(std::string_view characters) {
    if (done() || characters.find(peek()) == characters.npos) return false;
    ++at_;
    return true;
  }
  bool skip_spaces() {
    const std::size_t begin = at_;
    while (!done()) {
      const CodePoint c = code_point_at(text_, at_);
      if (!is_blank(c.value)) break;
      at_ += c.size;
    }
    return at_ > begin;
  }
  /// A whole run of digits, of `least` to `most`.
  bool take_number(std::size_t least, std::size_t most, int& value) {
    std::size_t end = at_;
    while (end < text_.size() && is_digit(text_[end]) && end - at_ <= most) ++end;
    if (end - at_ < least || end - at_ > most) return false;
    value = 0;
    for (; at_ < end; ++at_) value = value * 10 + (text_[at_] - '0');
    return true;
  }
  [[nodiscard]] std::string_view word() const {
    std::size_t end = at_;
    while (end < text_.size() && is_letter(text_[end])) ++end;
    return text_.substr(at_, end - at_);
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

// Index of the name that `word` spells in full or shortens to at least three letters.
template <std::size_t N>
std::optional<std::size_t> index_of_name(const std::array<std::string_view, N>& names, std::string_view word) {
  if (word.size() < 3) return {};
  const auto found = std::find_if(names.begin(), names.end(), [&](std::string_view name) {
    const bool shortened = word.size() < name.size() && word.size() <= 5;
    return (shortened || word.size() == name.size()) && starts_with_nocase(word, name.substr(0, word.size()));
  });
  if (found == names.end()) return {};
  return static_cast<std::size_t>(found - names.begin());
}

std::optional<SpelledDate> spelled(const Scanner& scanner, std::size_t begin, int year, int month, int day) {
  const auto date = Date::from_ymd(year, month, day);
  if (!date || year < 1500 || year > 2200) return {};
  return SpelledDate{*date, {begin, scanner.at()}, false};
}

void skip_ordinal(Scanner& scanner) {
  for (const std::string_view ending : {"st"sv, "nd"sv, "rd"sv, "th"sv}) {
    if (scanner.take(ending)) return;
  }
}

// 2025-02-27, 2025/2/27, 2025.02.27, 2025年2月27日, 2025-Feb-27
std::optional<SpelledDate> year_first(Scanner scanner) {
  const std::size_t begin = scanner.at();
  int year = 0, month = 0, day = 0;
  if (!scanner.take_number(4, 4, year)) return {};
  scanner.skip_spaces();
  if (scanner.take("年")) {
    scanner.skip_spaces();
    if (!scanner.take_number(1, 2, month)) return {};
    scanner.skip_spaces();
    if (!scanner.take("月")) return {};
    scanner.skip_spaces();
    if (!scanner.take_number(1, 2, day)) return {};
    scanner.skip_spaces();
    if (!scanner.take("日")) scanner.take("号");
    return spelled(scanner, begin, year, month, day);
  }
  const char separator = scanner.peek();
  if (!scanner.take_any_of("-/._")) return {};
  if (scanner.at_letter()) {
    const std::size_t behind = skip_month({scanner.word().data(), scanner.word().size()}, 0, month);
    if (month == 0) return {};
    scanner.move_to(scanner.at() + behind);
  } else if (!scanner.take_number(1, 2, month)) {
    return {};
  }
  if (!scanner.take({&separator, 1}) || !scanner.take_number(1, 2, day)) return {};
  return spelled(scanner, begin, year, month, day);
}

// 02/27/2025, 02/27 2025, 27.02.2025, 27/02/2025
std::optional<SpelledDate> year_last(Scanner scanner) {
  const std::size_t begin = scanner.at();
  int first = 0, second = 0, year = 0;
  if (!scanner.take_number(1, 2, first)) return {};
  const char separator = scanner.peek();
  if (!scanner.take_any_of("/-.") || !scanner.take_number(1, 2, second)) return {};
  const bool spaced = scanner.skip_spaces();
  if (!scanner.take({&separator, 1}) && !spaced) return {};
  if (!scanner.take_number(4, 4, year)) return {};
  const bool month_first = separator != '.' && first <= 12;
  auto date = month_first ? spelled(scanner, begin, year, first, second) : spelled(scanner, begin, year, second, first);
  if (date && month_first) date->ambiguous = second <= 12 && first != second;
  return date;
}

// "01/04/63" in a date field, month first as newspapers' archives have it. A year that is still to come is one of the
// last century's.
std::optional<SpelledDate> short_year_last(std::string_view value) {
  Scanner scanner(value, 0);
  int month = 0, day = 0, year = 0;
  if (!scanner.take_number(1, 2, month) || !scanner.take("/") || !scanner.take_number(1, 2, day) || !scanner.take("/"))
    return {};
  if (!scanner.take_number(2, 2, year)) return {};
  auto date = spelled(scanner, 0, year + (year < 50 ? 2000 : 1900), month, day);
  if (date) date->ambiguous = day <= 12 && month != day;
  return date;
}

// 27 February 2025, 27th of February, 2025, 26-FEB-1987, 26-FEB-87
std::optional<SpelledDate> day_month_name(Scanner scanner, std::string_view text) {
  const std::size_t begin = scanner.at();
  int day = 0, month = 0, year = 0;
  if (!scanner.take_number(1, 2, day)) return {};
  skip_ordinal(scanner);
  scanner.take(".");
  const bool dashed = scanner.take("-");
  if (!dashed && !scanner.skip_spaces()) return {};
  if (scanner.take("of ") || scanner.take("de ")) scanner.skip_spaces();
  scanner.move_to(skip_month(text, scanner.at(), month));
  if (month == 0) return {};
  if (dashed ? !scanner.take("-") : (scanner.take(","), !scanner.skip_spaces())) return {};
  if (scanner.take("de ")) scanner.skip_spaces();
  Scanner short_year = scanner;
  if (scanner.take_number(4, 4, year)) return spelled(scanner, begin, year, month, day);
  if (!dashed || !short_year.take_number(2, 2, year)) return {};
  return spelled(short_year, begin, year + (year < 70 ? 2000 : 1900), month, day);
}

// Feb. 27, 2025; February 27 2025
std::optional<SpelledDate> month_name_day(Scanner scanner, std::string_view text) {
  const std::size_t begin = scanner.at();
  int day = 0, month = 0, year = 0;
  scanner.move_to(skip_month(text, begin, month));
  if (month == 0) return {};
  scanner.skip_spaces();
  if (!scanner.take_number(1, 2, day)) return {};
  skip_ordinal(scanner);
  scanner.take(",");
  if (!scanner.skip_spaces() || !scanner.take_number(4, 4, year)) return {};
  return spelled(scanner, begin, year, month, day);
}

void skip_zone(Scanner& scanner) {
  Scanner trial = scanner;
  trial.skip_spaces();
  for (const std::string_view zone : {"UTC"sv, "GMT"sv, "EST"sv, "EDT"sv, "CST"sv, "CDT"sv, "PST"sv, "PDT"sv, "ET"sv,
                                      "PT"sv, "BST"sv, "CET"sv, "CEST"sv, "HKT"sv, "SGT"sv, "JST"sv, "Z"sv}) {
    if (trial.word() != zone) continue;
    trial.move_to(trial.at() + zone.size());
    scanner = trial;
    trial.skip_spaces();
    break;
  }
  int number = 0;
  if (!trial.take_any_of("+-") || !trial.take_number(2, 4, number)) return;
  if (trial.take(":")) trial.take_number(2, 2, number);
  scanner = trial;
}

// A time of day behind a date: "T08:00:00+08:00", " 15:01:01.79", " at 2:30 pm ET", ", 14时30分".
std::size_t skip_time(std::string_view text, std::size_t at) {
  Scanner scanner(text, at);
  if (!scanner.take("T")) {
    scanner.take_any_of(",");
    scanner.skip_spaces();
    if (scanner.take("at ")) scanner.skip_spaces();
  }
  int number = 0;
  if (!scanner.take_number(1, 2, number)) return at;
  Scanner hour = scanner;
  if (hour.skip_spaces(), hour.word() == "am" || hour.word() == "pm" || hour.word() == "AM" || hour.word() == "PM") {
    hour.move_to(hour.at() + 2);
    skip_zone(hour);
    return hour.at();
  }
  if (!scanner.take(":") && !scanner.take("：") && !scanner.take("时")) return at;
  if (!scanner.take_number(2, 2, number)) return at;
  if (scanner.take(":")) scanner.take_number(2, 2, number);
  if (scanner.take(".")) scanner.take_number(1, 9, number);
  scanner.take("分");
  Scanner half = scanner;
  half.skip_spaces();
  for (const std::string_view name : {"am"sv, "pm"sv, "AM"sv, "PM"sv, "a.m."sv, "p.m."sv}) {
    if (half.take(name)) {
      scanner = half;
      break;
    }
  }
  skip_zone(scanner);
  return scanner.at();
}

std::optional<Date> packed(std::string_view eight_digits) {
  const auto number = [&](std::size_t from, std::size_t size) {
    int value = 0;
    for (const char c : eight_digits.substr(from, size)) value = value * 10 + (c - '0');
    return value;
  };
  const int year = number(0, 4);
  if (year < 1500 || year > 2200) return {};
  return Date::from_ymd(year, number(4, 2), number(6, 2));
}

std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

// A date that other digits or letters do not run into.
bool stands_alone(std::string_view text, ByteRange at) {
  const bool before = at.begin == 0 || (!is_digit(text[at.begin - 1]) && !is_letter(text[at.begin - 1]));
  return before && (at.end == text.size() || !is_digit(text[at.end]));
}

}  // namespace

std::size_t skip_month(std::string_view text, std::size_t at, int& month) {
  month = 0;
  std::size_t end = at;
  while (end < text.size() && (is_letter(text[end]) || static_cast<unsigned char>(text[end]) >= 0xC3 ||
                               (end > at && static_cast<unsigned char>(text[end]) >= 0x80)))
    ++end;
  const std::string_view word = text.substr(at, end - at);
  if (const auto index = index_of_name(kMonths, word)) {
    month = static_cast<int>(*index) + 1;
  } else {
    const auto other = std::find_if(kOtherMonths.begin(), kOtherMonths.end(), [&](const MonthName& name) {
      return name.name.size() == word.size() && starts_with_nocase(word, name.name);
    });
    if (other == kOtherMonths.end()) return at;
    month = other->month;
  }
  at = end;
  return at < text.size() && text[at] == '.' ? at + 1 : at;
}

std::size_t skip_weekday(std::string_view text, std::size_t at) {
  Scanner scanner(text, at);
  const std::string_view word = scanner.word();
  if (index_of_name(kWeekdays, word)) {
    scanner.move_to(at + word.size());
    scanner.take(".");
  } else if (!(scanner.take("星期") || scanner.take("周")) || scanner.done()) {
    return at;
  } else {
    const CodePoint day = code_point_at(text, scanner.at());
    if (std::u32string_view(U"一二三四五六日天").find(day.value) == std::u32string_view::npos) return at;
    scanner.move_to(scanner.at() + day.size);
  }
  scanner.take_any_of(",");
  scanner.skip_spaces();
  return scanner.at();
}

std::optional<SpelledDate> date_at(std::string_view text, std::size_t at) {
  const std::size_t begin = skip_weekday(text, at);
  const Scanner scanner(text, begin);
  std::optional<SpelledDate> found;
  if (scanner.at_digit()) {
    found = year_first(scanner);
    if (!found) found = year_last(scanner);
    if (!found) found = day_month_name(scanner, text);
  } else if (scanner.at_letter()) {
    found = month_name_day(scanner, text);
  }
  if (!found || !stands_alone(text, {begin, found->at.end})) return {};
  found->at = {at, skip_time(text, found->at.end)};
  return found;
}

std::optional<SpelledDate> first_date(std::string_view text) {
  bool inside_word = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts = is_digit(text[at]) || is_letter(text[at]);
    if (starts && !inside_word) {
      if (auto found = date_at(text, at)) return found;
    }
    inside_word = starts;
  }
  return {};
}

std::optional<Date> date_of_number(std::int64_t number) {
  if (number >= 15'000'101 && number <= 22'001'231) {
    if (auto date = packed(std::to_string(number))) return date;
  }
  constexpr std::int64_t kLeastMilliseconds = 100'000'000'000;  // 1973 in milliseconds, 5138 in seconds
  const std::int64_t seconds = number >= kLeastMilliseconds ? number / 1000 : number;
  if (seconds < 100'000'000 || seconds >= kLeastMilliseconds) return {};
  using namespace std::chrono;
  const year_month_day day{floor<days>(sys_seconds{std::chrono::seconds{seconds}})};
  return Date::from_ymd(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                        static_cast<int>(static_cast<unsigned>(day.day())));
}

std::optional<SpelledDate> date_of_value(std::string_view value) {
  value = trimmed(value);
  if (value.empty()) return {};
  const std::size_t digits = digits_from(value, 0);
  const bool whole = digits == value.size() || value[digits] == '.';
  if (digits == 8 || (digits == 14 && whole) || (digits > 8 && value[8] == 'T')) {
    if (auto date = packed(value.substr(0, 8))) return SpelledDate{*date, {0, value.size()}, false};
  }
  if (whole && digits >= 8 && digits <= 14) {
    std::int64_t number = 0;
    for (const char c : value.substr(0, digits)) number = number * 10 + (c - '0');
    const auto date = date_of_number(number);
    if (!date) return {};
    return SpelledDate{*date, {0, value.size()}, false};
  }
  if (auto date = date_at(value, 0)) return date;
  if (auto date = short_year_last(value)) return date;
  return first_date(value.substr(0, std::min<std::size_t>(value.size(), 80)));
}

std::optional<Date> date_in_path(std::string_view path) {
  std::optional<Date> last;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (!is_digit(path[at]) || (at > 0 && is_digit(path[at - 1]))) continue;
    const std::size_t digits = digits_from(path, at);
    if (digits == 8 || digits == 14) {
      if (auto date = packed(path.substr(at, 8))) last = date;
    } else if (digits == 4) {
      const auto date = year_first(Scanner(path, at));
      if (date && digits_from(path, date->at.end) == 0) last = date->date;
    }
  }
  return last;
}

}  // namespace nutgraf::reader
