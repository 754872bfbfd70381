#include "index/vocabulary.h"

#include <doctest/doctest.h>

#include <fstream>
#include <functional>
#include <set>

#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

namespace {

using Listed = std::vector<std::pair<std::string, std::uint64_t>>;

Listed in_order(const WordCounts& counts) {
  Listed words;
  for (const auto& [word, count] : counts.sorted()) words.emplace_back(word, count);
  return words;
}

WordCounts counts_of(const Listed& words) {
  WordCounts counts;
  for (const auto& [word, count] : words) counts.add(word, count);
  return counts;
}

// Of several blocks: "w000" and others that begin so.
WordCounts many_words() {
  WordCounts counts;
  for (int i = 0; i < 20'000; ++i) {
    const std::string number = std::to_string(i * 7919 % 20'000);
    counts.add("w" + std::string(5 - number.size(), '0') + number, static_cast<std::uint64_t>(i % 300));
  }
  return counts;
}

const Recount kNoRecount = [] {
  FAIL("nothing is to be counted again");
  return WordCounts();
};

fs::path words_of(const fs::path& index) { return generation_paths(index, *live_generation(index)).words(); }

Listed vocabulary_of(const fs::path& index) { return in_order(Vocabulary(words_of(index)).counts()); }

std::uint64_t count_of(const fs::path& index, std::string_view word) {
  return Vocabulary(words_of(index)).counts().of(word);
}

std::vector<std::string> words_in(std::string_view text) {
  const Analyzer analyzer;
  TokenStream stream;
  analyzer.tokenize(text, "en", stream);
  std::vector<std::string> words;
  for (const Token& token : stream.tokens()) {
    if (is_vocabulary_word(token)) words.emplace_back(token.surface);
  }
  return words;
}

}  // namespace

TEST_CASE("vocabulary: which tokens are words") {
  using Words = std::vector<std::string>;
  CHECK(words_in("The chips don't cost $512") == Words{"the", "chips", "don't", "cost"});
  CHECK(words_in("GPT-4o and Qwen2.5") == Words{"gpt", "gpt4o", "and", "qwen", "qwen2.5"});
  CHECK(words_in("open-source") == Words{"open", "source"});
  CHECK(words_in("腾讯控股Tencent発表 한국어") == Words{"tencent"});
  CHECK(words_in("Москва état 1987 3rd") == Words{"москва", "etat"});
  CHECK(words_in(std::string(41, 'x')).empty());
}

TEST_CASE("vocabulary: counts add up, and come in byte order") {
  WordCounts counts;
  CHECK(counts.of("a") == 0);
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 5000; ++i) counts.add("w" + std::to_string(i));
  }
  WordCounts more;
  more.add("w7", 10);
  more.add("a", 2);
  counts.add(more);
  CHECK(counts.size() == 5001);
  CHECK(counts.of("w7") == 13);
  CHECK(counts.of("w4999") == 3);
  CHECK(counts.of("w5000") == 0);
  const auto words = in_order(counts);
  CHECK(words.front() == std::pair<std::string, std::uint64_t>{"a", 2});
  CHECK(std::is_sorted(words.begin(), words.end()));
}

TEST_CASE("vocabulary: a cursor gives the words, and shares whole characters only") {
  const Listed words{{"chip", 1}, {"chips", 300}, {"état", 70000}, {"êtes", 2}};
  const std::string bytes = encode_words(counts_of(words));
  Listed read;
  std::vector<std::size_t> shared;
  for (WordCursor cursor(bytes); cursor.next();) {
    read.emplace_back(cursor.word(), cursor.count());
    shared.push_back(cursor.shared());
  }
  CHECK(read == words);
  CHECK(shared == std::vector<std::size_t>{0, 4, 0, 0});
}

