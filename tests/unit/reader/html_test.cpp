#include "nlohmann/json.hpp"
#include "unit/reader/fixture.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

const std::string kFirst =
    "The company said on Monday that the new plant near the harbour will make chips for cars, phones and toys from May "
    "on.";
const std::string kSecond =
    "Analysts had expected a later date, since the machines that the plant needs are delivered only after a long wait.";

std::string page(const std::string& head, const std::string& body) {
  return "<!DOCTYPE html>\n<html lang=\"en-GB\"><head>" + head + "</head>\n<body>" + body + "</body></html>";
}

}  // namespace

TEST_CASE("html: the article, not what is around it") {
  const std::string source =
      page("<title>The plant opens | Harbour Ledger</title>",
           "<nav><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav><div class=cookie-banner>We use cookies "
           "to make this page better for you and for us, as everybody does.</div>"
           "<article><h1>The plant opens</h1><div class=share-buttons><a href=#>Share</a></div><p>" +
               kFirst +
               "</p>\n<figure><img src=x><figcaption>The plant, seen from the harbour, on a morning in May of this "
               "year</figcaption></figure>"
               "<h2>Waiting</h2><p>" +
               kSecond +
               "</p><script>var x = 'text';</script></article>"
               "<aside><h3>Related stories</h3><p>Another company said on Tuesday that it will close a plant that "
               "nobody needs any more.</p></aside><footer>© 2025 Harbour Ledger</footer>");
  const Article article = read_one("a.html", source);
  CHECK(article.title == "The plant opens");
  CHECK(article.language == "en");
  CHECK(blocks_of(article) == std::vector<std::string>{kFirst, "# Waiting", kSecond});
  CHECK(article.bytes_of == BytesOf::source);
  CHECK(source_of(article, 0, source) == kFirst);
  CHECK(source_of(article, 1, source) == "Waiting");
}

TEST_CASE("html: inline markup and entities lead back to their bytes") {
  const std::string text =
      "The <b>plant</b> costs &euro;5bn &amp; more&nbsp;&#8211; said &ldquo;the owner&rdquo;, R&amp;D head&#x2026; of "
      "it";
  const std::string source = page("", "<p>" + text + "</p><p>" + kFirst + "</p>");
  const Article article = read_one("a.html", source);
  REQUIRE(article.blocks.size() == 2);
  CHECK(blocks_of(article)[0] == "The plant costs €5bn & more\u00A0– said “the owner”, R&D head… of it");
  CHECK(source_of(article, 0, source) == text);
  // A slice that begins and ends inside of the paragraph.
  const auto slice_of = [&](std::string_view words) {
    const std::size_t at = article.text.find(words);
    REQUIRE(at != std::string::npos);
    const ByteRange origin = origin_of(article, {at, at + words.size()});
    return source.substr(origin.begin, origin.size());
  };
  CHECK(slice_of("plant") == "plant");
  CHECK(slice_of("5bn & more") == "5bn &amp; more");
  CHECK(slice_of("the owner") == "the owner");
  CHECK(slice_of("head") == "head");
  CHECK(slice_of("of it") == "of it");
}

TEST_CASE("html: metadata, best source first") {
  const std::string linked =
      R"(<script type="application/ld+json">{"@graph":[{"@type":"WebPage","name":"x"},{"@type":["NewsArticle"],"headline":"From JSON-LD",
    "datePublished":"2025-02-26T10:00:00Z","author":[{"name":"Jane Doe"},{"name":"John Roe"}],"publisher":{"name":"Harbour Ledger"}}]}</script>)";
  const std::string body =
      "<h1>From h1</h1><time datetime=2025-02-20>20 Feb</time><p>" + kFirst + "</p><p>" + kSecond + "</p>";
  const Article all =
      read_one("a.html", page("<title>From title</title><meta property=og:title content='From og'><meta "
                              "property=og:site_name content='Delta Wire'>"
                              "<meta property='article:published_time' content='2025-02-27T08:00:00+08:00'><link "
                              "rel=canonical href='https://x.example/a'>" +
                                  linked,
                              body));
  CHECK(all.title == "From og");
  CHECK(all.source == "Delta Wire");
  CHECK(all.author == "Jane Doe, John Roe");
  CHECK(all.date.iso() == "2025-02-27");
  CHECK(all.date_source == DateSource::meta);
  CHECK(all.id == "https://x.example/a");
  const Article from_linked = read_one("a.html", page("<title>From title</title>" + linked, body));
  CHECK(from_linked.title == "From JSON-LD");
  CHECK(from_linked.source == "Harbour Ledger");
  CHECK(from_linked.date.iso() == "2025-02-26");
  const Article from_body = read_one("a.html", page("<title>From title</title>", body));
  CHECK(from_body.title == "From h1");
  CHECK(from_body.date.iso() == "2025-02-20");
  const Article from_title = read_one(
      "a.html", page("<title>From the title - Harbour Ledger</title>", "<p>Feb. 1, 2025</p><p>" + kFirst + "</p>"));
  CHECK(from_title.title == "From the title");
  CHECK(from_title.date.iso() == "2025-02-01");
  CHECK(from_title.date_source == DateSource::text);
  CHECK(from_title.blocks.size() == 1);
}

TEST_CASE("html: urls") {
  const std::string body = "<p>" + kFirst + "</p>";
  // The site's own address names no article.
  CHECK(read_one("a.html", page("<link rel=canonical href='https://x.example/'>", body)).id == "news/a.html");
  const Article dated =
      read_one("a.html", page("<link rel=canonical href='https://www.x.example/2025/02/27/plant'>", body));
  CHECK(dated.date.iso() == "2025-02-27");
  CHECK(dated.date_source == DateSource::url);
  CHECK(dated.source == "x.example");
}

TEST_CASE("html: an old page of div and br") {
  const Article article = read_one("a.html", "<html><body><div class=menu><a href=/>Home</a></div><div id=main>" +
                                                 kFirst + "<br><br>" + kSecond + "<br>Last line.</div></body></html>");
  CHECK(blocks_of(article) == std::vector<std::string>{kFirst, kSecond + "\nLast line."});
}

TEST_CASE("html: tables and lists") {
  const Article article = read_one(
      "a.html",
      page("", "<p>" + kFirst +
                   "</p><table><tr><th>Model<th>Price<tr><td>R1<td>2</table><ul><li>One item<li>Two items</ul>"));
  CHECK(blocks_of(article) == std::vector<std::string>{kFirst, "Model | Price", "R1 | 2", "One item", "Two items"});
}

TEST_CASE("html: nothing to read, or too much of it") {
  CHECK(reason_for("a.html", page("<title>x</title>", "<script>x</script>")) == "no text");
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<div>";
  CHECK(contains(reason_for("a.html", deep + kFirst), "elements nested deeper than"));
}

TEST_CASE("html: misnested markup keeps the map ascending") {
  // read_one checks the map.
  CHECK(read_one("a.html",
                 "<p><b>" + kFirst + "<i>more</b> text</i><table>foster <tr><td>cell</td></tr></table>" + kSecond)
            .blocks.size() >= 2);
}
