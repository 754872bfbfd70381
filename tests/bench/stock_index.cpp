// Usage: stock_index DATABASE PATH...
//
// The loop that the Xapian documentation teaches, over exactly the passages that nutgraf makes of PATH...: a stemming
// TermGenerator with positions, title then text, the text as document data, a Q term as id, one commit. Prints a line
// of JSON; "reading" is the part of the time that went into reading files and cutting passages.
#include <time.h>
#include <xapian.h>

#include <iostream>
#include <nlohmann/json.hpp>
#include <variant>

#include "nutgraf/passage.h"
#include "nutgraf/reader.h"
#include "timing.h"

namespace {

double thread_cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

class StockIndex {
 public:
  explicit StockIndex(const std::string& path) : database_(path, Xapian::DB_CREATE_OR_OVERWRITE) {
    generator_.set_stemmer(Xapian::Stem("en"));
    generator_.set_stemming_strategy(Xapian::TermGenerator::STEM_SOME);
  }

  void add(const nutgraf::Article& article, const nutgraf::Passage& passage) {
    const std::string text = article.text.substr(passage.text.begin, passage.text.size());
    Xapian::Document document;
    generator_.set_document(document);
    generator_.index_text(article.title);
    generator_.increase_termpos();
    generator_.index_text(text);
    document.set_data(text);
    document.add_boolean_term("Q" + article.id + "#" + std::to_string(passage.ordinal));
    database_.add_document(document);
    ++passages_;
    text_bytes_ += text.size();
  }

  void commit() { database_.commit(); }
  std::size_t passages() const { return passages_; }
  std::size_t text_bytes() const { return text_bytes_; }

 private:
  Xapian::WritableDatabase database_;
  Xapian::TermGenerator generator_;
  std::size_t passages_ = 0;
  std::size_t text_bytes_ = 0;
};

struct ReadArticle {
  nutgraf::Article article;
  std::vector<nutgraf::Passage> passages;
};

std::optional<ReadArticle> next_article(nutgraf::ArticleReader& reader) {
  while (auto result = reader.next()) {
    if (auto* article = std::get_if<nutgraf::Article>(&*result)) {
      auto passages = nutgraf::split_into_passages(*article);
      return ReadArticle{std::move(*article), std::move(passages)};
    }
  }
  return {};
}

int run(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: stock_index DATABASE PATH...\n";
    return 2;
  }
  const double start = bench::now();
  double reading = 0, reading_cpu = 0;
  std::size_t articles = 0, title_bytes = 0;
  {
    nutgraf::ArticleReader reader({argv + 2, argv + argc}, {});
    StockIndex index(argv[1]);
    for (;;) {
      const double before = bench::now(), cpu_before = thread_cpu_seconds();
      const auto next = next_article(reader);
      reading += bench::now() - before;
      reading_cpu += thread_cpu_seconds() - cpu_before;
      if (!next) break;
      ++articles;
      title_bytes += next->article.title.size();
      for (const auto& passage : next->passages) index.add(next->article, passage);
    }
    index.commit();
    nlohmann::ordered_json line;
    line["seconds"] = bench::now() - start;
    line["cpu_seconds"] = bench::own_cpu_seconds();
    line["reading_seconds"] = reading;
    line["reading_cpu_seconds"] = reading_cpu;
    line["peak_mb"] = bench::own_peak_mb();
    line["articles"] = articles;
    line["passages"] = index.passages();
    line["text_bytes"] = index.text_bytes();
    line["title_bytes"] = title_bytes;
    line["index_bytes"] = bench::bytes_of_folder(argv[1]);
    std::cout << line.dump() << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) try { return run(argc, argv); } catch (const Xapian::Error& error) {
  std::cerr << "stock_index: " << error.get_description() << '\n';
  return 1;
} catch (const std::exception& error) {
  std::cerr << "stock_index: " << error.what() << '\n';
  return 1;
}
