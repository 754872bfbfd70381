#include "index/layout.h"

#include <doctest/doctest.h>

#include "index/file_io.h"
#include "nutgraf/error.h"
#include "support/temp_folder.h"

using namespace nutgraf;
using nutgraf::test::TempFolder;
namespace fs = std::filesystem;

TEST_CASE("layout: no index is no error until one is needed") {
  const TempFolder folder;
  CHECK_FALSE(live_generation(folder.path()));
  CHECK_FALSE(live_generation(folder / "nowhere"));
  try {
    (void)require_live_generation(folder.path());
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::index);
    CHECK(error.hint().find("nutgraf index FOLDER") != std::string::npos);
  }
}

TEST_CASE("layout: CURRENT names the live generation") {
  const TempFolder folder;
  fs::create_directories(generation_paths(folder.path(), 12).folder);
  publish_generation(folder.path(), 12);
  CHECK(test::read_file(folder / "CURRENT") == "gen-0012\n");
  CHECK(live_generation(folder.path()) == 12);
}

TEST_CASE("layout: a CURRENT that makes no sense is an error") {
  const TempFolder folder;
  for (const char* content : {"", "gen-", "gen-x", "gen-0007", "../gen-0001\n"}) {
    CAPTURE(content);
    folder.write("CURRENT", content);
    CHECK_THROWS_AS((void)live_generation(folder.path()), Error);
  }
  folder.write("file", "x");
  CHECK_THROWS_AS((void)live_generation(folder / "file"), Error);
}

TEST_CASE("layout: strays go, the live generation and other files stay") {
  const TempFolder folder;
  for (int generation : {1, 2, 3})
    fs::create_directories(generation_paths(folder.path(), static_cast<std::uint64_t>(generation)).passages());
  folder.write("gen-notes.txt", "mine");
  sweep_strays(folder.path(), 2);
  CHECK_FALSE(fs::exists(folder / "gen-0001"));
  CHECK(fs::exists(folder / "gen-0002"));
  CHECK_FALSE(fs::exists(folder / "gen-0003"));
  CHECK(fs::exists(folder / "gen-notes.txt"));
}

TEST_CASE("lock: one writer at a time, and free again after it") {
  const TempFolder folder;
  {
    const WriterLock lock(folder.path());
    try {
      const WriterLock second(folder.path());
      FAIL("two writers");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::locked);
    }
  }
  CHECK_NOTHROW(WriterLock(folder.path()));
}
