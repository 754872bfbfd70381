#include "snippet/windows.h"

#include <algorithm>

#include "text/sentences.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

// What a window gains beyond the concepts that it shows, as shares of their weights: little, so that it decides only
// between windows that show about the same.
constexpr double kRepeatGain = 0.02;
constexpr std::size_t kRepeatsCounted = 4;
constexpr double kCloseGain = 0.1;
constexpr std::size_t kCloseBytes = 32;
// Sums of weights differ by rounding; below this they are equal.
constexpr double kEqual = 1e-9;
// How far to look for the edge of a word.
constexpr std::size_t kLongestWord = 64;

// What the matches of a window are worth; matches come and go as the window slides.
class Coverage {
 public:
  explicit Coverage(const std::vector<double>& weights) : weights_(weights), counts_(weights.size(), 0) {}

  void add(const ConceptMatch& match) { value_ += gain(match.about, counts_[match.about]++); }
  void remove(const ConceptMatch& match) { value_ -= gain(match.about, --counts_[match.about]); }
  [[nodiscard]] double value() const { return value_; }

 private:
  // Of one more match of a concept that already has `count`.
  [[nodiscard]] double gain(std::size_t about, std::size_t count) const {
    if (count == 0) return weights_[about];
    return count <= kRepeatsCounted ? kRepeatGain * weights_[about] : 0;
  }

  const std::vector<double>& weights_;
  std::vector<std::size_t> counts_;
  double value_ = 0;
};

// Whether a fragment can start or end at `at` without cutting a word.
bool is_word_edge(std::string_view text, std::size_t at) {
  if (at == 0 || at >= text.size()) return true;
  const char32_t before = code_point_at(text, code_point_start(text, at - 1)).value;
  const char32_t after = code_point_at(text, at).value;
  return is_space(before) || is_space(after) || is_cjk(before) || is_cjk(after);
}

// The first edge of a word at or after `at`, up to `limit`; the start of a code point where there is none near.
std::size_t edge_after(std::string_view text, std::size_t at, std::size_t limit) {
  while (at < limit && !starts_code_point(text, at)) ++at;
  for (std::size_t i = at; i <= std::min(limit, at + kLongestWord); ++i) {
    if (i == limit || (starts_code_point(text, i) && is_word_edge(text, i))) return i;
  }
  return at;
}

// The same, backwards.
std::size_t edge_before(std::string_view text, std::size_t at, std::size_t limit) {
  at = at >= text.size() ? text.size() : std::max(code_point_start(text, at), limit);
  for (std::size_t i = at; i >= limit && i + kLongestWord >= at; --i) {
    if (i == limit || (starts_code_point(text, i) && is_word_edge(text, i))) return i;
  }
  return at;
}

}  // namespace

std::vector<Unit> find_units(std::string_view text, const std::vector<ConceptMatch>& matches) {
  std::vector<std::size_t> ends;
  find_sentence_ends(text, ends);
  std::vector<Unit> units;
  std::size_t match = 0;
  std::size_t reach = 0;  // how far the matches that began so far go
  std::size_t begin = skip_space(text, 0);
  for (const std::size_t end : ends) {
    while (match < matches.size() && matches[match].bytes.begin < end)
      reach = std::max(reach, matches[match++].bytes.end);
    if (reach > end) continue;
    const ByteRange bytes{begin, skip_space_back(text, begin, end)};
    if (bytes.begin < bytes.end) units.push_back({bytes, !units.empty()});
    begin = skip_space(text, end);
  }
  return units;
}

WindowChooser::WindowChooser(std::string_view text, std::vector<ConceptMatch> matches, std::vector<double> weights,
                             std::size_t max_bytes)
    : text_(text),
      max_bytes_(std::max<std::size_t>(max_bytes, 1)),
      matches_(std::move(matches)),
      weights_(std::move(weights)),
      units_(find_units(text_, matches_)) {}

// Windows start at a unit that holds a match and go on as long as they may; in a unit that is too long, at each match.
// Both ends ascend from window to window.
template <class Visit>
void WindowChooser::for_each_window(Visit visit) const {
  std::size_t first = 0, end = 0, last = 0;
  for (std::size_t unit = 0; unit < units_.size(); ++unit) {
    const ByteRange bytes = units_[unit].bytes;
    while (first < matches_.size() && matches_[first].bytes.begin < bytes.begin) ++first;
    if (first == matches_.size()) return;
    if (matches_[first].bytes.begin >= bytes.end) continue;
    if (!is_long(units_[unit])) {
      last = std::max(last, unit);
      while (last + 1 < units_.size() && units_[last + 1].joined &&
             units_[last + 1].bytes.end - bytes.begin <= max_bytes_)
        ++last;
      for (end = std::max(end, first); end < matches_.size() && matches_[end].bytes.begin < units_[last].bytes.end;)
        ++end;
      visit(Window{unit, last, first, end});
      continue;
    }
    for (; first < matches_.size() && matches_[first].bytes.begin < bytes.end; ++first) {
      const std::size_t limit = std::min(bytes.end, matches_[first].bytes.begin + max_bytes_);
      for (end = std::max(end, first + 1); end < matches_.size() && matches_[end].bytes.end <= limit;) ++end;
      visit(Window{unit, unit, first, end});
    }
  }
}

