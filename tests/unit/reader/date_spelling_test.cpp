#include "reader/date_spelling.h"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

using namespace nutgraf;
using namespace nutgraf::reader;

TEST_CASE("dates: spellings at a place") {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"02/27 2025", "2025-02-27"},
      {"02/27/2025", "2025-02-27"},
      {"2025-02-27 14:30", "2025-02-27"},
      {"2025-02-27T23:59:00+08:00", "2025-02-27"},
      {"2025-02-27T14:30:00.123Z", "2025-02-27"},
      {"2025/02/27", "2025-02-27"},
      {"2025.2.7", "2025-02-07"},
      {"2025-Feb-27", "2025-02-27"},
      {"2025年2月27日", "2025-02-27"},
      {"2025 年 2 月 27 日 14时30分", "2025-02-27"},
      {"2025年2月27号", "2025-02-27"},
      {"Feb. 27, 2025", "2025-02-27"},
      {"February 27, 2025, 2:30 p.m. ET", "2025-02-27"},
      {"FEBRUARY 27 2025", "2025-02-27"},
      {"Sept. 3rd, 2024", "2024-09-03"},
      {"27 February 2025", "2025-02-27"},
      {"27th of February, 2025", "2025-02-27"},
      {"27. Februar 2025", "2025-02-27"},
      {"27 février 2025", "2025-02-27"},
      {"27 de febrero de 2025", "2025-02-27"},
      {"26-FEB-1987 15:01:01.79", "1987-02-26"},
      {"2-MAR-1987 11:25:38.57", "1987-03-02"},
      {"26-FEB-87", "1987-02-26"},
      {"Thu, 27 Feb 2025 10:00:00 +0800", "2025-02-27"},
      {"Thursday, February 27, 2025", "2025-02-27"},
      {"27.02.2025", "2025-02-27"},
      {"27/02/2025", "2025-02-27"},
      {"29 Feb 2024", "2024-02-29"},
  };
  for (const auto& [text, iso] : cases) {
    CAPTURE(text);
    const auto found = date_at(text, 0);
    REQUIRE(found);
    CHECK(found->date.iso() == iso);
    CHECK(found->at.begin == 0);
    CHECK(found->at.end == std::string_view(text).size());
    CHECK_FALSE(found->ambiguous);
  }
}

TEST_CASE("dates: what is none") {
  for (const char* text : {"", "2025", "February 2025", "27 February", "Feb. 27", "30 Feb 2025", "2025-13-01",
                           "13/13/2025", "9.11", "1.2.3", "12025-02-27", "2025-02-271", "Mayor 5, 2025",
                           "Marching 5, 2025", "01/04/63", "3 days 2025", "V3.2"}) {
    CAPTURE(text);
    CHECK_FALSE(date_at(text, 0));
  }
}

TEST_CASE("dates: both readings possible: month first, and said so") {
  CHECK(date_at("02/03/2025", 0)->date.iso() == "2025-02-03");
  CHECK(date_at("02/03/2025", 0)->ambiguous);
  CHECK_FALSE(date_at("02/02/2025", 0)->ambiguous);
  CHECK_FALSE(date_at("02/27/2025", 0)->ambiguous);
  CHECK_FALSE(date_at("2025-02-03", 0)->ambiguous);
  CHECK(date_of_value("01/04/63")->ambiguous);
  CHECK_FALSE(date_of_value("01/24/63")->ambiguous);
}

TEST_CASE("dates: values of fields") {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"1740614400", "2025-02-27"},   {"1740614400000", "2025-02-27"},           {"1740614400.5", "2025-02-27"},
      {"20250227", "2025-02-27"},     {"20250227T101500", "2025-02-27"},         {"20250227101500", "2025-02-27"},
      {" 2025-02-27 ", "2025-02-27"}, {"Published: Feb 27, 2025", "2025-02-27"}, {"01/04/63", "1963-01-04"},
      {"12/24/19", "2019-12-24"}};
  for (const auto& [text, iso] : cases) {
    CAPTURE(text);
    const auto found = date_of_value(text);
    REQUIRE(found);
    CHECK(found->date.iso() == iso);
  }
  for (const char* text : {"", "soon", "2025", "0", "99999999999999999999", "-1740614400", "20251301"}) {
    CAPTURE(text);
    CHECK_FALSE(date_of_value(text));
  }
}

TEST_CASE("dates: in urls and file names") {
  const std::vector<std::pair<const char*, const char*>> cases{{"https://news.example/2025/02/27/chips", "2025-02-27"},
                                                               {"2014/12/12/1.0-Timeline", "2014-12-12"},
                                                               {"2025-06-01.md", "2025-06-01"},
                                                               {"story_20250227_final.txt", "2025-02-27"},
                                                               {"2025_02_27-chips.txt", "2025-02-27"},
                                                               {"2025-02/2025-02-27.md", "2025-02-27"}};
  for (const auto& [path, iso] : cases) {
    CAPTURE(path);
    const auto date = date_in_path(path);
    REQUIRE(date);
    CHECK(date->iso() == iso);
  }
  for (const char* path : {"story.txt", "2025/02/", "item-123456789.html", "2025-02-30", "12345678"}) {
    CAPTURE(path);
    CHECK_FALSE(date_in_path(path));
  }
}
