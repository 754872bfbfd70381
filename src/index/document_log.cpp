#include "index/document_log.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace nutgraf {
namespace {

// Bytes that a path and an id made from one end with alike, where that is a file's name at least.
std::size_t shared_end(std::string_view path, std::string_view id) {
  const auto differ = std::mismatch(path.rbegin(), path.rend(), id.rbegin(), id.rend());
  const auto shared = static_cast<std::size_t>(differ.first - path.rbegin());
  return path.substr(path.size() - shared).find('/') == std::string_view::npos ? 0 : shared;
}

}  // namespace

DocumentLog::Ids::Place DocumentLog::enter(const DocumentReport& report) {
  assert(report.passages <= std::numeric_limits<decltype(Entry::passages)>::max());
  const auto number = static_cast<Number>(entries_.size());
  const Ids::Place id = ids_.enter(report.id, {0, number, place_of({})});
  const std::size_t shared = shared_end(report.path, report.id);
  const auto path = std::string_view(report.path).substr(0, report.path.size() - shared);
  entries_.push_back({id, place_of(path), place_of(report.reason), static_cast<std::uint32_t>(shared),
                      static_cast<std::uint16_t>(report.passages), report.status});
  return id;
}

void DocumentLog::add(const DocumentReport& report) { enter(report); }

void DocumentLog::add(const DocumentReport& report, std::string_view root, std::uint64_t sequence) {
  const Ids::Place id = enter(report);
  ids_[id].value = {sequence, static_cast<Number>(entries_.size() - 1), place_of(root)};
}

std::optional<DocumentLog::Seen> DocumentLog::seen(std::string_view id) const {
  const auto* const record = ids_.find(id);
  if (record == nullptr) return std::nullopt;
  const SeenId& last = record->value;
  return Seen{last.document, texts_[last.root].string(), last.sequence};
}

void DocumentLog::supersede(Number document, std::string_view reason) {
  Entry& entry = entries_[document];
  entry.reason = place_of(reason);
  entry.status = DocumentStatus::duplicate;
  entry.passages = 0;
}

DocumentReport DocumentLog::report(Number document) const {
  const Entry& entry = entries_[document];
  std::string id(ids_[entry.id].string());
  std::string path(texts_[entry.path].string());
  path.append(id, id.size() - entry.shared);
  return {std::move(path), std::move(id), entry.status, entry.passages, std::string(texts_[entry.reason].string())};
}

}  // namespace nutgraf
