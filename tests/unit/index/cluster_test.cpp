// Cluster files, and what may be done with a cluster. What servers answer is in tests/cluster.
#include "index/cluster.h"

#include <doctest/doctest.h>

#include "index/file_io.h"
#include "index/glass_version.h"
#include "nutgraf/index.h"
#include "support/temp_folder.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

template <typename Action>
std::string problem_with(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("cluster: folders count from the place of the file, replicas come last") {
  const TempFolder folder;
  const auto file = folder.write("cluster.json", R"({"schema": "nutgraf.cluster/1", "timeout_ms": 250, "shards": [
      {"folder": "a/shard-001", "host": "10.0.0.1", "port": 17001},
      {"folder": "/b", "host": "h", "port": 1, "replicas": [{"host": "r", "port": 2}, {"host": "s", "port": 65535}]}]})");
  REQUIRE(is_cluster(file));
  const Cluster cluster = read_cluster(file);
  CHECK(cluster.timeout_ms == 250);
  REQUIRE(cluster.shards.size() == 2);
  CHECK(cluster.shards[0].folder == file.parent_path() / "a/shard-001");
  CHECK(cluster.shards[1].folder == "/b");
  REQUIRE(cluster.shards[1].servers.size() == 3);
  CHECK(cluster.shards[0].servers.front().name() == "10.0.0.1:17001");
  CHECK(cluster.shards[1].servers.back().name() == "s:65535");
}

TEST_CASE("cluster: a file that makes no sense is an error that says what is wrong") {
  const TempFolder folder;
  const std::string head = R"({"schema": "nutgraf.cluster/1", "shards": )";
  const std::vector<std::pair<std::string, std::string>> bad{
      {"", "is no JSON"},
      {"[]", "is no JSON"},
      {R"({"schema": "nutgraf.cluster/2"})", "is no JSON object with"},
      {R"({"schema": "nutgraf.cluster/1"})", "\"shards\" is missing"},
      {head + "4}", "\"shards\" is no list"},
      {head + "[]}", "names no shards"},
      {head + "[4]}", "\"folder\" is missing"},
      {head + R"([{"folder": "", "host": "h", "port": 1}]})", "\"folder\" is no text"},
      {head + R"([{"folder": "a", "port": 1}]})", "\"host\" is missing"},
      {head + R"([{"folder": "a", "host": "h", "port": 0}]})", "\"port\" is no number"},
      {head + R"([{"folder": "a", "host": "h", "port": 65536}]})", "\"port\" is no number"},
      {head + R"([{"folder": "a", "host": "h", "port": 1, "replicas": [{"host": "h"}]}]})", "\"port\" is missing"},
      {head + R"([{"folder": "a", "host": "h", "port": 1}], "timeout_ms": -1})", "\"timeout_ms\" is no number"},
  };
  for (const auto& [text, problem] : bad) {
    CAPTURE(text);
    const auto file = folder.write("cluster.json", text);
    CHECK(contains(problem_with([&] { (void)read_cluster(file); }), problem));
  }
}

TEST_CASE("cluster: what writes is refused") {
  const TempFolder folder;
  const auto file = folder.write("cluster.json", R"({"schema": "nutgraf.cluster/1", "shards": [
      {"folder": "a", "host": "127.0.0.1", "port": 1}]})");
  const std::string refused = "names a cluster, which is only read";
  ArticleReader reader({folder.write("a.txt", "A text.")}, {});
  CHECK(contains(problem_with([&] { (void)index_batch(file, reader, {}); }), refused));
  CHECK(contains(problem_with([&] { (void)remove_articles(file, {"a"}); }), refused));
  CHECK(contains(problem_with([&] { (void)check_index(file); }), refused));
}

TEST_CASE("cluster: the UUID of a database is read without it") {
  const TempFolder folder;
  const Xapian::WritableDatabase database((folder / "passages").string(), Xapian::DB_CREATE);
  CHECK(glass::stored_uuid(folder / "passages") == database.get_uuid());
  CHECK(glass::stored_uuid(folder / "nowhere").empty());
}
