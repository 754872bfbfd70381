// List files: each list under its key, or nothing.
#include "index/list_file.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>

#include "nutgraf/error.h"
#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

constexpr ListFileMagic kMagic{'N', 'G', 'l', 'i', 's', 't', 's', '1'};

void write_one_and_three(const std::filesystem::path& file) {
  ListFileWriter writer(file, 2);
  writer.add(1, "one");
  writer.add(3, "three");
  writer.commit(kMagic, 3, 9);
}

// Of bytes that tell it from all others.
std::string long_list(std::uint64_t key, std::size_t size) {
  std::string list;
  while (list.size() < size) list += std::to_string(key) + ":" + std::to_string(list.size()) + " ";
  return list;
}

// No file may grow beyond so many bytes meanwhile: writing is then cut off in its middle.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : signal_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, signal_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  sighandler_t signal_;
  rlimit before_{};
};

}  // namespace

TEST_CASE("list file: lists are read as they were written") {
  const TempFolder folder;
  ListFileWriter writer(folder / "lists", 3);
  writer.add(0, "one");
  writer.add(7, "");
  writer.add(~std::uint64_t{0}, std::string("\0two", 4));
  writer.commit(kMagic, 3, 4'000'000'000);
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

TEST_CASE("list file: lists are those that were added, however many and large") {
  const TempFolder folder;
  const auto size_of = [](std::uint64_t key) { return key == 70 ? 3 * kPiece + 5 : key * 1000; };
  ListFileWriter writer(folder / "lists", 100);
  for (std::uint64_t key = 0; key < 100; ++key) writer.add(key, long_list(key, size_of(key)));
  writer.commit(kMagic, 3, 9);
  const ListFile file(folder / "lists", kMagic, 3);
  REQUIRE(file.keys().size() == 100);
  for (std::uint64_t key = 0; key < 100; ++key) CHECK((file.of(key) == long_list(key, size_of(key))));
}

TEST_CASE("list file: before all is written the old one stands") {
  const TempFolder folder;
  write_one_and_three(folder / "lists");
  const std::string before = read_file(folder / "lists");
  SUBCASE("it is not written to the end") {
    ListFileWriter writer(folder / "lists", 2);
    writer.add(1, long_list(1, 2 * kPiece));
  }
  SUBCASE("a write fails") {
    for (const rlim_t bytes : {std::size_t{1}, kPiece, 2 * kPiece}) {
      const FileSizeLimit limit(bytes);
      const auto write = [&] {
        ListFileWriter writer(folder / "lists", 2);
        writer.add(1, long_list(1, 2 * kPiece));
        writer.add(2, long_list(2, 2 * kPiece));
        writer.commit(kMagic, 3, 9);
      };
      CHECK_THROWS_AS(write(), Error);
    }
  }
  CHECK((read_file(folder / "lists") == before));
  write_one_and_three(folder / "lists");
  CHECK((read_file(folder / "lists") == before));
}

TEST_CASE("list file: whatever byte is damaged, no list is another one") {
  const TempFolder folder;
  write_one_and_three(folder / "lists");
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
