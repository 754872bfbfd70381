#include <archive.h>
#include <archive_entry.h>

#include "unit/reader/fixture.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

namespace {

struct Member {
  std::string path, bytes;
};

constexpr const char* kStory =
    "Chip maker opens plant\n\nThe company said on Monday that its plant will open in May.\n";

// Writes with libarchive; `options` may hold a zip's encryption.
fs::path pack(const Folder& folder, const std::string& name, int format, int filter, const std::vector<Member>& members,
              const char* options = nullptr) {
  const fs::path path = folder.root() / name;
  archive* out = archive_write_new();
  REQUIRE(archive_write_set_format(out, format) == ARCHIVE_OK);
  REQUIRE(archive_write_add_filter(out, filter) == ARCHIVE_OK);
  if (options != nullptr) {
    REQUIRE(archive_write_set_options(out, options) == ARCHIVE_OK);
    REQUIRE(archive_write_set_passphrase(out, "secret") == ARCHIVE_OK);
  }
  REQUIRE(archive_write_open_filename(out, path.c_str()) == ARCHIVE_OK);
  for (const Member& member : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.path.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(member.bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    REQUIRE(archive_write_header(out, entry) == ARCHIVE_OK);
    CHECK(archive_write_data(out, member.bytes.data(), member.bytes.size()) ==
          static_cast<la_ssize_t>(member.bytes.size()));
    archive_entry_free(entry);
  }
  REQUIRE(archive_write_close(out) == ARCHIVE_OK);
  archive_write_free(out);
  return path;
}

std::string noise(std::size_t size) {
  std::string text;
  unsigned state = 1;
  while (text.size() < size) {
    state = state * 1103515245U + 12345U;
    text += static_cast<char>('a' + (state >> 20U) % 26U);
    if (state % 7 == 0) text += ' ';
  }
  return text;
}

}  // namespace

TEST_CASE("packed: compressed files of every format") {
  const Folder folder;
  const std::string records = R"({"text": "One."})"
                              "\n"
                              R"({"text": "Two."})"
                              "\n";
  pack(folder, "a.txt.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, {{"a", kStory}});
  pack(folder, "b.jsonl.zst", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_ZSTD, {{"b", records}});
  pack(folder, "c.md.xz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_XZ, {{"c", "# Title\n\nThe text is here.\n"}});
  pack(folder, "d.dat.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, {{"d", kStory}});
  const Batch batch = read({folder.root()});
  REQUIRE(batch.articles.size() == 4);
  CHECK(batch.rejections.empty());
  CHECK(batch.articles[0].id == "news/a.txt.gz");
  CHECK(batch.articles[0].text == kStory);
  CHECK(batch.articles[0].bytes_of == BytesOf::file);
  CHECK(batch.articles[1].id == "news/b.jsonl.zst:1");
  CHECK(batch.articles[2].record == 2);
  CHECK(batch.articles[3].title == "Title");
}

TEST_CASE("packed: members of archives") {
  struct Kind {
    const char* name;
    int format, filter;
  };
  for (const Kind& kind : {Kind{"a.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE},
                           Kind{"a.tar", ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_NONE},
                           Kind{"a.tar.gz", ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_GZIP},
                           Kind{"a.tgz", ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP},
                           Kind{"a.tar.zst", ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_ZSTD}}) {
    CAPTURE(kind.name);
    const Folder folder;
    const fs::path path = pack(folder, kind.name, kind.format, kind.filter,
                               {{"./x/one.txt", kStory},
                                {"two.jsonl", "{\"text\": \"One.\"}\n{\"id\": \"own\", \"text\": \"Two.\"}\n"},
                                {".hidden.txt", kStory},
                                {"x/.git/y.txt", kStory},
                                {"__MACOSX/._one.txt", kStory},
                                {"photo.jpg", "zzz"},
                                {"../evil.txt", kStory},
                                {"x/../../evil.txt", kStory},
                                {"inner.zip", "PK"},
                                {"empty.txt", ""}});
    const Batch batch = read({path});
    REQUIRE(batch.articles.size() == 3);
    CHECK(batch.articles[0].id == "news/" + std::string(kind.name) + "/x/one.txt");
    CHECK(batch.articles[0].path == path.string() + "/x/one.txt");
    CHECK(batch.articles[0].root == folder.root().string());
    CHECK(batch.articles[1].id == "news/" + std::string(kind.name) + "/two.jsonl:1");
    CHECK(batch.articles[2].id == "own");
    REQUIRE(batch.rejections.size() == 4);
    CHECK(batch.rejections[0].reason == "member path leads out of the archive");
    CHECK(batch.rejections[1].reason == "member path leads out of the archive");
    CHECK(batch.rejections[2].reason == "packed file inside an archive: unpack it first");
    CHECK(batch.rejections[3].reason == "empty file");
    CHECK(batch.rejections[3].path == path.string() + "/empty.txt");
  }
}

TEST_CASE("packed: names that are not ASCII, in any locale") {
  const Folder folder;
  // A zip says by a flag that its names are UTF-8; written by hand through pax headers here.
  const fs::path path = folder.root() / "a.tar";
  REQUIRE(std::system(("cd '" + folder.root().string() +
                       "' && mkdir 新闻 && printf 'The text is here.' > 新闻/早报.txt && tar --format=pax -cf a.tar "
                       "新闻 && rm -r 新闻")
                          .c_str()) == 0);
  const Batch batch = read({path});
  REQUIRE(batch.articles.size() == 1);
  CHECK(batch.articles[0].id == "news/a.tar/新闻/早报.txt");
}

TEST_CASE("packed: names in the encodings of old Windows") {
  struct Name {
    const char *bytes, *id;
  };
  for (const Name& name : {Name{"\xD0\xC2\xCE\xC5/\xD4\xE7\xB1\xA8.txt", "新闻/早报.txt"},
                           Name{"2025-02-27 \xCC\xDA\xD1\xB6.txt", "2025-02-27 腾讯.txt"},
                           Name{"news/\xC4\xCC\xB4\xEF.txt", "news/奶达.txt"}}) {
    CAPTURE(name.id);
    const Folder folder;
    // Same length, so that a name can be put in the place of another: no writer gives such bytes.
    const std::string placeholder = std::string(std::string_view(name.bytes).size() - 4, 'X') + ".txt";
    for (const int format : {ARCHIVE_FORMAT_ZIP, ARCHIVE_FORMAT_TAR_USTAR}) {
      const bool zip = format == ARCHIVE_FORMAT_ZIP;
      std::string bytes = file_bytes(pack(folder, "plain", format, ARCHIVE_FILTER_NONE, {{placeholder, kStory}}));
      for (std::size_t at = bytes.find(placeholder); at != bytes.npos; at = bytes.find(placeholder, at))
        bytes.replace(at, placeholder.size(), name.bytes);
      if (!zip) {
        // The header's checksum, its own field counted as spaces.
        bytes.replace(148, 8, 8, ' ');
        unsigned sum = 0;
        for (std::size_t i = 0; i < 512; ++i) sum += static_cast<unsigned char>(bytes[i]);
        char field[8];
        std::snprintf(field, sizeof field, "%06o", sum);
        bytes.replace(148, 7, field, 7);
      }
      const std::string archive_name = zip ? "a.zip" : "a.tar";
      const Batch batch = read({folder.write(archive_name, bytes)});
      CHECK(batch.rejections.empty());
      REQUIRE(batch.articles.size() == 1);
      CHECK(batch.articles[0].id == "news/" + archive_name + "/" + name.id);
      CHECK(batch.articles[0].path == (folder.root() / archive_name).string() + "/" + name.id);
    }
  }
}

TEST_CASE("packed: a name that no encoding fits is told") {
  const Folder folder;
  std::string bytes = file_bytes(
      pack(folder, "plain", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, {{"cafX.txt", kStory}, {"b.txt", kStory}}));
  for (std::size_t at = bytes.find("cafX"); at != bytes.npos; at = bytes.find("cafX", at))
    bytes.replace(at, 4, "caf\x82");
  const fs::path path = folder.write("a.zip", bytes);
  const Batch batch = read({path});
  CHECK(batch.articles.size() == 1);
  REQUIRE(batch.rejections.size() == 1);
  CHECK(batch.rejections[0].reason == "member 1: its name is not UTF-8, and no other encoding fits");
  CHECK(batch.rejections[0].path == path.string() + "/caf\uFFFD.txt");
}

TEST_CASE("packed: cut files keep what came before") {
  const Folder folder;
  std::string records;
  for (int i = 0; i < 400; ++i)
    records += "{\"text\": \"" + noise(1000 + static_cast<std::size_t>(i)) + std::to_string(i * i) + "\"}\n";
  const std::string whole =
      file_bytes(pack(folder, "a.jsonl.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, {{"a", records}}));
  Batch batch = read({folder.write("cut.jsonl.gz", whole.substr(0, whole.size() / 2))});
  CHECK(batch.articles.size() >= 50);
  REQUIRE(batch.rejections.size() == 1);
  CHECK(contains(batch.rejections[0].reason, "truncated gzip"));
  CHECK(batch.rejections[0].path == (folder.root() / "cut.jsonl.gz").string());

  std::vector<Member> members;
  for (int i = 0; i < 5; ++i) members.push_back({std::to_string(i) + ".txt", noise(200000) + std::to_string(i)});
  const std::string tar = file_bytes(pack(folder, "a.tar.gz", ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP, members));
  batch = read({folder.write("cut.tar.gz", tar.substr(0, tar.size() * 3 / 4))});
  CHECK(batch.articles.size() >= 2);
  REQUIRE(batch.rejections.size() == 1);
  CHECK(contains(batch.rejections[0].reason, "runcated"));

  const std::string zip = file_bytes(pack(folder, "a.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, members));
  batch = read({folder.write("cut.zip", zip.substr(0, zip.size() / 2))});
  CHECK(batch.rejections.size() == 1);
}

TEST_CASE("packed: files that are not what their names say") {
  CHECK(contains(reason_for("a.txt.gz", kStory), "not compressed"));
  CHECK_FALSE(reason_for("a.zip", kStory).empty());
  CHECK_FALSE(reason_for("a.tar", "zzzz").empty());
  for (const char* name : {"a.txt.gz", "a.zip", "a.tar", "a.tar.gz", "a.tgz"})
    CHECK(reason_for(name, "") == "empty file");
}

TEST_CASE("packed: archives that hold nothing") {
  const Folder folder;
  CHECK(read({pack(folder, "a.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, {})}).rejections.at(0).reason ==
        "archive without members");
  CHECK(read({pack(folder, "a.tar.gz", ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP, {})}).rejections.at(0).reason ==
        "archive without members");
  CHECK(
      read({pack(folder, "b.tar.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, {{"b", ""}})}).rejections.at(0).reason ==
      "archive without members");
}

TEST_CASE("packed: encrypted members") {
  const Folder folder;
  const fs::path path = pack(folder, "a.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE,
                             {{"a.txt", kStory}, {"b.txt", kStory}}, "zip:encryption=zipcrypt");
  const Batch batch = read({path});
  CHECK(batch.articles.empty());
  REQUIRE(batch.rejections.size() == 2);
  CHECK(batch.rejections[0].reason == "encrypted member");
  CHECK(batch.rejections[0].id == "news/a.zip/a.txt");
}

TEST_CASE("packed: bombs are bounded") {
  const Folder folder;
  ReadOptions options;
  options.max_article_bytes = 100000;
  const std::string zeros(5000000, ' ');
  const Batch batch =
      read({pack(folder, "a.txt.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, {{"a", zeros}}),
            pack(folder, "b.zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, {{"big.txt", zeros}, {"good.txt", kStory}}),
            pack(folder, "c.jsonl.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP,
                 {{"c", zeros + "\n{\"text\": \"Good.\"}\n"}})},
           options);
  CHECK(batch.articles.size() == 2);
  REQUIRE(batch.rejections.size() == 3);
  CHECK(contains(batch.rejections[0].reason, "more than 100000 bytes"));
  CHECK(batch.rejections[1].reason == "5000000 bytes: larger than the limit of 100000");
  CHECK(batch.rejections[2].reason == "line 1: 5000000 bytes: larger than the limit of 100000");
}

TEST_CASE("packed: a file above the limit is not read") {
  const Folder folder;
  ReadOptions options;
  options.max_article_bytes = 20;
  const Batch batch = read({folder.write("a.txt", kStory)}, options);
  REQUIRE(batch.rejections.size() == 1);
  CHECK(batch.rejections[0].reason ==
        std::to_string(std::string_view(kStory).size()) + " bytes: larger than the limit of 20");
}
