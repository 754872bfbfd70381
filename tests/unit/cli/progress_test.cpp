#include "cli/progress.h"

#include <doctest/doctest.h>

#include <sstream>

using namespace nutgraf::cli;

TEST_CASE("progress: share, articles, rate and time left") {
  CHECK(progress_line(1234, 50, 100, 2.0) == "[============>           ] 50%  1,234 articles  617/s  2 s left");
  CHECK(progress_line(0, 0, 100, 0.0) == "[>                       ] 0%  0 articles");
  CHECK(progress_line(1'000'000, 10, 100, 100.0) ==
        "[==>                     ] 10%  1,000,000 articles  10,000/s  15 min 00 s left");
}

TEST_CASE("progress: when all is read, the writing goes on") {
  CHECK(progress_line(7, 100, 100, 1.0) == "[========================] 100%  7 articles  7/s  writing");
  CHECK(progress_line(7, 120, 100, 1.0).find("100%") != std::string::npos);  // a file grew while it was read
  CHECK(progress_line(0, 0, 0, 1.0).find("100%") != std::string::npos);
}

TEST_CASE("progress: nothing where nobody looks") {
  std::ostringstream out;
  {
    Progress progress(out, false);
    progress.update(5, 100, 100);
  }
  CHECK(out.str().empty());
  {
    Progress progress(out, true);
    progress.update(5, 100, 100);
    CHECK(out.str().find("5 articles") != std::string::npos);
  }
  CHECK(out.str().ends_with("\r\x1b[K"));  // the line is wiped at the end
}