TEST_CASE("vocabulary: a cursor finds the first word from any place on") {
  WordCounts counts;
  std::uint64_t number = 1;
  for (const std::string start : {"", "a", "ab", "abc", "b", "cé", "cê", "cèd", "z"}) {
    for (const std::string end : {"a", "b", "ba", "é", "ê", "élan", "zz"}) counts.add(start + end, number++);
  }
  counts.add(std::string(200, 'm'));
  const std::string bytes = encode_words(counts);
  const auto words = counts.sorted();
  std::vector<std::string> targets{
      "", "\x01", "abca", "abcb!", "cé", "zzzz", std::string(199, 'm'), std::string(201, 'm')};
  for (const auto& [word, count] : words) {
    targets.emplace_back(word);
    targets.emplace_back(word.substr(0, word.size() - 1));
    targets.push_back(std::string(word) + "a");
    targets.push_back(std::string(word) + "\xff");
  }
  for (const auto& target : targets) {
    CAPTURE(target);
    auto expected = std::find_if(words.begin(), words.end(), [&](const auto& word) { return word.first >= target; });
    WordCursor cursor(bytes);
    for (bool there = cursor.seek(target); there; there = cursor.next(), ++expected) {
      REQUIRE(expected != words.end());
      CHECK(cursor.word() == expected->first);
      CHECK(cursor.count() == expected->second);
    }
    CHECK(expected == words.end());
  }
  CHECK_FALSE(WordCursor("").seek("a"));
}

TEST_CASE("vocabulary: small batches append, and many are merged") {
  const TempFolder folder;
  const auto file = folder / "words";
  WordCounts expected;
  std::size_t most = 0;
  for (std::uint64_t batch = 1; batch <= 80; ++batch) {
    const WordCounts words = counts_of({{"chips", batch}, {"w" + std::to_string(batch), 1}});
    append_vocabulary(file, batch, words, kNoRecount);
    expected.add(words);
    const Vocabulary vocabulary(file);
    most = std::max(most, vocabulary.sections().size());
    CHECK(vocabulary.reaches(batch));
    CHECK_FALSE(vocabulary.reaches(batch + 1));
    REQUIRE(in_order(vocabulary.counts()) == in_order(expected));
  }
  CHECK(most > 10);
  CHECK(most <= 33);
}

TEST_CASE("vocabulary: what a killed batch left does no harm and goes with the next one") {
  const TempFolder folder;
  const auto file = folder / "words";
  append_vocabulary(file, 1, counts_of({{"chips", 5}}), kNoRecount);
  append_vocabulary(file, 2, counts_of({{"stray", 9}}), kNoRecount);
  SUBCASE("a whole section") {}
  SUBCASE("a torn section") { fs::resize_file(file, fs::file_size(file) - 3); }
  SUBCASE("a torn header") { fs::resize_file(file, fs::file_size(file) - 30); }
  SUBCASE("garbage") { std::ofstream(file, std::ios::app) << "NGwords1 and what not, longer than a header is"; }
  CHECK(Vocabulary(file).counts().of("chips") == 5);
  append_vocabulary(file, 2, counts_of({{"again", 1}}), kNoRecount);
  CHECK(in_order(Vocabulary(file).counts()) == Listed{{"again", 1}, {"chips", 5}});
}

TEST_CASE("vocabulary: what a reader has open stays as it is") {
  const TempFolder folder;
  const auto file = folder / "words";
  append_vocabulary(file, 1, counts_of({{"chips", 5}}), kNoRecount);
  append_vocabulary(file, 2, counts_of({{"stray", 9}}), kNoRecount);
  const Vocabulary open(file);
  append_vocabulary(file, 2, counts_of({{"again", 1}, {"cloud", 1}}), kNoRecount);
  CHECK(in_order(open.counts()) == Listed{{"chips", 5}, {"stray", 9}});
  const Vocabulary grows(file);
  append_vocabulary(file, 3, counts_of({{"more", 1}}), kNoRecount);
  CHECK(in_order(grows.counts()) == Listed{{"again", 1}, {"chips", 5}, {"cloud", 1}});
}

TEST_CASE("vocabulary: sections may be cut anywhere, and what is read is whole") {
  const TempFolder folder;
  const auto file = folder / "words";
  append_vocabulary(file, 1, counts_of({{"chips", 5}, {"market", 2}}), kNoRecount);
  append_vocabulary(file, 2, counts_of({{"cloud", 9}}), kNoRecount);
  const std::string bytes = read_file(file);
  const std::size_t first = Vocabulary(file).sections()[0].end;
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    CAPTURE(size);
    write_file(file, bytes.substr(0, size));
    const Vocabulary cut(file);
    CHECK(cut.sections().size() == (size == bytes.size() ? 2 : size >= first ? 1 : 0));
    CHECK(cut.counts().of("chips") == (size >= first ? 5 : 0));
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    CAPTURE(at);
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
    write_file(file, damaged);
    Vocabulary vocabulary(file);
    vocabulary.drop_damaged();
    CHECK(vocabulary.sections().size() == (at < first ? 0 : 1));
  }
}

