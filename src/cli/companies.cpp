// nutgraf companies: the companies that the articles speak of; tags an index anew.
#include <memory>
#include <ostream>

#include "cli/command.h"
#include "cli/companies_file.h"
#include "cli/options.h"
#include "nutgraf/index.h"
#include "nutgraf/present.h"

namespace nutgraf::cli {
namespace {

struct CompaniesCommand {
  IndexOption index;
  CompaniesOption companies;
  std::string with;
  bool retag = false;
  bool json = false;
};

int run_retag(const CompaniesCommand& command, const Console& console) {
  const RetagReport report = retag_companies(command.index.path(), command.companies.read());
  console.out << "tagged " << report.articles << (report.articles == 1 ? " article" : " articles") << " anew, of "
              << report.changed << " something changed\n";
  return kDone;
}

int run_companies(const CompaniesCommand& command, const Console& console) {
  const auto companies = company_summaries(command.index.path(), command.with);
  if (command.json) {
    console.out << to_json(companies, command.with) << '\n';
  } else if (companies.empty()) {
    print_warning(console, "the index speaks of no company");
  } else {
    console.out << to_text(companies);
  }
  return companies.empty() ? kNoHits : kDone;
}

}  // namespace

Runner define_companies(CLI::App& app) {
  auto command = std::make_shared<CompaniesCommand>();
  command->index.define(app);
  auto* const with =
      app.add_option("--with", command->with, "Only articles that speak of this company, too")->type_name("NAME");
  auto* const json = app.add_flag("--json", command->json, "As JSON");
  app.add_flag("--retag", command->retag, "Tag all articles anew, after a change of the table of companies")
      ->excludes(with)
      ->excludes(json);
  command->companies.define(app);
  return [command](const Console& console) {
    return command->retag ? run_retag(*command, console) : run_companies(*command, console);
  };
}

}  // namespace nutgraf::cli
