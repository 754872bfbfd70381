#include "index/document_log.h"

#include <cassert>
#include <limits>

namespace nutgraf {

DocumentLog::Ids::Place DocumentLog::enter(const DocumentReport& report) {
  assert(report.passages <= std::numeric_limits<decltype(Entry::passages)>::max());
  const auto number = static_cast<Number>(entries_.size());
  const Ids::Place id = ids_.enter(report.id, {0, number, place_of({})});
  entries_.push_back(
      {id, place_of(report.path), place_of(report.reason), static_cast<std::uint16_t>(report.passages), report.status});
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
  return {std::string(texts_[entry.path].string()), std::string(ids_[entry.id].string()), entry.status, entry.passages,
          std::string(texts_[entry.reason].string())};
}

}  // namespace nutgraf