TEST_CASE("vocabulary: the blocks with a beginning have all words that begin so") {
  const TempFolder folder;
  const WordCounts counts = many_words();
  write_vocabulary(folder / "words", 1, counts);
  const Vocabulary vocabulary(folder / "words");
  const auto& section = vocabulary.sections().front();
  REQUIRE(section.blocks.size() > 10);
  std::set<std::string> beginnings{"", "\x01", "zzz", "\xff"};
  for (const auto& block : section.blocks) {
    for (std::size_t size = 1; size <= block.first().size(); ++size) beginnings.insert(block.first().substr(0, size));
    beginnings.insert(block.first() + "a");
  }
  std::size_t most = 0;
  for (const auto& beginning : beginnings) {
    CAPTURE(beginning);
    const auto begins_so = [&](const auto& word) { return word.first.starts_with(beginning); };
    Listed expected = in_order(counts), found;
    std::erase_if(expected, std::not_fn(begins_so));
    const std::string_view blocks = sound_bytes(section.blocks_with(beginning));
    for (WordCursor cursor(blocks); cursor.next();) found.emplace_back(cursor.word(), cursor.count());
    std::erase_if(found, std::not_fn(begins_so));
    CHECK(found == expected);
    if (beginning.size() > 2) most = std::max(most, blocks.size());
  }
  CHECK(most < 4 * 4096);
  for (const auto& block : section.blocks) {
    std::uint64_t largest = 0;
    for (WordCursor cursor(sound_bytes({&block, 1})); cursor.next();) largest = std::max(largest, cursor.count());
    CHECK(block.largest() == largest);
  }
}

TEST_CASE("vocabulary: a damaged block is told when its words are needed, and by the next batch") {
  const TempFolder folder;
  const auto file = folder / "words";
  const WordCounts counts = many_words();
  write_vocabulary(file, 1, counts);
  std::string bytes = read_file(file);
  bytes[bytes.size() - 10] ^= 1;  // in the last block
  write_file(file, bytes);
  Vocabulary vocabulary(file);
  REQUIRE(vocabulary.sections().size() == 1);
  const auto& section = vocabulary.sections().front();
  CHECK_FALSE(sound_bytes(section.blocks_with("w0")).empty());
  CHECK(sound_bytes(section.blocks_with(section.blocks.back().first())).empty());
  CHECK(sound_bytes(section.blocks).empty());
  vocabulary.drop_damaged();
  CHECK_FALSE(vocabulary.reaches(1));
  SUBCASE("appended to") {
    append_vocabulary(file, 2, counts_of({{"new", 1}}), [&] { return counts; });
  }
  SUBCASE("merged") {
    WordCounts merged = vocabulary_before(file, 2, [&] { return counts; });
    merged.add("new");
    write_vocabulary(file, 2, merged);
  }
  WordCounts expected = counts;
  expected.add("new");
  CHECK(in_order(Vocabulary(file).counts()) == in_order(expected));
}

TEST_CASE("vocabulary: a file of before there were blocks is read, checked and goes on") {
  const TempFolder folder;
  const auto file = folder / "words";
  // chip 1, chips 300, of batch 3.
  const std::string old(
      "NGwords1\x03\0\0\0\0\0\0\0\x02\0\0\0\x0c\0\0\0"
      "\xa7\xcc\x30\xdd\x06\x01\xad\x6d"
      "\x00\x04"
      "chip\x01"
      "\x04\x01s\xac\x02",
      44);
  write_file(file, old);
  CHECK(in_order(Vocabulary(file).counts()) == Listed{{"chip", 1}, {"chips", 300}});
  CHECK(Vocabulary(file).reaches(3));
  CHECK(Vocabulary(file).sections().front().blocks_with("chips").front().size() == 12);
  append_vocabulary(file, 4, counts_of({{"chips", 1}}), kNoRecount);
  CHECK(Vocabulary(file).sections().size() == 2);
  CHECK(in_order(Vocabulary(file).counts()) == Listed{{"chip", 1}, {"chips", 301}});
  for (std::size_t at = 0; at < old.size(); ++at) {
    CAPTURE(at);
    std::string damaged = old;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
    write_file(file, damaged);
    CHECK(Vocabulary(file).sections().empty());
    write_file(file, old.substr(0, at));
    CHECK(Vocabulary(file).sections().empty());
  }
}

