// Usage: bench_collection scale PASSAGES PATH...           a collection (.jsonl) of about so many passages
//        bench_collection batch ARTICLES ROUND PATH...     articles of PATH... under new ids
//        bench_collection words COUNT PATH...              articles of so many words that there are not, each once
//        bench_collection passages PATH...                 the passages that an index would hold (.jsonl)
//        bench_collection files FOLDER PATH...             writes each article as a file, title and text (.txt)
//        bench_collection queries COUNT INDEX PATH...      queries, "kind<TAB>query", COUNT of each kind
//        bench_collection misspelt COUNT PATH...           words with a mistake, "misspelt<TAB>word"
//
// Inputs for the benchmark, made from the articles of PATH... . The same arguments give the same output.
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <variant>

#include "made_queries.h"
#include "nutgraf/passage.h"
#include "nutgraf/reader.h"
#include "random.h"
#include "text/sentences.h"

namespace {

constexpr std::size_t kSentencesInParagraph = 5;  // about a passage
constexpr std::size_t kParagraphs = 2;            // of an article that is made up
constexpr std::size_t kWordsInSentence = 20;
constexpr std::size_t kWordsInArticle = 200;
constexpr std::size_t kFilesInFolder = 1000;

std::vector<nutgraf::Article> read_articles(const std::vector<std::filesystem::path>& paths) {
  nutgraf::ArticleReader reader(paths, {});
  std::vector<nutgraf::Article> articles;
  while (auto result = reader.next()) {
    if (auto* article = std::get_if<nutgraf::Article>(&*result)) articles.push_back(std::move(*article));
  }
  if (articles.empty()) throw std::runtime_error("no articles");
  return articles;
}

void print_record(const std::string& id, const std::string& title, const std::string& text, nutgraf::Date date,
                  const std::string& language = {}) {
  nlohmann::ordered_json record;
  record["id"] = id;
  record["title"] = title;
  record["text"] = text;
  if (date.known()) record["date"] = date.iso();
  if (!language.empty()) record["lang"] = language;
  std::cout << record.dump() << '\n';
}

std::vector<std::string> sentences_of(const std::vector<nutgraf::Article>& articles) {
  std::vector<std::string> sentences;
  std::vector<std::size_t> ends;
  for (const auto& article : articles) {
    for (const auto& block : article.blocks) {
      if (block.kind == nutgraf::BlockKind::heading) continue;
      const auto paragraph = std::string_view(article.text).substr(block.text.begin, block.text.size());
      nutgraf::find_sentence_ends(paragraph, ends);
      std::size_t begin = 0;
      for (const auto end : ends) {
        sentences.emplace_back(paragraph.substr(begin, end - begin));
        begin = end;
      }
    }
  }
  return sentences;
}

void scale(std::size_t passages, const std::vector<nutgraf::Article>& articles) {
  const auto sentences = sentences_of(articles);
  bench::Random random;
  for (std::size_t number = 1; number <= std::max<std::size_t>(1, passages / kParagraphs); ++number) {
    std::string text;
    for (std::size_t paragraph = 0; paragraph < kParagraphs; ++paragraph) {
      for (std::size_t i = 0; i < kSentencesInParagraph; ++i) {
        text += sentences[random.below(sentences.size())];
        if (!text.empty() && text.back() != ' ') text += ' ';
      }
      text += "\n\n";
    }
    const auto& pattern = articles[random.below(articles.size())];
    print_record("made-" + std::to_string(number), pattern.title, text, pattern.date);
  }
}

void batch(std::size_t count, const std::string& round, const std::vector<nutgraf::Article>& articles) {
  bench::Random random;
  for (std::size_t i = 0; i < count * (1 + std::stoul(round)); ++i) {
    const auto& article = articles[random.below(articles.size())];
    if (i < count * std::stoul(round)) continue;  // those of the rounds before
    print_record("batch-" + round + "-" + std::to_string(i), article.title, article.text, article.date);
  }
}

// The front of one word with the end of another, none twice.
std::set<std::string> splice_words(std::size_t count, const std::vector<nutgraf::Article>& articles) {
  std::set<std::string> known;
  for (const auto& article : articles) {
    for (const auto& word : bench::words_of(article.text)) {
      if (word.text.size() >= 6) known.insert(bench::lower(word.text));
    }
  }
  const std::vector<std::string> words(known.begin(), known.end());
  if (words.size() * words.size() < 16 * count) throw std::runtime_error("too few words to splice");
  bench::Random random;
  std::set<std::string> spliced;
  while (spliced.size() < count) {
    const std::string &front = random.one_of(words), &end = random.one_of(words);
    spliced.insert(front.substr(0, front.size() / 2) + end.substr(end.size() / 2));
  }
  return spliced;
}

void words(std::size_t count, const std::vector<nutgraf::Article>& articles) {
  std::string text;
  std::size_t number = 0;
  for (const auto& word : splice_words(count, articles)) {
    text += word;
    const bool full = ++number % kWordsInArticle == 0 || number == count;
    text += full || number % kWordsInSentence == 0 ? ". " : " ";
    if (full) print_record("words-" + std::to_string(number), "", std::exchange(text, {}), {}, "en");
  }
}

void passages(const std::vector<nutgraf::Article>& articles) {
  for (const auto& article : articles) {
    for (const auto& passage : nutgraf::split_into_passages(article)) {
      print_record(article.id + '#' + std::to_string(passage.ordinal), article.title,
                   article.text.substr(passage.text.begin, passage.text.size()), {});
    }
  }
}

void files(const std::filesystem::path& folder, const std::vector<nutgraf::Article>& articles) {
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const auto sub = folder / std::to_string(i / kFilesInFolder);
    std::filesystem::create_directories(sub);
    std::ofstream file(sub / (std::to_string(i) + ".txt"), std::ios::binary);
    file << articles[i].title << "\n\n" << articles[i].text << '\n';
    if (!file.flush()) throw std::runtime_error("cannot write below " + sub.string());
  }
}

void print(const std::vector<bench::Query>& queries) {
  for (const auto& query : queries) std::cout << query.kind << '\t' << query.text << '\n';
}

constexpr std::string_view kUsage =
    "usage: bench_collection scale PASSAGES | batch ARTICLES ROUND | words COUNT | passages | files FOLDER | "
    "queries COUNT INDEX | misspelt COUNT, then PATH...\n";

int run(const std::vector<std::string>& arguments) {
  const std::string what = arguments.empty() ? "" : arguments.front();
  const std::size_t options = what == "passages" ? 1 : what == "batch" || what == "queries" ? 3 : 2;
  if (arguments.size() <= options) {
    std::cerr << kUsage;
    return 2;
  }
  const std::size_t count = options > 1 && what != "files" ? std::stoul(arguments[1]) : 0;
  const auto articles = read_articles({arguments.begin() + static_cast<std::ptrdiff_t>(options), arguments.end()});
  if (what == "scale") {
    scale(count, articles);
  } else if (what == "batch") {
    batch(count, arguments[2], articles);
  } else if (what == "words") {
    words(count, articles);
  } else if (what == "passages") {
    passages(articles);
  } else if (what == "files") {
    files(arguments[1], articles);
  } else if (what == "queries") {
    print(bench::make_queries(count, arguments[2], articles));
  } else if (what == "misspelt") {
    print(bench::make_misspelt_words(count, articles));
  } else {
    std::cerr << kUsage;
    return 2;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) try { return run({argv + 1, argv + argc}); } catch (const std::exception& error) {
  std::cerr << "bench_collection: " << error.what() << '\n';
  return 1;
}
