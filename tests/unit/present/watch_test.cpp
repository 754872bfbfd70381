// Watches and their news as text and as a feed.
#include <doctest/doctest.h>

#include "nutgraf/error.h"
#include "samples.h"

using namespace nutgraf;

namespace {

constexpr TextStyle kPlain{false, 80};

FeedOptions at(const char* time) {
  FeedOptions options;
  options.title = "phone";
  options.key = "/index\nphone";
  options.now = time;
  return options;
}

std::size_t times(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto place = text.find(part); place != text.npos; place = text.find(part, place + part.size())) ++found;
  return found;
}

// News of one article.
std::vector<WatchNews> item(const std::string& id, const std::string& title) {
  std::vector<WatchNews> news{samples::news()};
  news[0].response.hits.resize(1);
  news[0].response.hits[0].article.id = id;
  news[0].response.hits[0].article.title = title;
  return news;
}

}  // namespace

TEST_CASE("watch text: a block for a mail, silence where nothing is new") {
  CHECK(to_text(samples::news(), kPlain) ==
        "== phone: deepseek titel:price\n"
        "\n"
        "1. DeepSeek's price cut reaches the cloud\n"
        "   updated · 2025-02-27 (text) · Harbour Ledger ·\n"
        "   collection/2025/deepseek.txt#2 · lines 14-16\n"
        "   § Prices\n"
        "   … *DeepSeek* R1 *costs* 75% less. …\n"
        "   also in: wire/a#8 (Wire, 2025-02-28), wire/b#1\n"
        "\n"
        "2. 月之暗面发布新模型\n"
        "   k2#1 · line 1 of the text\n"
        "   *深度求索*降价\n"
        "\n"
        "12 passages in 4 articles · showing 1-2\n"
        "\n");
  WatchNews none = samples::news();
  none.response.hits.clear();
  CHECK(to_text(none, kPlain).empty());
}

TEST_CASE("watch text: the list") {
  std::vector<Watch> watches = samples::watches();
  CHECK(to_text(watches) ==
        "phone  deepseek titel:price · read up to article 1,200\n"
        "腾讯   a \"b\" --plain --by passage --company tencent --source Wire --lang zh · has not run yet\n");
  CHECK(to_text(std::span<const Watch>()).empty());
}

TEST_CASE("atom: a feed with an entry an item") {
  const std::string feed = to_atom(std::vector{samples::news()}, "", at("2026-01-02T03:04:05Z"));
  CHECK(
      feed.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
                       "<id>urn:uuid:"));
  CHECK(feed.ends_with("</entry>\n</feed>\n"));
  CHECK(times(feed, "<entry>") == 2);
  CHECK(times(feed, "<id>urn:uuid:") == 3);
  CHECK(times(feed, "<updated>2026-01-02T03:04:05Z</updated>") == 3);
  CHECK(feed.find("<published>2025-02-27T00:00:00Z</published>") != std::string::npos);
  CHECK(times(feed, "<published>") == 1);  // the other article has no date
  CHECK(feed.find("<author>\n<name>Harbour Ledger</name>\n</author>") != std::string::npos);
  CHECK(feed.find("<title>月之暗面发布新模型</title>") != std::string::npos);
  CHECK(feed.find("<link rel=\"alternate\" href=\"https://example.org/k2\"/>") != std::string::npos);
  CHECK(times(feed, "<category term=\"phone\"/>") == 2);
  CHECK(times(feed, "<category term=\"updated\"/>") == 1);
  CHECK(feed.find("(collection/2025/deepseek.txt#2, lines 14-16)</content>") != std::string::npos);
}

TEST_CASE("atom: what articles say cannot break the feed") {
  auto news = item("a", "</title></entry> & <b>\x1b[31m\xFF ]]>");
  news[0].response.hits[0].article.url = "https://example.org/a b\"<>|?q=1&r=月";
  news[0].response.hits[0].passage.text = "</entry>\n</feed>\n";
  const std::string feed = to_atom(news, "", at("2026-01-02T03:04:05Z"));
  CHECK(times(feed, "</entry>") == 1);
  CHECK(feed.find("<title>&lt;/title&gt;&lt;/entry&gt; &amp; &lt;b&gt;\uFFFD[31m\uFFFD ]]&gt;</title>") !=
        std::string::npos);
  CHECK(feed.find("href=\"https://example.org/a%20b%22%3C%3E%7C?q=1&amp;r=月\"") != std::string::npos);
  news[0].response.hits[0].article.url = "javascript:alert(1)";
  CHECK(to_atom(news, "", at("2026-01-02T03:04:05Z")).find("<link") == std::string::npos);
}

TEST_CASE("atom: former entries stay, newest first, and ids are stable") {
  const std::string first = to_atom(item("a", "One"), "", at("2026-01-01T00:00:00Z"));
  const std::string second = to_atom(item("b", "Two"), first, at("2026-01-02T00:00:00Z"));
  CHECK(times(second, "<entry>") == 2);
  CHECK(second.find("<title>Two</title>") < second.find("<title>One</title>"));
  CHECK(times(second, "2026-01-01T00:00:00Z") == 1);  // when it was found
  CHECK(times(second, "2026-01-02T00:00:00Z") == 2);
  // The same article again takes the place of its entry.
  const std::string third = to_atom(item("a", "One, again"), second, at("2026-01-03T00:00:00Z"));
  CHECK(times(third, "<entry>") == 2);
  CHECK(third.find("<title>One</title>") == std::string::npos);
  CHECK(third.find("<title>One, again</title>") < third.find("<title>Two</title>"));
  // No news: nothing but what was there.
  CHECK(to_atom({}, third, at("2026-01-04T00:00:00Z")) == third);
}

TEST_CASE("atom: at most so many entries, but never less than the news") {
  FeedOptions options = at("2026-01-01T00:00:00Z");
  options.most = 3;
  std::string feed;
  for (const char* id : {"a", "b", "c", "d", "e"}) feed = to_atom(item(id, id), feed, options);
  CHECK(times(feed, "<entry>") == 3);
  CHECK(feed.find("<title>e</title>") < feed.find("<title>c</title>"));
  options.most = 1;
  CHECK(times(to_atom(std::vector{samples::news()}, feed, options), "<entry>") == 2);
}

TEST_CASE("atom: a file that is no feed of ours is not touched") {
  for (const char* text : {"notes", "<feed><entry>\n<id>x</id>\n</entry>\n</feed>\n"}) {
    CAPTURE(text);
    CHECK_THROWS_AS((void)to_atom({}, text, at("2026-01-01T00:00:00Z")), Error);
  }
}

TEST_CASE("atom: the times of a feed and of two indexes are told apart by its key") {
  FeedOptions other = at("2026-01-01T00:00:00Z");
  other.key = "/other";
  CHECK(to_atom({}, "", other) != to_atom({}, "", at("2026-01-01T00:00:00Z")));
}