TEST_CASE("vocabulary: small and large path count the same words") {
  const TempFolder folder;
  for (int i = 0; i < 20; ++i) {
    folder.write("news/" + std::to_string(i) + ".md", "# Title of GPT-4o " + std::to_string(i) + "\n\n" +
                                                          prose(200, static_cast<unsigned>(i)) +
                                                          "\n\n## A heading\n\n" + prose(90, 7));
  }
  const auto small = folder / "small", large = folder / "large";
  index_folder(small, folder / "news");
  CHECK(index_folder(large, folder / "news", large_path()).report.rebuilt);
  CHECK(vocabulary_of(small) == vocabulary_of(large));
  CHECK(count_of(small, "heading") == 20);
  CHECK(count_of(small, "gpt4o") == 20);
  CHECK(count_of(small, "title") == 20);

  folder.write("more/new.txt", "Title\n\nBrandnewword " + prose(300, 50));
  index_folder(small, folder / "more");
  index_folder(large, folder / "more", large_path(1));
  CHECK(vocabulary_of(small) == vocabulary_of(large));
  CHECK(count_of(large, "brandnewword") == 1);
  CHECK(check_index(small).empty());
  CHECK(check_index(large).empty());
}

TEST_CASE("vocabulary: words of articles that were replaced or removed may stay, none goes missing") {
  const TempFolder folder;
  const auto index = folder / "index";
  folder.write("news/a.txt", "Title\n\nFirstversion " + prose(100, 1));
  folder.write("news/b.txt", "Title\n\nOther " + prose(100, 2));
  index_folder(index, folder / "news");
  folder.write("news/a.txt", "Title\n\nSecondversion " + prose(100, 1));
  index_folder(index, folder / "news");
  CHECK(count_of(index, "secondversion") == 1);
  remove_articles(index, {"news/a.txt"});
  CHECK(check_index(index).empty());
  folder.write("news/c.txt", "Title\n\nThird " + prose(100, 3));
  index_folder(index, folder / "news");
  CHECK(count_of(index, "third") == 1);
  CHECK(count_of(index, "other") == 1);
  CHECK(check_index(index).empty());
}

TEST_CASE("vocabulary: a missing or damaged file is found by check and made anew by the next batch") {
  for (const std::string damage : {"gone", "empty", "cut", "flipped in a block"}) {
    for (const bool large : {false, true}) {
      CAPTURE(damage);
      CAPTURE(large);
      const TempFolder folder;
      const auto index = folder / "index";
      folder.write("news/a.md", "# Title\n\nFirstarticle " + prose(300, 1) + "\n\n## Heading\n\n" + prose(50, 4));
      folder.write("news/b.txt", prose(200, 2));
      index_folder(index, folder / "news");
      const Listed before = vocabulary_of(index);
      const auto file = words_of(index);
      if (damage == "gone") fs::remove(file);
      if (damage == "empty") fs::resize_file(file, 0);
      if (damage == "cut") fs::resize_file(file, fs::file_size(file) / 2);
      if (damage == "flipped in a block") {
        std::string bytes = read_file(file);
        bytes.back() ^= 1;
        write_file(file, bytes);
      }
      const auto complaints = check_index(index);
      REQUIRE(complaints.size() == 1);
      CHECK(complaints[0].find("word list is missing or damaged") != std::string::npos);

      folder.write("more/c.txt", "Onlyhere.");
      index_folder(index, folder / "more", large ? large_path(1) : BatchOptions());
      CHECK(check_index(index).empty());
      CHECK(count_of(index, "onlyhere") == 1);
      for (const auto& [word, count] : before) {
        CAPTURE(word);
        CHECK(count_of(index, word) == count);
      }
    }
  }
}
