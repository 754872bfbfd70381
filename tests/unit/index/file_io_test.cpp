// Files that are made bit by bit, and read so.
#include "index/file_io.h"

#include <doctest/doctest.h>

#include "support/temp_folder.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

TEST_CASE("file io: a replacement takes the place of the file in the end") {
  const TempFolder folder;
  folder.write("file", "old");
  {
    FileReplacement file(folder / "file");
    file.write_at(6, "three ");
    file.write("four");
    file.write_at(0, "one");
    file.write("two");
    CHECK(read_file(folder / "file") == "old");
    file.commit();
  }
  CHECK(read_file(folder / "file") == "onetwothree four");
}

TEST_CASE("file io: a scratch file is nowhere to be seen, and is read forward by stretches") {
  const TempFolder folder;
  std::string bytes;
  for (int number = 0; bytes.size() < 300'000; ++number) bytes += std::to_string(number) + " ";
  const FileDescriptor file = open_scratch(folder / "file");
  CHECK(fs::is_empty(folder.path()));
  write_all(file, "scratch", bytes);
  StretchReader all(file, 0, bytes.size()), middle(file, 1000, 101'000);
  std::string first, second;
  for (const std::size_t size : {1U, 0U, 65'535U, 65'536U, 2U, 150'000U}) first += all.take(size);
  for (int i = 0; i < 1000; ++i) second += middle.take(100);
  CHECK((first == bytes.substr(0, first.size())));
  CHECK((all.take(bytes.size() - first.size()) == bytes.substr(first.size())));
  CHECK((second == bytes.substr(1000, 100'000)));
}
