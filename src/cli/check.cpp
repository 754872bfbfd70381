// nutgraf check: reads the whole index and says whether it is sound.
#include <memory>
#include <ostream>

#include "cli/command.h"
#include "cli/options.h"
#include "nutgraf/error.h"
#include "nutgraf/index.h"

namespace nutgraf::cli {
namespace {

int run_check(const IndexOption& index, const Console& console) {
  const auto complaints = check_index(index.path());
  for (const auto& complaint : complaints) console.err << "nutgraf: " << printable(complaint) << '\n';
  console.out << (complaints.empty() ? "the index is sound\n" : "the index is damaged\n");
  return complaints.empty() ? kDone : static_cast<int>(ErrorCode::index);
}

}  // namespace

Runner define_check(CLI::App& app) {
  auto index = std::make_shared<IndexOption>();
  index->define(app);
  return [index](const Console& console) { return run_check(*index, console); };
}

}  // namespace nutgraf::cli
