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

TEST_CASE("signatures: large files are written in pieces, and hold what was appended") {
  const TempFolder folder;
  const GenerationPaths paths{folder.path()};
  constexpr std::uint32_t kPassages = 300'000;  // of two pieces of signatures and of the directory
  const auto text_of = [](std::uint32_t docid) {
    return std::vector<std::uint16_t>(docid % 15, static_cast<std::uint16_t>(docid));
  };
  const auto append = [&](SignatureWriter& writer, std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t docid = first; docid <= last; ++docid) {
      const auto text = text_of(docid);
      writer.append({{}, text, Date(), docid % 7 + 1});
    }
  };
  SUBCASE("at once") {
    SignatureWriter writer(paths, 0);
    append(writer, 1, kPassages);
    for (const auto& path : {paths.signatures(), paths.directory()}) {
      CHECK(std::filesystem::file_size(path) >= 2 * kPiece);
      CHECK(std::filesystem::file_size(path) % kPiece == 0);
    }
    writer.commit();
  }
  SUBCASE("by two writers, and flushed meanwhile") {
    {
      SignatureWriter writer(paths, 0);
      append(writer, 1, 1000);
      writer.flush();
      append(writer, 1001, 140'000);
      writer.commit();
    }
    SignatureWriter writer(paths, 139'999);
    append(writer, 140'000, kPassages);
    for (const auto& path : {paths.signatures(), paths.directory()})
      CHECK(std::filesystem::file_size(path) % kPiece == 0);
    writer.commit();
  }
  const Signatures signatures(paths, kPassages);
  bool same = true;
  for (std::uint32_t docid = 1; docid <= kPassages; ++docid)
    same = same && values(signatures.of(docid)) == text_of(docid) && signatures.ordinal(docid) == docid % 7 + 1;
  CHECK(same);
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

TEST_CASE("signatures: of several shards, docids go round") {
  const TempFolder folder_a, folder_b;
  const GenerationPaths a{folder_a.path()}, b{folder_b.path()};
  write_three(a);  // two articles: docids 1 and 3, then 5
  {
    SignatureWriter writer(b, 0);
    const std::vector<std::uint16_t> four{4};
    writer.append({{}, four, kDay, 1});  // docid 2
    writer.commit();
  }
  const std::vector<Signatures> shards{Signatures(a, 3), Signatures(b, 1)};
  const Signatures both(shards);
  CHECK(both.stride() == 2);
  CHECK(both.last_docid() == 5);
  CHECK(values(both.of(1)) == std::vector<std::uint16_t>{1, 2, 3});
  CHECK(values(both.of(2)) == std::vector<std::uint16_t>{4});
  CHECK(values(both.of(5)) == std::vector<std::uint16_t>{0xFFFF});
  CHECK(values(both.title(3)) == std::vector<std::uint16_t>{7, 8});
  CHECK(both.article(3) == 1);
  CHECK(both.article(5) == 5);
  CHECK(both.passage(1, 2) == 3);
  CHECK(both.next_passage(1) == 3);
  CHECK(both.next_passage(3) == 0);
  CHECK(both.next_passage(2) == 0);
  CHECK(both.next_passage(5) == 0);
  ArticleSteps steps(both);
  std::vector<bool> entered;
  for (const std::uint32_t docid : {1U, 2U, 3U, 5U}) entered.push_back(steps.enters(docid));
  CHECK(entered == std::vector<bool>{true, true, false, true});
}

// What a walk lets go of is there again for who asks.
TEST_CASE("signatures: a walk reads what was appended, and so does who comes after it") {
  constexpr std::uint32_t kPassages = 200'000;
  const TempFolder folder;
  const auto text_of = [](std::uint32_t docid) {
    return std::vector<std::uint16_t>(30, static_cast<std::uint16_t>(docid));
  };
  const std::vector<std::uint16_t> title{5, 6};
  const auto ordinal_of = [](std::uint32_t docid) { return 1 + (docid - 1) % 3; };
  const GenerationPaths paths{folder.path()};
  {
    SignatureWriter writer(paths, 0);
    for (std::uint32_t docid = 1; docid <= kPassages; ++docid)
      writer.append(
          {ordinal_of(docid) == 1 ? title : std::vector<std::uint16_t>(), text_of(docid), kDay, ordinal_of(docid)});
    writer.commit();
  }
  const auto is_right = [&](const Signatures& signatures, std::uint32_t docid, std::uint32_t local) {
    return values(signatures.of(docid)) == text_of(local) && values(signatures.title(docid)) == title &&
           signatures.ordinal(docid) == ordinal_of(local);
  };
  const Signatures one(paths, kPassages);
  const Signatures two(std::vector{one, one});
  std::size_t wrong = 0;
  for (int round = 0; round < 2; ++round) {
    SignatureWalk walk(one);
    for (std::uint32_t docid = 1; docid <= kPassages; ++docid) {
      walk.reach(docid);
      wrong += is_right(one, docid, docid) ? 0 : 1;
    }
    SignatureWalk both(two);
    for (std::uint32_t docid = 1; docid <= two.last_docid(); ++docid) {
      both.reach(docid);
      wrong += is_right(two, docid, (docid + 1) / 2) ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
  one.let_go(1, kPassages + 1);
  two.let_go(1, 2 * kPassages + 1);
  CHECK(is_right(one, 1, 1));
}
