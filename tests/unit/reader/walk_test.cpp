#include <algorithm>

#include "nutgraf/error.h"
#include "unit/reader/fixture.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kStory =
    "Chip maker opens plant\n\nThe company said on Monday that its plant will open in May.\n";

std::vector<std::string> ids_of(const Batch& batch) {
  std::vector<std::string> ids;
  for (const Article& article : batch.articles) ids.push_back(article.id);
  return ids;
}

}  // namespace

TEST_CASE("walk: byte order of paths, hidden and other files passed over") {
  const Folder folder;
  for (const char* name :
       {"b.txt", "a/z.txt", "a/B.md", "a.txt", ".hidden.txt", ".git/x.txt", "photo.jpg", "c/d/e.html"})
    folder.write(name, kStory);
  const Batch batch = read({folder.root()});
  CHECK(ids_of(batch) ==
        std::vector<std::string>{"news/a.txt", "news/a/B.md", "news/a/z.txt", "news/b.txt", "news/c/d/e.html"});
  CHECK(batch.rejections.empty());
  CHECK(batch.articles[0].root == folder.root().string());
  CHECK(batch.articles[0].path == (folder.root() / "a.txt").string());
  CHECK(batch.articles[0].id_from_path);
  CHECK(batch.articles[0].record == 0);
}

TEST_CASE("walk: a single file has the id it has in its folder") {
  const Folder folder;
  const fs::path file = folder.write("a.txt", kStory);
  CHECK(ids_of(read({file})) == std::vector<std::string>{"news/a.txt"});
  CHECK(ids_of(read({folder.root() / "." / "a.txt"})) == std::vector<std::string>{"news/a.txt"});
  ArticleReader reader({folder.root() / ""}, {});
  CHECK(reader.roots() == std::vector<std::string>{folder.root().string()});
}

TEST_CASE("walk: a prefix takes the place of the folder's name") {
  const Folder folder;
  folder.write("a/b.txt", kStory);
  ReadOptions options;
  options.prefix = "wire";
  CHECK(ids_of(read({folder.root()}, options)) == std::vector<std::string>{"wire/a/b.txt"});
}

TEST_CASE("walk: progress in bytes") {
  const Folder folder;
  folder.write("a.txt", kStory);
  folder.write("b.txt", kStory);
  ArticleReader reader({folder.root()}, {});
  CHECK(reader.bytes_total() == 2 * kStory.size());
  CHECK(reader.bytes_read() == 0);
  while (reader.next()) {
  }
  CHECK(reader.bytes_read() == 2 * kStory.size());
  CHECK_FALSE(reader.next());
}

TEST_CASE("walk: a path that does not exist") {
  const Folder folder;
  try {
    const ArticleReader reader({folder.root() / "none.txt"}, {});
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::usage);
    CHECK(contains(error.what(), "none.txt: no such file or folder"));
    CHECK(error.hint() == "Name files or folders that exist.");
  }
}

TEST_CASE("walk: named files of unknown type") {
  CHECK(reason_for("notes.docx", kStory) == "unknown file type \".docx\"");
  const Folder folder;
  const fs::path file = folder.write("notes.docx", kStory);
  ReadOptions options;
  options.format = Format::txt;
  CHECK(read({file}, options).articles.size() == 1);
  CHECK(read({folder.root()}, options).articles.empty());
}

TEST_CASE("walk: a named file without an ending is told by its content") {
  CHECK(read_one("story", "<!DOCTYPE html><title>T</title><p>The company said on Monday that its plant will open.")
            .bytes_of == BytesOf::source);
  CHECK(read_one("story", kStory).bytes_of == BytesOf::file);
  CHECK(read_one("story", R"({"text": "The company said so."})").bytes_of == BytesOf::field);
}

TEST_CASE("walk: a given format goes before the ending") {
  const Folder folder;
  ReadOptions options;
  options.format = Format::txt;
  const Batch batch = read({folder.write("a.md", "# A *title*\n\nThe text is here, said the reader.\n")}, options);
  REQUIRE(batch.articles.size() == 1);
  CHECK(batch.articles[0].title == "A *title*");
}

TEST_CASE("walk: symbolic links") {
  const Folder folder, other;
  folder.write("a.txt", kStory);
  fs::create_symlink(folder.root() / "a.txt", folder.root() / "inside.txt");
  fs::create_symlink(other.write("b.txt", kStory), folder.root() / "outside.txt");
  fs::create_symlink(folder.root() / "gone.txt", folder.root() / "nowhere.txt");
  fs::create_directory_symlink(other.root(), folder.root() / "folder");
  folder.write("deep/b.txt", kStory);
  fs::create_directory_symlink(folder.root() / "deep", folder.root() / "folder-inside");
  fs::create_directory_symlink(".", folder.root() / "self");
  fs::create_directory_symlink("..", folder.root() / "deep" / "back");
  fs::create_directory_symlink("../..", folder.root() / "deep" / "up");
  fs::create_symlink("loop", folder.root() / "loop");
  fs::create_symlink("loop.txt", folder.root() / "loop.txt");
  fs::create_symlink("gone", folder.root() / "nowhere");
  const Batch batch = read({folder.root()});
  CHECK(ids_of(batch) == std::vector<std::string>{"news/a.txt", "news/deep/b.txt"});
  REQUIRE(batch.rejections.size() == 5);
  const std::string leads_out = "symbolic link that leads out of the folder, to ";
  CHECK(batch.rejections[0].path == (folder.root() / "deep/up").string());
  CHECK(batch.rejections[0].reason == leads_out + folder.root().parent_path().string());
  CHECK(batch.rejections[1].path == (folder.root() / "folder").string());
  CHECK(batch.rejections[1].reason == leads_out + other.root().string());
  CHECK(batch.rejections[2].path == (folder.root() / "loop.txt").string());
  CHECK(batch.rejections[2].reason == "symbolic link that leads nowhere");
  CHECK(batch.rejections[3].path == (folder.root() / "nowhere.txt").string());
  CHECK(batch.rejections[3].reason == "symbolic link that leads nowhere");
  CHECK(batch.rejections[4].reason == leads_out + (other.root() / "b.txt").string());
}

