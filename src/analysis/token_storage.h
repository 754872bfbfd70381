// What a TokenStream holds: the tokens and everything that their views look at.
#pragma once

#include <vector>

#include "analysis/arena.h"
#include "analysis/folded_text.h"
#include "nutgraf/analyzer.h"

struct nutgraf::TokenStream::Storage {
  std::vector<nutgraf::Token> tokens;
  nutgraf::analysis::FoldedText folded;
  nutgraf::analysis::Arena strings;
};
