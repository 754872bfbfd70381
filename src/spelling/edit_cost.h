// Edit cost: how unlikely it is that someone who meant one word typed another. The best way to explain the one by the
// other is taken, edit by edit; the costs of all edits are the table in edit_cost.cpp.
#pragma once

#include "spelling/letters.h"

namespace nutgraf::spelling {

/// In the unit of a natural logarithm of a probability, without sign; 0 for equal words.
[[nodiscard]] double edit_cost(LettersView typed, LettersView meant);

/// Keys side by side on a QWERTY keyboard.
[[nodiscard]] bool are_neighbours(char32_t a, char32_t b);

}  // namespace nutgraf::spelling
