#include "passage/partition.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "passage/words.h"

using namespace nutgraf;

namespace {

std::vector<Atom> paragraphs(std::initializer_list<std::size_t> words) {
  std::vector<Atom> atoms;
  for (const std::size_t count : words) atoms.push_back({{}, count * kWord, CutKind::paragraph});
  return atoms;
}

using Ends = std::vector<std::size_t>;

}  // namespace

TEST_CASE("partition: short paragraphs are joined to about the target") {
  CHECK(partition(paragraphs({60, 60, 60, 60}), {}) == Ends{2, 4});
  CHECK(partition(paragraphs({20, 30, 40, 20, 30, 40, 50}), {}) == Ends{4, 7});
  CHECK(partition(paragraphs({120, 120}), {}) == Ends{1, 2});
}

TEST_CASE("partition: no crumb at the end") {
  CHECK(partition(paragraphs({120, 120, 30}), {}) == Ends{1, 3});
  CHECK(partition(paragraphs({30, 120, 120}), {}) == Ends{2, 3});
  CHECK(partition(paragraphs({200, 30}), {}) == Ends{1, 2});  // there is no other way
}

TEST_CASE("partition: a paragraph that fits is cut only to avoid a crumb") {
  std::vector<Atom> atoms = paragraphs({100, 100, 30});
  atoms[1].cut = CutKind::paragraph_kept;
  CHECK(partition(atoms, {}) == Ends{1, 3});
  atoms.pop_back();
  CHECK(partition(atoms, {}) == Ends{2});
}

TEST_CASE("partition: many tiny paragraphs") {
  const std::vector<Atom> atoms(10'000, Atom{{}, 0, CutKind::paragraph});
  CHECK(partition(atoms, {}).size() == 83);
}

TEST_CASE("words: how long a text is") {
  CHECK(length_of("") == 0);
  CHECK(length_of("one two, three: 4o") == 4 * kWord);
  CHECK(length_of("\u00e9tat d'\u00e2me") == 3 * kWord);
  CHECK(length_of("腾讯控股") == 4 * kCjkCharacter);
  CHECK(length_of("小米SU7。\u201c好\u201d") == 3 * kCjkCharacter + kWord);
  CHECK(length_of(std::string(320, 'x')) == 10 * kWord);
  CHECK(length_of(std::string(33, 'x') + " x") == 3 * kWord);
  CHECK(length_of(std::string(33, 'x') + " x \u2014") == 3 * kWord);
  CHECK(length_of(" -- \u2014 \U0001F600 ") == 0);
}

TEST_CASE("words: where a part can end") {
  CHECK(cut_after("one two three", 0, kWord) == 4);
  CHECK(cut_after("one (two) three", 0, kWord) == 4);
  CHECK(cut_after("one two three", 4, 2 * kWord) == 13);
  CHECK(cut_after("腾讯控股", 0, 2 * kCjkCharacter) == 6);
  const std::string endless(2000, 'x');
  const std::size_t cut = cut_after(endless, 0, 4 * kWord);
  CHECK(cut > 100);
  CHECK(cut < 500);
}