// Entry i: what the matches up to i gain by standing close to the one in front.
std::vector<double> WindowChooser::closeness() const {
  std::vector<double> sums(matches_.size() + 1, 0);
  for (std::size_t i = 1; i < matches_.size(); ++i) {
    const ConceptMatch& a = matches_[i - 1];
    const ConceptMatch& b = matches_[i];
    const bool close = a.about != b.about && b.bytes.begin <= a.bytes.end + kCloseBytes;
    sums[i] = sums[i - 1] + (close ? kCloseGain * std::min(weights_[a.about], weights_[b.about]) : 0);
  }
  return sums;
}

ByteRange WindowChooser::next() {
  const std::vector<double> close = closeness();
  Coverage coverage(weights_);
  Window best;
  double best_value = kEqual;
  std::size_t begin = 0, end = 0;
  for_each_window([&](const Window& window) {
    for (; end < window.end; ++end) coverage.add(matches_[end]);
    for (; begin < window.begin; ++begin) coverage.remove(matches_[begin]);
    const double value = coverage.value() + close[window.end - 1] - close[window.begin];
    if (value > best_value + kEqual) {
      best_value = value;
      best = window;
    }
  });
  if (best.begin == best.end) return {};
  const ByteRange range = grow(best);
  for (std::size_t i = best.begin; i < best.end; ++i) weights_[matches_[i].about] = 0;
  take(range);
  return range;
}

// The bytes of a window, with what else fits in front of it.
ByteRange WindowChooser::grow(const Window& window) const {
  const Unit& unit = units_[window.unit];
  if (is_long(unit)) {
    ByteRange core = matches_[window.begin].bytes;
    for (std::size_t i = window.begin; i < window.end; ++i) core.end = std::max(core.end, matches_[i].bytes.end);
    return cut_out(unit.bytes, core);
  }
  ByteRange range{unit.bytes.begin, units_[window.last].bytes.end};
  for (std::size_t i = window.unit; i > 0 && units_[i].joined && range.end - units_[i - 1].bytes.begin <= max_bytes_;
       --i) {
    range.begin = units_[i - 1].bytes.begin;
  }
  return range;
}

// The part of a long unit around `core`: a third of the room in front of it, the rest behind, up to edges of words.
ByteRange WindowChooser::cut_out(ByteRange unit, ByteRange core) const {
  const std::size_t room = max_bytes_ > core.size() ? max_bytes_ - core.size() : 0;
  std::size_t behind = std::min(unit.end - core.end, room - room / 3);
  const std::size_t before = std::min(core.begin - unit.begin, room - behind);
  behind = std::min(unit.end - core.end, room - before);
  ByteRange range{core.begin - before, core.end + behind};
  if (range.begin > unit.begin) range.begin = edge_after(text_, range.begin, core.begin);
  if (range.end < unit.end) range.end = edge_before(text_, range.end, core.end);
  range.begin = std::min(skip_space(text_, range.begin), core.begin);
  range.end = std::max(skip_space_back(text_, range.begin, range.end), core.end);
  return range;
}

ByteRange WindowChooser::start() const {
  const ByteRange first = units_.empty() ? ByteRange{0, text_.size()} : units_.front().bytes;
  if (first.size() > max_bytes_) {
    const ByteRange range = cut_out(first, {first.begin, first.begin});
    if (!range.empty()) return range;
    // Not even the first word fits.
    const std::size_t one = first.begin + code_point_at(text_, first.begin).size;
    return {first.begin, std::max(one, code_point_start(text_, first.begin + max_bytes_))};
  }
  ByteRange range = first;
  for (const Unit& unit : units_) {
    if (unit.bytes.end - range.begin <= max_bytes_) range.end = unit.bytes.end;
  }
  return range;
}

// Removes what was chosen, and the matches in it; the rest of a unit that was cut is a unit of its own.
void WindowChooser::take(ByteRange range) {
  std::vector<Unit> left;
  for (const Unit& unit : units_) {
    if (unit.bytes.end <= range.begin || unit.bytes.begin >= range.end) {
      const bool behind = unit.bytes.begin >= range.end && (left.empty() || left.back().bytes.end <= range.begin);
      left.push_back({unit.bytes, unit.joined && !behind});
      continue;
    }
    const ByteRange before{unit.bytes.begin,
                           skip_space_back(text_, unit.bytes.begin, std::max(range.begin, unit.bytes.begin))};
    if (before.begin < before.end) left.push_back({before, unit.joined});
    const ByteRange behind{skip_space(text_, range.end), unit.bytes.end};
    if (behind.begin < behind.end) left.push_back({behind, false});
  }
  units_ = std::move(left);
  std::erase_if(matches_,
                [&](const ConceptMatch& m) { return m.bytes.begin < range.end && m.bytes.end > range.begin; });
}

}  // namespace nutgraf
