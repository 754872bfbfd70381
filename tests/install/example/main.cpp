// Usage: example FOLDER INDEX QUERY    Indexes the articles of a folder and searches them.
#include <cstdio>
#include <span>

#include "nutgraf/error.h"
#include "nutgraf/index.h"
#include "nutgraf/present.h"
#include "nutgraf/reader.h"
#include "nutgraf/search.h"

int main(int argc, char** argv) try {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 4) {
    std::fputs("usage: example FOLDER INDEX QUERY\n", stderr);
    return 2;
  }
  nutgraf::ArticleReader reader({arguments[1]}, {});
  const nutgraf::BatchReport report = nutgraf::index_batch(arguments[2], reader, {});
  std::printf("%zu articles\n", report.added);

  nutgraf::Searcher searcher(arguments[2]);
  nutgraf::SearchRequest request;
  request.query = arguments[3];
  for (const nutgraf::Hit& hit : searcher.search(request).hits) {
    std::printf("%zu: %s: ", hit.rank, nutgraf::printable(hit.article.id).c_str());
    for (const nutgraf::Fragment& fragment : hit.snippet) {
      std::size_t printed = 0;
      for (const nutgraf::ByteRange& mark : fragment.marks) {
        std::printf("%s*%s*", fragment.text.substr(printed, mark.begin - printed).c_str(),
                    fragment.text.substr(mark.begin, mark.size()).c_str());
        printed = mark.end;
      }
      std::puts(fragment.text.substr(printed).c_str());
    }
  }
  return 0;
} catch (const nutgraf::Error& error) {
  std::fprintf(stderr, "example: %s\n", error.what());
  return static_cast<int>(error.code());
}
