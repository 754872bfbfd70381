// The log of a batch: every document as it was told, and the last one of each id.
#include "index/document_log.h"

#include <doctest/doctest.h>

using namespace nutgraf;

namespace {

bool same(const DocumentReport& a, const DocumentReport& b) {
  return a.path == b.path && a.id == b.id && a.status == b.status && a.passages == b.passages && a.reason == b.reason;
}

}  // namespace

TEST_CASE("document log: documents are told as they were added") {
  std::vector<DocumentReport> reports{
      {"news/a.txt", "news/a.txt", DocumentStatus::added, 3, ""},
      {"news/b.jsonl", "b-1", DocumentStatus::updated, 65'535, "converted from GB18030"},
      {"news/b.jsonl", "", DocumentStatus::rejected, 0, "no text"},
      {"news/b.jsonl", "b-2", DocumentStatus::unchanged, 1, "converted from GB18030"},
      {"/data/2025/news/d.txt", "news/d.txt", DocumentStatus::added, 1, ""},
      {"/data/2025/news/e.txt", "letters/e.txt", DocumentStatus::added, 1, ""},
      {"f.txt", "news/f.txt", DocumentStatus::added, 1, ""},
      {"/g.txt", "g.txt", DocumentStatus::added, 1, ""},
      {"/data/h.txt", "txt", DocumentStatus::added, 1, ""},
      {"/", "/", DocumentStatus::added, 1, ""},
  };
  for (int i = 0; i < 3000; ++i)
    reports.push_back({"news/c" + std::to_string(i % 7), std::to_string(i), DocumentStatus::added,
                       static_cast<std::size_t>(i), std::to_string(i % 5)});
  DocumentLog log;
  for (std::size_t i = 0; i < reports.size(); ++i) log.add(reports[i], "news", i);
  REQUIRE(log.size() == reports.size());
  for (DocumentLog::Number number = 0; number < log.size(); ++number) {
    CAPTURE(number);
    CHECK(same(log.report(number), reports[number]));
    CHECK(log.status(number) == reports[number].status);
    CHECK(log.seen(reports[number].id).value().document == number);
    CHECK(log.seen(reports[number].id).value().sequence == number);
    CHECK(log.seen(reports[number].id).value().root == "news");
  }
  CHECK_FALSE(log.seen("c-1"));
  CHECK_FALSE(DocumentLog().seen(""));
}

TEST_CASE("document log: of an id the last article is known, which a rejected document does not replace") {
  DocumentLog log;
  const DocumentReport rejected{"a", "1", DocumentStatus::rejected, 0, "no text"}, added{"b", "1", {}, 2, "odd"};
  log.add(rejected);
  log.add(rejected);
  CHECK(log.seen("1").value().document == 0);
  CHECK(log.seen("1").value().root.empty());
  log.add(added, "root", 7);
  log.add(rejected);
  CHECK(log.seen("1").value().document == 2);
  CHECK(log.seen("1").value().sequence == 7);
  log.supersede(2, "again");
  log.add(added, {}, 9);
  CHECK(log.seen("1").value().document == 4);
  CHECK(log.seen("1").value().root.empty());
  CHECK(same(log.report(0), rejected));
  CHECK(same(log.report(2), {"b", "1", DocumentStatus::duplicate, 0, "again"}));
  CHECK(same(log.report(4), added));
}
