#include "reader/formats.h"

#include <array>
#include <string>

#include "reader/unicode.h"
#include "reader/unreadable.h"

namespace nutgraf {
namespace {

struct FormatName {
  std::string_view name;
  Format format;
};
constexpr std::array kFormats{FormatName{"auto", Format::automatic}, FormatName{"txt", Format::txt},
                              FormatName{"md", Format::md},          FormatName{"html", Format::html},
                              FormatName{"json", Format::json},      FormatName{"jsonl", Format::jsonl}};

}  // namespace

std::optional<Format> format_from_name(std::string_view name) {
  for (const FormatName& known : kFormats) {
    if (known.name == name) return known.format;
  }
  return {};
}

namespace reader {
namespace {

constexpr std::array kEndings{FormatName{".txt", Format::txt},     FormatName{".text", Format::txt},
                              FormatName{".md", Format::md},       FormatName{".markdown", Format::md},
                              FormatName{".html", Format::html},   FormatName{".htm", Format::html},
                              FormatName{".xhtml", Format::html},  FormatName{".json", Format::json},
                              FormatName{".jsonl", Format::jsonl}, FormatName{".ndjson", Format::jsonl}};
constexpr std::array<std::string_view, 9> kArchives{".zip",    ".tar",     ".tgz",    ".tbz2",   ".txz",
                                                    ".tar.gz", ".tar.zst", ".tar.xz", ".tar.bz2"};
constexpr std::array<std::string_view, 4> kCompressions{".gz", ".zst", ".xz", ".bz2"};

bool ends_with(std::string_view name, std::string_view ending) {
  return name.size() > ending.size() && name.substr(name.size() - ending.size()) == ending;
}

}  // namespace

FileKind kind_of_name(std::string_view file_name) {
  const std::string lowered = lower_ascii(file_name);
  std::string_view name = lowered;
  FileKind kind;
  for (const std::string_view ending : kArchives) {
    if (ends_with(name, ending)) {
      kind.archive = true;
      return kind;
    }
  }
  for (const std::string_view ending : kCompressions) {
    if (!ends_with(name, ending)) continue;
    kind.compressed = true;
    name.remove_suffix(ending.size());
    break;
  }
  for (const FormatName& known : kEndings) {
    if (ends_with(name, known.name)) kind.format = known.format;
  }
  return kind;
}

Format sniffed_format(std::string_view bytes) {
  const std::string_view start = trimmed(bytes.substr(0, 1024));
  for (const std::string_view mark : {"<!doctype html", "<html", "<head", "<body"}) {
    if (starts_with_nocase(start, mark)) return Format::html;
  }
  if (start.substr(0, 1) == "{" || start.substr(0, 2) == "[{") return Format::json;
  if (starts_with_nocase(start, "---\n") || starts_with_nocase(start, "+++\n")) return Format::md;
  return Format::txt;
}

Article parse_document(Format format, std::string bytes) {
  if (bytes.empty()) throw Unreadable("empty file");
  Decoded decoded = decode(std::move(bytes));
  if (trimmed(decoded.text).empty()) throw Unreadable("no text: white space only");
  switch (format) {
    case Format::md: return parse_markdown(std::move(decoded));
    case Format::html: return parse_html(std::move(decoded));
    case Format::json:
    case Format::jsonl: return parse_record(decoded.text, 1, 1);
    case Format::automatic:
    case Format::txt: break;
  }
  return parse_txt(std::move(decoded));
}

}  // namespace reader
}  // namespace nutgraf
