// An index that is damaged: an error that says so, never a wrong answer; and check_index() finds it.
#include <doctest/doctest.h>

#include <fstream>

#include "index/lent_termlists.h"
#include "nutgraf/error.h"
#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

namespace {

struct SmallIndex {
  TempFolder folder;
  fs::path path = folder / "index";
  GenerationPaths files;

  SmallIndex() {
    for (int i = 0; i < 5; ++i)
      folder.write("news/" + std::to_string(i) + ".txt", "Title\n\n" + prose(300, static_cast<unsigned>(i)));
    index_folder(path, folder / "news");
    files = generation_paths(path, 1);
  }

  ErrorCode error_of_info() const {
    try {
      (void)index_info(path);
    } catch (const Error& error) {
      CHECK_FALSE(error.hint().empty());
      return error.code();
    }
    return ErrorCode::internal;
  }
};

}  // namespace

TEST_CASE("damage: a side file that is missing or short") {
  SmallIndex index;
  SUBCASE("signatures cut") { fs::resize_file(index.files.signatures(), 100); }
  SUBCASE("directory cut") { fs::resize_file(index.files.directory(), 16); }
  SUBCASE("signatures gone") { fs::remove(index.files.signatures()); }
  SUBCASE("directory gone") { fs::remove(index.files.directory()); }
  CHECK(index.error_of_info() == ErrorCode::index);
  CHECK_THROWS_AS(index_folder(index.path, index.folder / "news"), Error);
}

TEST_CASE("damage: a reader whose index is damaged under it is told so each time, until it is whole again") {
  SmallIndex index;
  LiveIndex live(index.path);
  index.folder.write("news/new.txt", "Title\n\n" + prose(300, 99));
  index_folder(index.path, index.folder / "news");
  const fs::path directory = index.files.directory(), whole = index.folder / "whole";
  fs::copy_file(directory, whole);
  fs::resize_file(directory, 16);
  const auto articles = [&] { return live.read([](LiveIndex& view) { return view.articles().size(); }); };
  CHECK_THROWS_AS(articles(), Error);
  CHECK_THROWS_AS(articles(), Error);
  fs::copy_file(whole, directory, fs::copy_options::overwrite_existing);
  CHECK(articles() == 6);
}

TEST_CASE("damage: the database is gone or broken") {
  SmallIndex index;
  SUBCASE("folder gone") { fs::remove_all(index.files.passages()); }
  SUBCASE("version file gone") { fs::remove(index.files.passages() / "iamglass"); }
  SUBCASE("version file of another format") { std::ofstream(index.files.passages() / "iamglass") << "IAmOther"; }
  SUBCASE("another Xapian database") {
    fs::remove_all(index.files.passages());
    Xapian::WritableDatabase(index.files.passages().string(), Xapian::DB_CREATE).commit();
  }
  CHECK(index.error_of_info() == ErrorCode::index);
}

TEST_CASE("damage: check finds signatures that are not those of the text") {
  SmallIndex index;
  CHECK(check_index(index.path).empty());
  {
    std::fstream file(index.files.signatures(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(20);
    file.write("\x12\x34", 2);
  }
  const auto complaints = check_index(index.path);
  REQUIRE(complaints.size() == 1);
  CHECK(complaints[0].find("signature") != std::string::npos);
}

TEST_CASE("damage: check finds a missing passage and wrong counts") {
  SmallIndex index;
  {
    const LentTermlists lent(index.files.passages(), std::vector<Xapian::docid>{2}, {""});
    Xapian::WritableDatabase database(index.files.passages().string(), Xapian::DB_OPEN | kWithoutTermlists);
    database.delete_document(2);
    database.commit();
  }
  const auto complaints = check_index(index.path);
  REQUIRE(complaints.size() >= 2);
  CHECK(complaints[0].find("is missing") != std::string::npos);
}

TEST_CASE("damage: broken and missing blocks are a damaged index, whoever meets them") {
  SmallIndex index;
  const auto file = index.files.passages() / "postlist.glass";
  SUBCASE("overwritten") { std::ofstream(file, std::ios::binary) << std::string(fs::file_size(file), '\xA5'); }
  SUBCASE("cut") { fs::resize_file(file, 5000); }
  SUBCASE("gone") { fs::remove(file); }
  bool found = false;
  try {
    found = !check_index(index.path).empty();
  } catch (const Error& error) {
    found = error.code() == ErrorCode::index && !error.hint().empty();
  }
  CHECK(found);
}
