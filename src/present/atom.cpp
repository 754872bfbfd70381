// Atom feeds (RFC 4287). A feed is written so that it can be read again without a parser of XML: each element on a line
// of its own, text escaped, so that no line of an entry is "</entry>" but the last.
#include <xxhash.h>

#include <array>
#include <cstdio>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/error.h"
#include "nutgraf/present.h"
#include "present/hits.h"
#include "present/xml.h"

namespace nutgraf {
namespace {

using present::xml_escaped;

constexpr std::string_view kGenerator = "<generator>nutgraf</generator>\n";
constexpr std::string_view kEntryStart = "<entry>\n";
constexpr std::string_view kEntryEnd = "</entry>\n";

/// A UUID of version 8 (RFC 9562): the same for the same text, on every machine.
std::string urn_of(const std::string& text) {
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  const std::uint64_t high = (hash.high64 & ~0xF000ULL) | 0x8000ULL;
  const std::uint64_t low = (hash.low64 & ~(3ULL << 62U)) | (2ULL << 62U);
  std::array<char, 64> urn{};
  std::snprintf(urn.data(), urn.size(), "urn:uuid:%08llx-%04llx-%04llx-%04llx-%012llx",
                static_cast<unsigned long long>(high >> 32U), static_cast<unsigned long long>(high >> 16U & 0xFFFFU),
                static_cast<unsigned long long>(high & 0xFFFFU), static_cast<unsigned long long>(low >> 48U),
                static_cast<unsigned long long>(low & 0xFFFFFFFFFFFFU));
  return urn.data();
}

std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + xml_escaped(text) + "</" + std::string(name) + ">\n";
}

/// An address that a reader may follow, with what no address may hold percent-encoded; empty for any other.
std::string link_of(std::string_view url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return {};
  std::string link;
  for (const char c : url) {
    if (static_cast<unsigned char>(c) > ' ' && c != 0x7F && std::string_view("\"<>\\^`{|}").find(c) == url.npos) {
      link += c;
      continue;
    }
    std::array<char, 8> code{};
    std::snprintf(code.data(), code.size(), "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    link += code.data();
  }
  return link;
}

std::string id_of(const Hit& hit, const Watch& watch) {
  const std::string& item = watch.by == ResultUnit::article ? hit.article.id : hit.passage.id;
  return urn_of("watch\n" + watch.name + "\n" + item);
}

std::string entry_of(const Hit& hit, const Watch& watch, const FeedOptions& options) {
  const ArticleRecord& article = hit.article;
  std::string snippet;
  for (const Fragment& fragment : hit.snippet) snippet += (snippet.empty() ? "" : " … ") + fragment.text;
  std::string entry(kEntryStart);
  entry += element("id", id_of(hit, watch)) + element("title", present::title_of(article));
  entry += element("updated", options.now);
  if (article.date.known()) entry += element("published", article.date.iso() + "T00:00:00Z");
  const std::string& author = article.author.empty() ? article.source : article.author;
  if (!author.empty()) entry += "<author>\n" + element("name", author) + "</author>\n";
  entry += "<category term=\"" + xml_escaped(watch.name) + "\"/>\n";
  if (status_of(hit, watch) == DocumentStatus::updated) entry += "<category term=\"updated\"/>\n";
  if (const std::string link = link_of(article.url); !link.empty())
    entry += "<link rel=\"alternate\" href=\"" + xml_escaped(link) + "\"/>\n";
  if (!snippet.empty()) entry += element("summary", snippet);
  entry += element("content", hit.passage.text + " (" + hit.passage.id + ", " +
                                  present::lines_of(hit.passage.lines, article.bytes_of) + ")");
  return entry.append(kEntryEnd);
}

struct Entry {
  std::string id;
  std::string text;
};

std::string between(std::string_view text, std::string_view start, std::string_view end) {
  const auto begin = text.find(start);
  if (begin == text.npos) return {};
  const auto stop = text.find(end, begin);
  return stop == text.npos ? std::string()
                           : std::string(text.substr(begin + start.size(), stop - begin - start.size()));
}

std::vector<Entry> entries_of(std::string_view feed) {
  if (feed.empty()) return {};
  if (feed.find(kGenerator) == feed.npos || !feed.ends_with("</feed>\n")) {
    throw Error(ErrorCode::usage, "the file is there and is no feed of nutgraf", "Name another file for the feed.");
  }
  std::vector<Entry> entries;
  for (auto begin = feed.find(kEntryStart); begin != feed.npos; begin = feed.find(kEntryStart, begin)) {
    const auto end = feed.find(kEntryEnd, begin) + kEntryEnd.size();
    const std::string text(feed.substr(begin, end - begin));
    entries.push_back({between(text, "<id>", "</id>"), text});
    begin = end;
  }
  return entries;
}

}  // namespace

std::string to_atom(std::span<const WatchNews> news, std::string_view former, const FeedOptions& options) {
  std::vector<Entry> entries;
  std::set<std::string> ids;
  for (const auto& [watch, response] : news) {
    for (const Hit& hit : response.hits) {
      Entry entry{id_of(hit, watch), entry_of(hit, watch, options)};
      if (ids.insert(entry.id).second) entries.push_back(std::move(entry));
    }
  }
  const bool has_news = !entries.empty();
  for (Entry& entry : entries_of(former)) {
    if (entries.size() < options.most && ids.insert(entry.id).second) entries.push_back(std::move(entry));
  }
  const std::string last = between(former, "<updated>", "</updated>");
  std::string feed = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n" +
                     element("id", urn_of("feed\n" + options.key)) + element("title", "nutgraf: " + options.title) +
                     element("updated", has_news || last.empty() ? options.now : last) + std::string(kGenerator) +
                     "<author>\n<name>nutgraf</name>\n</author>\n";
  for (const Entry& entry : entries) feed += entry.text;
  return feed + "</feed>\n";
}

}  // namespace nutgraf
