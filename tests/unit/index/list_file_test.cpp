// List files: each list under its key, or nothing.
#include "index/list_file.h"

#include <doctest/doctest.h>

#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

constexpr ListFileMagic kMagic{'N', 'G', 'l', 'i', 's', 't', 's', '1'};

}  // namespace

TEST_CASE("list file: lists are read as they were written") {
  const TempFolder folder;
  KeyedLists lists;
  lists.add(0, "one");
  lists.add(7, "");
  lists.add(~std::uint64_t{0}, std::string("\0two", 4));
  lists.write(folder / "lists", kMagic, 3, 4'000'000'000);
  const ListFile file(folder / "lists", kMagic, 3);
  REQUIRE(file.known());
  CHECK(file.last_docid() == 4'000'000'000);
  CHECK(file.keys().size() == 3);
  CHECK(file.of(0) == "one");
  CHECK(file.of(7) == "");
  CHECK(file.of(~std::uint64_t{0}) == std::string("\0two", 4));
  CHECK(file.of(6) == std::nullopt);
  CHECK(file.of(8) == std::nullopt);
  CHECK_FALSE(ListFile(folder / "lists", kMagic, 4).known());
  CHECK_FALSE(ListFile(folder / "lists", {}, 3).known());
  CHECK_FALSE(ListFile(folder / "nothing", kMagic, 3).known());
  CHECK_FALSE(ListFile(folder / "", kMagic, 3).known());
}

TEST_CASE("list file: whatever byte is damaged, no list is another one") {
  const TempFolder folder;
  KeyedLists lists;
  lists.add(1, "one");
  lists.add(3, "three");
  lists.write(folder / "lists", kMagic, 3, 9);
  const std::string content = read_file(folder / "lists");
  const auto is_right_or_nothing = [&](std::string_view bytes) {
    write_file(folder / "lists", bytes);
    const ListFile file(folder / "lists", kMagic, 3);
    if (!file.known()) return;
    CHECK(file.last_docid() == 9);
    CHECK(file.of(1).value_or("one") == "one");
    CHECK(file.of(2) == std::nullopt);
    CHECK(file.of(3).value_or("three") == "three");
    CHECK_FALSE((file.of(1) && file.of(3)));
  };
  for (std::size_t at = 0; at < content.size(); ++at) {
    for (const char bit : {'\x01', '\x02', '\x40', '\x80'}) {
      CAPTURE(at);
      is_right_or_nothing(with_damage(content, at, bit));
    }
  }
  for (std::size_t size = 0; size < content.size(); ++size) {
    is_right_or_nothing(content.substr(0, size));
    CHECK_FALSE(ListFile(folder / "lists", kMagic, 3).known());
  }
}
