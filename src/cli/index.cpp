// nutgraf index: reads files, folders and archives into the index.
#include "nutgraf/index.h"

#include <malloc.h>

#include <chrono>
#include <fstream>
#include <iomanip>
#include <map>
#include <memory>
#include <ostream>
#include <sstream>

#include "cli/command.h"
#include "cli/companies_file.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "nutgraf/error.h"
#include "nutgraf/reader.h"

namespace nutgraf::cli {
namespace {

struct IndexCommand {
  IndexOption index;
  std::vector<std::string> paths;
  std::string format = "auto";
  std::string report;
  bool quiet = false;
  ReadOptions read;
  BatchOptions batch;
  CompaniesOption companies;
};

// Where the --report lines go: nowhere, stdout, or a file.
class ReportFile {
 public:
  ReportFile(const std::string& name, std::ostream& out) : out_(name == "-" ? &out : nullptr), name_(name) {
    if (name.empty() || name == "-") return;
    file_.open(name, std::ios::binary | std::ios::trunc);
    if (!file_)
      throw Error(ErrorCode::usage, "cannot write the report " + name,
                  "Check the folder, or name another file with --report.");
    out_ = &file_;
  }

  void add(const DocumentReport& document) {
    if (out_ != nullptr) *out_ << to_json(document) << '\n';
  }

  void close() {
    if (!file_.is_open()) return;
    file_.close();
    if (!file_)
      throw Error(ErrorCode::internal, "the report " + name_ + " could not be written whole",
                  "The batch itself is in the index.");
  }

 private:
  std::ofstream file_;
  std::ostream* out_;
  std::string name_;
};

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string summary(const IndexCommand& command, const BatchReport& report, double seconds) {
  std::ostringstream text;
  text << (command.batch.dry_run ? "would add " : "added ") << counted(report.added, "article", "articles") << " ("
       << counted(report.passages, "passage", "passages") << "), updated " << report.updated << ", unchanged "
       << report.unchanged;
  if (report.duplicate > 0) text << ", same id twice " << report.duplicate;
  if (report.removed > 0) text << ", removed " << report.removed;
  if (report.rejected > 0) text << ", rejected " << report.rejected;
  text << std::fixed << std::setprecision(2) << " in " << seconds << " s";
  return text.str();
}

// What one slice of a batch gave back, the next one takes: large blocks are not returned to the kernel meanwhile, only
// to come back page by page. Small ones join their free neighbours at once: malloc would go through all of them whenever
// a large one is freed.
void keep_freed_memory() {
  constexpr int kLargestBlock = 32 << 20;  // the most that glibc takes
  constexpr int kKept = 1 << 30;
  ::mallopt(M_MMAP_THRESHOLD, kLargestBlock);
  ::mallopt(M_TRIM_THRESHOLD, kKept);
  ::mallopt(M_MXFAST, 0);
}

int run_index(const IndexCommand& command, const Console& console) {
  keep_freed_memory();
  const auto start = std::chrono::steady_clock::now();
  ReportFile file(command.report, console.out);
  ArticleReader reader({command.paths.begin(), command.paths.end()}, command.read);
  Progress progress(console.err, console.err_is_terminal && !command.quiet);
  BatchListener listener;
  listener.on_progress = [&](std::size_t articles, std::uint64_t done, std::uint64_t total) {
    progress.update(articles, done, total);
  };
  listener.on_document = [&](const DocumentReport& document) {
    progress.clear();
    file.add(document);
    if (document.status == DocumentStatus::rejected) {
      console.err << "rejected: " << printable(document.path) << ": " << printable(document.reason) << '\n';
    } else if (!document.reason.empty() && document.status != DocumentStatus::unchanged && !command.quiet) {
      console.err << "note: " << printable(document.path.empty() ? document.id : document.path) << ": "
                  << printable(document.reason) << '\n';
    }
  };
  const CompanyMatcher companies = command.companies.read();
  BatchOptions options = command.batch;
  options.companies = &companies;
  const BatchReport report = index_batch(command.index.path(), reader, options, listener);
  progress.clear();
  file.close();
  if (!report.warning.empty()) console.err << "warning: " << printable(report.warning) << '\n';
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::ostream& out = command.report == "-" ? console.err : console.out;
  if (!command.quiet) out << summary(command, report, seconds) << '\n';
  return report.rejected > 0 ? kSomeRejected : kDone;
}

}  // namespace

Runner define_index(CLI::App& app) {
  auto command = std::make_shared<IndexCommand>();
  app.add_option("PATH", command->paths,
                 "Files, folders (recursively) and archives: .txt .md .html .json .jsonl, also in .gz .zst .zip .tar")
      ->check(not_empty())
      ->required();
  command->index.define(app);
  command->companies.define(app);
  app.add_option("--jobs,-j", command->batch.jobs, "How many threads work (default: one a core)")->type_name("N");
  app.add_option("--shards", command->batch.shards, "Make the index in so many parts (default: in one)")
      ->check(CLI::Range(1, 64))
      ->type_name("N");
  app.add_option("--format", command->format, "Read all files as this, whatever their names say")
      ->check(CLI::IsMember({"auto", "txt", "md", "html", "json", "jsonl"}))
      ->capture_default_str()
      ->type_name("NAME");
  app.add_option("--prefix", command->read.prefix, "First part of ids made from paths, instead of the folder's name")
      ->check(not_empty())
      ->type_name("NAME");
  app.add_flag("--prune", command->batch.prune, "Remove articles whose files are gone from the given folders");
  app.add_flag("--dry-run", command->batch.dry_run, "Say what would be done, and write nothing");
  app.add_option("--report", command->report, "Write a line of JSON for each document to FILE (- for stdout)")
      ->check(not_empty())
      ->type_name("FILE");
  app.add_option("--batch", command->batch.name, "Name of this batch")->type_name("NAME");
  app.add_option("--max-bytes", command->read.max_article_bytes, "Reject an article larger than this")
      ->capture_default_str()
      ->type_name("N");
  app.add_flag("--quiet,-q", command->quiet, "Print rejections only");
  // For the crash tests: from how many passages on a batch is built as a new generation.
  app.add_option("--small-batch", command->batch.small_batch_passages)->check(CLI::PositiveNumber)->group("");
  // For comparisons, and for the day when a new Xapian is not what the bulk builder expects.
  const std::map<std::string, SegmentBuilder> builders{
      {"auto", SegmentBuilder::automatic}, {"api", SegmentBuilder::add_document}, {"bulk", SegmentBuilder::bulk}};
  app.add_option("--builder", command->batch.builder)->transform(CLI::CheckedTransformer(builders))->group("");
  return [command](const Console& console) {
    command->read.format = format_from_name(command->format).value_or(Format::automatic);
    return run_index(*command, console);
  };
}

}  // namespace nutgraf::cli
