// The files of an evaluation: topics, judgements, runs.
#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>
#include <utility>

#include "nutgraf/error.h"
#include "nutgraf/eval.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

using Fields = std::vector<std::string_view>;

constexpr std::string_view kBlanks = " \t";

Fields split(std::string_view line, std::string_view separators, bool runs_count_once) {
  Fields fields;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find_first_of(separators), line.size());
    if (end > 0 || !runs_count_once) fields.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return fields;
}

/// The lines of a file that are not blank.
class Lines {
 public:
  explicit Lines(std::filesystem::path file) : file_(std::move(file)), in_(file_, std::ios::binary) {
    if (!in_ || std::filesystem::is_directory(file_)) fail_to_read();
  }

  bool next() {
    while (std::getline(in_, line_)) {
      ++number_;
      if (number_ == 1 && line_.starts_with("\xEF\xBB\xBF")) line_.erase(0, 3);
      if (line_.ends_with('\r')) line_.pop_back();
      if (line_.find_first_not_of(kBlanks) != std::string::npos) return true;
    }
    if (in_.bad()) fail_to_read();
    return false;
  }

  [[nodiscard]] std::string_view line() const { return line_; }

  [[noreturn]] void fail(const std::string& message, std::string hint) const {
    throw Error(ErrorCode::usage, file_.string() + ", line " + std::to_string(number_) + ": " + message,
                std::move(hint));
  }

 private:
  [[noreturn]] void fail_to_read() const {
    throw Error(ErrorCode::usage, "cannot read " + file_.string(), "Is it a file, and may you read it?");
  }

  std::filesystem::path file_;
  std::ifstream in_;
  std::string line_;
  std::size_t number_ = 0;
};

template <typename Number>
std::optional<Number> number_of(std::string_view digits) {
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// "12-34"
std::optional<ByteRange> range_of(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == text.npos) return std::nullopt;
  const auto begin = number_of<std::size_t>(text.substr(0, dash));
  const auto end = number_of<std::size_t>(text.substr(dash + 1));
  if (!begin || !end || *begin >= *end) return std::nullopt;
  return ByteRange{*begin, *end};
}

constexpr const char* kRangeLine = "A judged range is qid, article id, start-end and grade, with tabs between.";
constexpr const char* kQrelsLine = "A judgement is \"qid 0 docno grade\", or qid, article id, start-end and grade.";
constexpr const char* kRunLine = "A line of a run is \"qid Q0 docno rank score name\".";

// The columns of a judged range; nothing for another line.
std::optional<Judgement> range_judgement(const Fields& fields) {
  if (fields.size() != 4 || fields[1] == "0") return std::nullopt;
  const auto bytes = range_of(fields[2]);
  const auto grade = number_of<int>(fields[3]);
  if (!bytes || !grade) return std::nullopt;
  return Judgement{std::string(fields[1]), bytes, *grade};
}

std::optional<Judgement> document_judgement(const Fields& fields) {
  if (fields.size() != 4) return std::nullopt;
  const auto grade = number_of<int>(fields[3]);
  if (!grade) return std::nullopt;
  return Judgement{std::string(fields[2]), std::nullopt, *grade};
}

// Best first; a document counts where it stands first.
void order(std::vector<std::pair<long, ScoredDocument>>& entries, Run& run, const std::string& qid) {
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    return a.second.score != b.second.score ? a.second.score > b.second.score : a.first < b.first;
  });
  std::set<std::string> met;
  auto& ranked = run.topics[qid];
  for (auto& [rank, document] : entries) {
    if (met.insert(document.docno).second) {
      ranked.push_back(std::move(document));
    } else {
      ++run.repeated;
    }
  }
}

}  // namespace

std::vector<Topic> read_topics(const std::filesystem::path& file) {
  std::vector<Topic> topics;
  std::set<std::string> met;
  for (Lines lines(file); lines.next();) {
    const std::size_t tab = lines.line().find('\t');
    if (tab == std::string_view::npos || tab == 0)
      lines.fail("there is no topic here", "A topic is its id, a tab and the query.");
    Topic topic{trec_field(lines.line().substr(0, tab)), std::string(lines.line().substr(tab + 1))};
    if (!met.insert(topic.qid).second) lines.fail("a second topic " + topic.qid, "Give each topic an id of its own.");
    topics.push_back(std::move(topic));
  }
  return topics;
}

Qrels read_qrels(const std::filesystem::path& file) {
  Qrels qrels;
  std::map<std::pair<std::string, std::string>, int> met;  // topic, document with range -> grade
  for (Lines lines(file); lines.next();) {
    const Fields tabbed = split(lines.line(), "\t", false);
    const Fields fields = split(lines.line(), kBlanks, true);
    if (met.empty()) qrels.by_range = range_judgement(tabbed).has_value();
    auto judgement = qrels.by_range ? range_judgement(tabbed) : document_judgement(fields);
    if (!judgement) lines.fail("there is no judgement here", qrels.by_range ? kRangeLine : kQrelsLine);
    std::string qid(qrels.by_range ? trec_field(tabbed[0]) : std::string(fields[0]));
    const std::string judged = judgement->docno + (qrels.by_range ? "\t" + std::string(tabbed[2]) : "");
    const auto [earlier, first] = met.try_emplace({qid, judged}, judgement->grade);
    if (!first && earlier->second != judgement->grade)
      lines.fail(judgement->docno + " has another grade in a line before", "Keep one of the two lines.");
    if (first) qrels.topics[std::move(qid)].push_back(std::move(*judgement));
  }
  return qrels;
}

Run read_run(const std::filesystem::path& file) {
  std::map<std::string, std::vector<std::pair<long, ScoredDocument>>> topics;  // with the rank written
  Run run;
  for (Lines lines(file); lines.next();) {
    const Fields fields = split(lines.line(), kBlanks, true);
    if (fields.size() != 6) lines.fail("there is no line of a run here", kRunLine);
    const auto rank = number_of<long>(fields[3]);
    const auto score = number_of<double>(fields[4]);
    if (!rank || !score) lines.fail("rank or score is no number", kRunLine);
    topics[std::string(fields[0])].push_back({*rank, {std::string(fields[2]), *score}});
    run.name = fields[5];
  }
  for (auto& [qid, entries] : topics) order(entries, run, qid);
  return run;
}

std::string trec_field(std::string_view id) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string field;
  for (std::size_t at = 0; at < id.size();) {
    const CodePoint c = code_point_at(id, at);
    const std::string_view bytes = id.substr(at, c.size);
    at += c.size;
    if (c.value > 0x20 && c.value != 0x7F && !is_space(c.value)) {
      field += bytes;
      continue;
    }
    for (const char byte : bytes) {
      const auto value = static_cast<unsigned char>(byte);
      field += '%';
      field += kDigits[value >> 4U];
      field += kDigits[value & 15U];
    }
  }
  return field.empty() ? "-" : field;  // an empty field would shift the others
}

}  // namespace nutgraf
