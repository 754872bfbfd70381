#include "index/signatures.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "nutgraf/error.h"
#include "support/temp_folder.h"

using namespace nutgraf;
using nutgraf::test::TempFolder;

namespace {

const Date kDay = Date::from_number(20250227);

std::vector<std::uint16_t> values(std::span<const std::uint16_t> span) { return {span.begin(), span.end()}; }

void write_three(const GenerationPaths& paths) {
  SignatureWriter writer(paths, 0);
  const std::vector<std::uint16_t> title{7, 8}, text{1, 2, 3}, last{0xFFFF};
  writer.append({title, text, kDay, 1});
  writer.append({{}, {}, Date(), 2});
  writer.append({{}, last, Date(), 1});
  writer.commit();
}

}  // namespace

TEST_CASE("signatures: what was appended is read") {
  const TempFolder folder;
  const GenerationPaths paths{folder.path()};
  write_three(paths);
  const Signatures signatures(paths, 3);
  CHECK(values(signatures.of(1)) == std::vector<std::uint16_t>{1, 2, 3});
  CHECK(signatures.of(2).empty());
  CHECK(values(signatures.of(3)) == std::vector<std::uint16_t>{0xFFFF});
  CHECK(values(signatures.title(1)) == std::vector<std::uint16_t>{7, 8});
  CHECK(values(signatures.title(2)) == std::vector<std::uint16_t>{7, 8});  // of its article
  CHECK(signatures.title(3).empty());
  CHECK(signatures.date(1) == kDay);
  CHECK_FALSE(signatures.date(2).known());
  CHECK(signatures.article(1) == 1);
  CHECK(signatures.article(2) == 1);
  CHECK(signatures.article(3) == 3);
}

TEST_CASE("signatures: the tail of a batch that did not make it is cut off") {
  const TempFolder folder;
  const GenerationPaths paths{folder.path()};
  write_three(paths);
  {
    SignatureWriter writer(paths, 1);  // the database knows docid 1 only
    const std::vector<std::uint16_t> nine{9};
    writer.append({{}, nine, Date(), 1});
    writer.commit();
  }
  const Signatures signatures(paths, 2);
  CHECK(values(signatures.of(1)) == std::vector<std::uint16_t>{1, 2, 3});
  CHECK(values(signatures.of(2)) == std::vector<std::uint16_t>{9});
  CHECK(std::filesystem::file_size(paths.signatures()) == 12);
  CHECK(std::filesystem::file_size(paths.directory()) == 32);
}

TEST_CASE("signatures: a reader of an older moment does not see what came later") {
  const TempFolder folder;
  const GenerationPaths paths{folder.path()};
  write_three(paths);
  const Signatures before(paths, 1);
  CHECK(before.last_docid() == 1);
  CHECK(values(before.of(1)) == std::vector<std::uint16_t>{1, 2, 3});
}

TEST_CASE("signatures: append_from renumbers a range") {
  const TempFolder source_folder, target_folder;
  const GenerationPaths source{source_folder.path()}, target{target_folder.path()};
  write_three(source);
  {
    SignatureWriter writer(target, 0);
    const std::vector<std::uint16_t> five{5};
    writer.append({{}, five, Date(), 1});
    writer.append_from(source, 1, 3);
    writer.commit();
    CHECK(writer.last_docid() == 4);
  }
  const Signatures signatures(target, 4);
  CHECK(values(signatures.of(1)) == std::vector<std::uint16_t>{5});
  CHECK(signatures.title(1).empty());
  CHECK(values(signatures.title(2)) == std::vector<std::uint16_t>{7, 8});
  CHECK(values(signatures.of(2)) == std::vector<std::uint16_t>{1, 2, 3});
  CHECK(signatures.of(3).empty());
  CHECK(signatures.article(3) == 2);
  CHECK(values(signatures.of(4)) == std::vector<std::uint16_t>{0xFFFF});
}

TEST_CASE("signatures: a missing or short file is an error with a hint") {
  const TempFolder folder;
  const GenerationPaths paths{folder.path()};
  CHECK_THROWS_AS(Signatures(paths, 1), Error);
  write_three(paths);
  CHECK_THROWS_AS(Signatures(paths, 4), Error);
  CHECK_THROWS_AS(SignatureWriter(paths, 4), Error);
  std::filesystem::resize_file(paths.signatures(), 10);
  CHECK_THROWS_AS(Signatures(paths, 3), Error);
  CHECK_NOTHROW(Signatures(paths, 2));
}
