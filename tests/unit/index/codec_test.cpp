#include "index/codec.h"

#include <doctest/doctest.h>

#include "index/manifest.h"
#include "nutgraf/error.h"

using namespace nutgraf;

namespace {

ArticleRecord sample() {
  ArticleRecord record;
  record.id = "collection/a b.txt";
  record.id_from_path = true;
  record.root = "/news/collection";
  record.path = "/news/collection/a b.txt";
  record.record = 300;
  record.title = "Tencent rises to HK$512";
  record.title_derived = true;
  record.source = "来源";
  record.author = "A. Writer";
  record.url = "https://example.org/1";
  record.language = "en";
  record.tags = {"ai", "", "chips"};
  record.date = Date::from_number(20250227);
  record.date_source = DateSource::text;
  record.bytes_of = BytesOf::source;
  record.content_hash = 0xFFFFFFFFFFFFFFFFULL;
  record.passages = 7;
  record.batch = 3;
  record.sequence = 1ULL << 40;
  record.first_sequence = 7;
  record.changed_sequence = 20;
  return record;
}

}  // namespace

TEST_CASE("codec: an article record comes back as it went in") {
  const std::vector<std::string> roots{"/other", "/news/collection"};
  const ArticleRecord in = sample();
  const ArticleRecord out = decode_article(encode(in, roots), roots);
  CHECK(out.id == in.id);
  CHECK(out.id_from_path);
  CHECK(out.root == in.root);
  CHECK(out.path == in.path);
  CHECK(out.record == in.record);
  CHECK(out.title == in.title);
  CHECK(out.title_derived);
  CHECK(out.source == in.source);
  CHECK(out.author == in.author);
  CHECK(out.url == in.url);
  CHECK(out.language == in.language);
  CHECK(out.tags == in.tags);
  CHECK(out.date == in.date);
  CHECK(out.date_source == in.date_source);
  CHECK(out.bytes_of == in.bytes_of);
  CHECK(out.content_hash == in.content_hash);
  CHECK(out.passages == in.passages);
  CHECK(out.batch == in.batch);
  CHECK(out.sequence == in.sequence);
  CHECK(out.first_sequence == 7);
  CHECK(out.changed_sequence == 20);
}

TEST_CASE("codec: an article without an earlier version has one sequence number, stored once") {
  ArticleRecord record = sample();
  const std::string updated = encode(record, {record.root});
  record.first_sequence = record.changed_sequence = record.sequence;
  const std::string first = encode(record, {record.root});
  CHECK(first.size() < updated.size());
  CHECK(decode_article(first, {record.root}).first_sequence == record.sequence);
  CHECK(decode_article(first, {record.root}).changed_sequence == record.sequence);
}

TEST_CASE("codec: a path below its root is stored without it, a look-alike is not") {
  const std::vector<std::string> roots{"/news"};
  ArticleRecord record = sample();
  record.root = "/news";
  record.path = "/news/deep/file.txt";
  CHECK(encode(record, roots).find("/news") == std::string::npos);
  CHECK(decode_article(encode(record, roots), roots).path == "/news/deep/file.txt");
  record.path = "/newsletter/file.txt";
  CHECK(decode_article(encode(record, roots), roots).path == "/newsletter/file.txt");
}

TEST_CASE("codec: a passage comes back as it went in") {
  StoredPassage in;
  in.passage.ordinal = 200;
  in.passage.heading = "01 The old world";
  in.passage.bytes = {1203, 1811};
  in.passage.lines = {14, 16};
  in.passage.text = std::string("text with a NUL \0 in it, and 字", 32);
  in.article = "opaque";
  const StoredPassage out = decode_passage(encode(in));
  CHECK(out.passage.ordinal == 200);
  CHECK(out.passage.heading == in.passage.heading);
  CHECK(out.passage.bytes == in.passage.bytes);
  CHECK(out.passage.lines == in.passage.lines);
  CHECK(out.passage.text == in.passage.text);
  CHECK(out.article == in.article);
}

TEST_CASE("codec: bytes that are no record are an error, not a record") {
  const std::vector<std::string> roots{"/news/collection"};
  const std::string article = encode(sample(), roots);
  for (std::size_t size = 0; size < article.size(); ++size) {
    CAPTURE(size);
    CHECK_THROWS_AS((void)decode_article(article.substr(0, size), roots), Error);
  }
  CHECK_THROWS_AS((void)decode_article(article, {}), Error);
  CHECK_THROWS_AS((void)decode_passage(""), Error);
  CHECK_THROWS_AS((void)decode_passage(std::string(20, '\xff')), Error);
  CHECK_THROWS_AS((void)decode_passage(std::string("\1\1\1\1\1\x7f", 6)), Error);
}

TEST_CASE("manifest: another schema or analyzer is refused with a hint") {
  Manifest manifest;
  manifest.articles = 5;
  manifest.roots = {"/a", "/b"};
  manifest.languages = {"en", "zh"};
  const std::string good = encode(manifest);
  CHECK(decode_manifest(good).articles == 5);
  CHECK(decode_manifest(good).roots == manifest.roots);
  CHECK(decode_manifest(good).languages == manifest.languages);
  for (const std::string& bad : {std::string(), std::string("[]"), std::string(R"({"schema":99})"),
                                 std::string(R"({"schema":1,"analyzer":"from the future"})")}) {
    CAPTURE(bad);
    try {
      (void)decode_manifest(bad);
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::index);
      CHECK_FALSE(error.hint().empty());
    }
  }
}
