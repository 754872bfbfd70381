// Usage: bench_collection scale PASSAGES PATH...           a collection (.jsonl) of about so many passages
//        bench_collection batch ARTICLES ROUND PATH...     articles of PATH... under new ids
//        bench_collection queries COUNT PATH...            queries, "kind<TAB>query", COUNT of each length
//
// Inputs for the benchmark, made from the articles of PATH... . The same arguments give the same output.
#include <cctype>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <variant>

#include "nutgraf/reader.h"
#include "text/sentences.h"
#include "timing.h"

namespace {

constexpr std::uint64_t kSeed = 20250227;
constexpr std::size_t kSentencesInParagraph = 5;  // about a passage
constexpr std::size_t kParagraphs = 2;            // of an article that is made up
constexpr std::size_t kPhrases = 3;

class Random {
 public:
  /// Below `limit`. Plain modulo: the library's distributions differ between compilers.
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(engine_() % limit); }

 private:
  std::mt19937_64 engine_{kSeed};
};

std::vector<nutgraf::Article> read_articles(const std::vector<std::filesystem::path>& paths) {
  nutgraf::ArticleReader reader(paths, {});
  std::vector<nutgraf::Article> articles;
  while (auto result = reader.next()) {
    if (auto* article = std::get_if<nutgraf::Article>(&*result)) articles.push_back(std::move(*article));
  }
  if (articles.empty()) throw std::runtime_error("no articles");
  return articles;
}

void print_record(const std::string& id, const std::string& title, const std::string& text, nutgraf::Date date) {
  nlohmann::ordered_json record;
  record["id"] = id;
  record["title"] = title;
  record["text"] = text;
  if (date.known()) record["date"] = date.iso();
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
  Random random;
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
  Random random;
  for (std::size_t i = 0; i < count * (1 + std::stoul(round)); ++i) {
    const auto& article = articles[random.below(articles.size())];
    if (i < count * std::stoul(round)) continue;  // those of the rounds before
    print_record("batch-" + round + "-" + std::to_string(i), article.title, article.text, article.date);
  }
}

// Runs of plain words, as they stand side by side.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// Words of four letters or more from one article, drawn by how often they occur: what a reader of it might type.
std::string draw_words(Random& random, const std::vector<nutgraf::Article>& articles, std::size_t count) {
  for (;;) {
    const auto words = words_of(articles[random.below(articles.size())].text);
    if (words.size() < 30) continue;
    std::vector<std::string> drawn;
    for (int attempt = 0; attempt < 200 && drawn.size() < count; ++attempt) {
      const auto& word = words[random.below(words.size())];
      if (word.size() >= 4 && std::find(drawn.begin(), drawn.end(), word) == drawn.end()) drawn.push_back(word);
    }
    if (drawn.size() == count) return joined(drawn);
  }
}

std::string draw_phrase(Random& random, const std::vector<nutgraf::Article>& articles) {
  for (;;) {
    const auto words = words_of(articles[random.below(articles.size())].title);
    if (words.size() < 2) continue;
    const std::size_t first = random.below(words.size() - 1);
    if (words[first].size() < 4 || words[first + 1].size() < 4) continue;
    return "\"" + words[first] + " " + words[first + 1] + "\"";
  }
}

void queries(std::size_t count, const std::vector<nutgraf::Article>& articles) {
  Random random;
  for (const std::size_t length : {1, 2, 3, 5}) {
    for (std::size_t i = 0; i < count; ++i) {
      std::cout << length << (length == 1 ? " word\t" : " words\t") << draw_words(random, articles, length) << '\n';
    }
  }
  for (std::size_t i = 0; i < kPhrases; ++i) std::cout << "phrase\t" << draw_phrase(random, articles) << '\n';
}

int run(const std::vector<std::string>& arguments) {
  const std::string what = arguments.empty() ? "" : arguments.front();
  const std::size_t options = what == "batch" ? 3 : what == "scale" || what == "queries" ? 2 : 0;
  if (options == 0 || arguments.size() <= options) {
    std::cerr << "usage: bench_collection scale PASSAGES | batch ARTICLES ROUND | queries COUNT, then PATH...\n";
    return 2;
  }
  const std::size_t count = std::stoul(arguments[1]);
  const auto articles = read_articles({arguments.begin() + static_cast<std::ptrdiff_t>(options), arguments.end()});
  if (what == "scale") {
    scale(count, articles);
  } else if (what == "batch") {
    batch(count, arguments[2], articles);
  } else {
    queries(count, articles);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) try { return run({argv + 1, argv + argc}); } catch (const std::exception& error) {
  std::cerr << "bench_collection: " << error.what() << '\n';
  return 1;
}