TEST_CASE("walk: what is no regular file") {
  const Folder folder;
  const fs::path pipe = folder.root() / "pipe.txt";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(read({pipe}).rejections.at(0).reason == "not a regular file");
  CHECK(read({folder.root()}).rejections.at(0).reason == "not a regular file");
}

TEST_CASE("walk: a file that may not be read") {
  if (::geteuid() == 0) {
    MESSAGE("skipped: root may read everything");
    return;
  }
  const Folder folder;
  const fs::path file = folder.write("a.txt", kStory);
  fs::permissions(file, fs::perms::none);
  CHECK(read({file}).rejections.at(0).reason == "permission denied");
  folder.write("closed/b.txt", kStory);
  fs::permissions(folder.root() / "closed", fs::perms::none);
  const Batch batch = read({folder.root()});
  fs::permissions(folder.root() / "closed", fs::perms::owner_all);
  REQUIRE(batch.rejections.size() == 2);
  CHECK(batch.rejections[1].reason == "folder: permission denied");
  CHECK(batch.rejections[1].path == (folder.root() / "closed").string());
  const Folder shut;
  fs::permissions(shut.root(), fs::perms::none);
  CHECK(read({shut.root()}).rejections.at(0).reason == "folder: permission denied");
  fs::permissions(shut.root(), fs::perms::owner_all);
  const Folder listed;  // names can be read, what they name cannot
  listed.write("a.txt", kStory);
  listed.write("sub/b.txt", kStory);
  fs::permissions(listed.root(), fs::perms::owner_read);
  const Batch names = read({listed.root()});
  fs::permissions(listed.root(), fs::perms::owner_all);
  REQUIRE(names.rejections.size() == 2);
  CHECK(names.rejections[0].reason == "permission denied");
  CHECK(names.rejections[1].reason == "permission denied");
  CHECK(names.rejections[1].path == (listed.root() / "sub").string());
}

TEST_CASE("walk: files are opened ahead of their turn, and told in it") {
  const Folder folder;
  const fs::path out = folder.root().parent_path();
  for (int i = 10; i < 40; ++i) folder.write(std::to_string(i) + ".txt", kStory);
  for (const char* name : {"12.txt", "27.txt"}) {
    fs::remove(folder.root() / name);
    fs::create_symlink(out, folder.root() / name);
  }
  ArticleReader reader({folder.root()}, {});
  fs::remove(folder.root() / "10.txt");  // gone after it was found
  std::vector<std::string> told, reasons;
  while (auto result = reader.next()) {
    if (told.empty()) {
      fs::remove(folder.root() / "11.txt");  // open already
      fs::remove(folder.root() / "38.txt");
    }
    if (const auto* rejection = std::get_if<Rejection>(&*result)) {
      told.push_back(fs::path(rejection->path).filename().string());
      reasons.push_back(told.back() + " " + rejection->id + ": " + rejection->reason);
    } else {
      told.push_back(fs::path(std::get<Article>(*result).path).filename().string());
    }
  }
  REQUIRE(told.size() == 30);
  CHECK(std::is_sorted(told.begin(), told.end()));
  const std::string leads_out = ": symbolic link that leads out of the folder, to " + fs::canonical(out).string();
  CHECK(reasons == std::vector<std::string>{"10.txt news/10.txt: no such file or directory", "12.txt " + leads_out,
                                            "27.txt " + leads_out, "38.txt news/38.txt: no such file or directory"});
}

TEST_CASE("walk: ids that will not do") {
  const Folder folder;
  folder.write("bell\x07.txt", kStory);
  folder.write("latin\xE9.txt", kStory);
  folder.write("good.txt", kStory);
  const Batch batch = read({folder.root()});
  CHECK(batch.articles.size() == 1);
  REQUIRE(batch.rejections.size() == 2);
  CHECK(contains(batch.rejections[0].reason, "id with a control character"));
  CHECK(contains(batch.rejections[1].reason, "id is not valid UTF-8"));
  CHECK(contains(batch.rejections[1].path, "latin\uFFFD.txt"));
  const Folder own_id;
  own_id.write("latin\xE9.md", "---\nid: own\n---\nThe text is here.\n");
  CHECK(read({own_id.root()}).rejections.at(0).reason == "path is not valid UTF-8");
}
