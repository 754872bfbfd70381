// nutgraf show: an article, or one passage, as it is stored.
#include <algorithm>
#include <memory>
#include <ostream>

#include "cli/command.h"
#include "cli/options.h"
#include "nutgraf/error.h"
#include "nutgraf/index.h"

namespace nutgraf::cli {
namespace {

struct ShowCommand {
  IndexOption index;
  ColorOption color;
  std::string id;
  bool json = false;
  bool text = false;
};

// Every passage at its own byte offset, so that the ranges of an extracted text can be cut out of what is printed.
// Between them stands what the index keeps of it, the headings, and line breaks.
std::string laid_out(const StoredArticle& stored) {
  std::string text;
  for (const auto& passage : stored.passages) {
    const bool new_heading =
        !passage.heading.empty() && text.size() + passage.heading.size() + 2 <= passage.bytes.begin;
    if (new_heading && text.find(passage.heading) == std::string::npos) {
      text.append(passage.bytes.begin - text.size() - passage.heading.size() - 2, '\n').append(passage.heading);
    }
    text.append(passage.bytes.begin - std::min(text.size(), passage.bytes.begin), '\n');
    text += passage.text;
  }
  return text;
}

std::string bare_text(const StoredArticle& stored) {
  if (stored.passages.size() > 1 && stored.article.bytes_of == BytesOf::text) return laid_out(stored);
  std::string text;
  for (const auto& passage : stored.passages) text += (text.empty() ? "" : "\n\n") + passage.text;
  return text;
}

int run_show(const ShowCommand& command, const Console& console) {
  const auto index = command.index.path();
  const auto stored = find_article(index, command.id);
  if (!stored) {
    print_error(console, unknown_id(index, command.id));
    return kNoHits;
  }
  if (command.json) {
    console.out << to_json(*stored) << '\n';
  } else if (command.text) {
    console.out << bare_text(*stored) << '\n';
  } else {
    console.out << to_text(*stored, text_style(console, command.color.choice()));
  }
  return kDone;
}

}  // namespace

Runner define_show(CLI::App& app) {
  auto command = std::make_shared<ShowCommand>();
  app.add_option("ID", command->id, "Article id, or passage id (article#3)")->required();
  command->index.define(app);
  auto* json = app.add_flag("--json", command->json, "As JSON");
  app.add_flag("--text", command->text, "The bare text, byte for byte")->excludes(json);
  command->color.define(app);
  return [command](const Console& console) { return run_show(*command, console); };
}

}  // namespace nutgraf::cli
