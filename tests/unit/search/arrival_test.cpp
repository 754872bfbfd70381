// What arrived after a given article, whatever became of the index since.
#include <doctest/doctest.h>

#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

SearchRequest news_after(std::uint64_t sequence, const std::string& query = "chips") {
  SearchRequest request;
  request.query = query;
  request.after = sequence;
  return request;
}

Record record(const std::string& id, const std::string& text) { return {id, "", text, "", ""}; }

}  // namespace

TEST_CASE("arrival: only what came later is found, new articles and new versions") {
  SmallIndex index({record("a", "Old chips."), record("b", "Other chips, old."), record("c", "No such thing.")});
  const SearchResponse all = index.search("chips");
  CHECK(all.sequence == 3);
  CHECK(index.search(news_after(3)).hits.empty());
  CHECK(articles(index.search(news_after(1))) == "b");

  BatchOptions large;
  large.small_batch_passages = 2;
  for (const BatchOptions& path : {BatchOptions(), large}) {
    const std::uint64_t mark = index.search("chips").sequence;
    const std::string number = std::to_string(mark);
    index.add({record("a", "New chips " + number), record("d" + number, "Chips of x."), record("e" + number, "Nothing"),
               record("f" + number, "More chips for " + number)},
              path);
    SearchRequest request = news_after(mark);
    request.facets = {"lang"};
    const SearchResponse news = index.search(request);
    CHECK(news.sequence == mark + 4);
    CHECK(news.total.articles == 3);
    CHECK(news.hits.size() == 3);
    for (const Hit& hit : news.hits) {
      CHECK(hit.article.sequence > mark);
      CHECK((hit.article.first_sequence > mark) == (hit.article.id != "a"));
    }
    CHECK(index.search(news_after(news.sequence)).hits.empty());
  }
}

TEST_CASE("arrival: an exclusion, a condition and a phrase hold for the news, too") {
  SmallIndex index({record("a", "Old chips.")});
  index.add({record("b", "Cheap chips from Taiwan."), record("c", "Cheap chips."), record("d", "Bread.")});
  CHECK(articles(index.search(news_after(1, "\"cheap chips\" -Taiwan"))) == "c");
  CHECK(articles(index.search(news_after(1, "-chips"))) == "d");
  CHECK(articles(index.search(news_after(2, "lang:en bread"))) == "d");
}

TEST_CASE("arrival: an article that comes again, in another file and with another date, is no news") {
  SmallIndex index({record("a", "Old chips."), record("b", "Other chips.")});
  index.add({{"a", "", "Old chips.", "2025-01-01", "Wire"}, record("b", "Other chips, really.")});
  CHECK(index.search("source:wire").total.articles == 1);
  CHECK(articles(index.search(news_after(2))) == "b");
  index.add({{"a", "With a title", "Old chips.", "2025-01-01", "Wire"}});
  CHECK(articles(index.search(news_after(4))) == "a");
  CHECK(index.search(news_after(4)).hits[0].article.first_sequence == 1);
}

TEST_CASE("arrival: of a query without news nothing is corrected and nothing explained") {
  SmallIndex index({record("a", "Old chips.")});
  const SearchResponse none = index.search(news_after(1, "chisp"));
  CHECK(none.hits.empty());
  CHECK_FALSE(none.corrected);
  CHECK(none.sequence == 1);
}

TEST_CASE("arrival: removed articles are no news, and do not hide any") {
  SmallIndex index({record("a", "Old chips."), record("b", "Old chips here.")});
  index.add({record("c", "Chips one."), record("d", "Chips two are many.")});
  remove_articles(index.path(), {"b", "c"});
  CHECK(articles(index.search(news_after(2))) == "d");
  CHECK(articles(index.search(news_after(1))) == "d");
  remove_articles(index.path(), {"d"});
  CHECK(index.search(news_after(2)).hits.empty());
}
