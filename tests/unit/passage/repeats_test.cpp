#include "passage/repeats.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace nutgraf;

namespace {

// Each letter is a block of length 10; a bar in the result stands before a block where a passage must start.
std::string cuts(std::string_view letters, std::size_t pair = 20, std::size_t single = 40) {
  std::vector<RepeatBlock> blocks;
  for (std::size_t i = 0; i < letters.size(); ++i) blocks.push_back({letters.substr(i, 1), 10, false});
  const std::vector<bool> starts = find_repeats(blocks, pair, single);
  std::string result;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (starts[i]) result += '|';
    result += letters[i];
  }
  return result;
}

}  // namespace

TEST_CASE("repeats: none") {
  CHECK(cuts("") == "");
  CHECK(cuts("abc") == "abc");
  CHECK(cuts("abcb") == "abcb");  // a catch phrase
}

TEST_CASE("repeats: both runs are cut off") {
  CHECK(cuts("abcdefgbcdefg") == "a|bcdefg|bcdefg");
  CHECK(cuts("abcabc") == "|abc|abc");
  CHECK(cuts("abcdxbcy") == "a|bc|dx|bc|y");
  CHECK(cuts("abcb", 20, 10) == "a|b|c|b");
}

TEST_CASE("repeats: a cut in one copy is a cut in all") {
  CHECK(cuts("abcdabcdbc") == "|a|bc|d|a|bc|d|bc");
  CHECK(cuts("abcabcabc") == "|abc|abc|abc");
}

TEST_CASE("repeats: a catch phrase in front of a run does not hide it") { CHECK(cuts("xapqpqr") == "xa|pq|pq|r"); }

TEST_CASE("repeats: endless repetition stays cheap") {
  const std::string letters(200'000, 'a');
  CHECK(cuts(letters).size() > letters.size());
}
