// Windows: the stretches of a text that can become a fragment, and which of them shows most.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "nutgraf/range.h"
#include "snippet/matches.h"

namespace nutgraf {

/// A whole sentence, or what is left of one; a match never crosses its ends.
struct Unit {
  ByteRange bytes;      ///< without surrounding white space
  bool joined = false;  ///< a fragment may run on from the unit in front
};

/// The sentences of `text`; those that a match crosses are one.
[[nodiscard]] std::vector<Unit> find_units(std::string_view text, const std::vector<ConceptMatch>& matches);

/// Chooses fragments one at a time; what was chosen is no longer there for the next.
class WindowChooser {
 public:
  /// `matches` as ConceptMatcher::find returns them; `weights` by number of the concept, above 0.
  WindowChooser(std::string_view text, std::vector<ConceptMatch> matches, std::vector<double> weights,
                std::size_t max_bytes);

  /// The stretch that shows the most that was not shown yet; empty where nothing new is left.
  [[nodiscard]] ByteRange next();

  /// The start of the text: what to show where nothing matches.
  [[nodiscard]] ByteRange start() const;

 private:
  struct Window {
    std::size_t unit = 0;   // of the first match
    std::size_t last = 0;   // the last unit
    std::size_t begin = 0;  // matches [begin, end)
    std::size_t end = 0;
  };

  [[nodiscard]] bool is_long(const Unit& unit) const { return unit.bytes.size() > max_bytes_; }
  template <class Visit>
  void for_each_window(Visit visit) const;
  [[nodiscard]] std::vector<double> closeness() const;
  [[nodiscard]] ByteRange grow(const Window& window) const;
  [[nodiscard]] ByteRange cut_out(ByteRange unit, ByteRange core) const;
  void take(ByteRange range);

  std::string_view text_;
  std::size_t max_bytes_;
  std::vector<ConceptMatch> matches_;
  std::vector<double> weights_;  // 0 once shown
  std::vector<Unit> units_;
};

}  // namespace nutgraf
