#include "snippet/matches.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "text/utf8.h"

namespace nutgraf {

ConceptMatcher::ConceptMatcher(const std::vector<Concept>& concepts) : first_bytes_(256, false) {
  for (std::size_t i = 0; i < concepts.size(); ++i) {
    for (const std::string& term : concepts[i].terms) add(terms_, term, {i});
    for (const Wording& wording : concepts[i].wordings) {
      if (!wording.surfaces.empty()) add(wordings_, wording.surfaces.front(), {i, &wording});
    }
  }
}

void ConceptMatcher::add(Entries& keys, const std::string& key, Entry entry) {
  if (key.empty()) return;
  first_bytes_[static_cast<unsigned char>(key[0])] = true;
  std::size_t& first = keys[key];
  entry.next = first;
  entries_.push_back(entry);
  first = entries_.size();
}

// First which of them can be there at all: a company has many names.
void ConceptMatcher::find_wordings(std::span<const Token> tokens, std::string_view text,
                                   std::vector<ConceptMatch>& matches) const {
  std::set<const Entry*> begun;
  for (const Token& token : tokens) {
    if (token.role != TokenRole::piece || token.surface.empty()) continue;
    if (!first_bytes_[static_cast<unsigned char>(token.surface[0])]) continue;
    const auto found = wordings_.find(token.surface);
    if (found == wordings_.end()) continue;
    for (std::size_t entry = found->second; entry != 0; entry = entries_[entry - 1].next)
      begun.insert(&entries_[entry - 1]);
  }
  if (begun.empty()) return;
  const std::vector<Token> pieces = pieces_of(tokens);
  for (const Entry* entry : begun) {
    const auto& [surfaces, written] = *entry->wording;
    for (const std::size_t at : find_phrase(pieces, surfaces)) {
      const ByteRange bytes{pieces[at].begin, pieces[at + surfaces.size() - 1].end};
      const auto here = text.substr(bytes.begin, bytes.size());
      if (written.empty() || std::find(written.begin(), written.end(), here) != written.end())
        matches.push_back({bytes, entry->about});
    }
  }
}

std::vector<ConceptMatch> ConceptMatcher::find(std::span<const Token> tokens, std::string_view text) const {
  std::vector<ConceptMatch> matches;
  for (const Token& token : tokens) {
    if (token.term.empty() || !first_bytes_[static_cast<unsigned char>(token.term[0])]) continue;
    const auto found = terms_.find(token.term);
    if (found == terms_.end()) continue;
    for (std::size_t entry = found->second; entry != 0; entry = entries_[entry - 1].next) {
      matches.push_back({{token.begin, token.end}, entries_[entry - 1].about});
    }
  }
  if (!wordings_.empty()) find_wordings(tokens, text, matches);
  std::erase_if(matches, [](const ConceptMatch& match) { return match.bytes.begin >= match.bytes.end; });
  const auto key = [](const ConceptMatch& m) { return std::tuple(m.bytes.begin, m.bytes.end, m.about); };
  std::sort(matches.begin(), matches.end(),
            [&](const ConceptMatch& a, const ConceptMatch& b) { return key(a) < key(b); });
  // One place counts once for a concept, though it may have matched by several terms ("GPT" and "GPT-4o").
  matches.erase(std::unique(matches.begin(), matches.end(),
                            [&](const ConceptMatch& a, const ConceptMatch& b) { return key(a) == key(b); }),
                matches.end());
  return matches;
}

std::vector<ByteRange> merge_marks(std::string_view text, const std::vector<ConceptMatch>& matches) {
  std::vector<ByteRange> marks;
  const auto cjk_meets = [&](std::size_t at) {
    return is_cjk(code_point_at(text, at).value) && is_cjk(code_point_at(text, code_point_start(text, at - 1)).value);
  };
  for (const ConceptMatch& match : matches) {
    const ByteRange& next = match.bytes;
    if (!marks.empty() &&
        (next.begin < marks.back().end || (next.begin == marks.back().end && cjk_meets(next.begin)))) {
      marks.back().end = std::max(marks.back().end, next.end);
    } else {
      marks.push_back(next);
    }
  }
  return marks;
}

std::vector<Token> pieces_of(std::span<const Token> tokens) {
  std::vector<Token> pieces;
  pieces.reserve(tokens.size());
  std::copy_if(tokens.begin(), tokens.end(), std::back_inserter(pieces),
               [](const Token& token) { return token.role == TokenRole::piece; });
  return pieces;
}

std::vector<std::size_t> find_phrase(std::span<const Token> pieces, const std::vector<std::string>& surfaces) {
  std::vector<std::size_t> starts;
  const std::size_t size = surfaces.size();
  if (size == 0 || pieces.size() < size) return starts;
  // Knuth, Morris and Pratt: back[i] is how much of a match of i + 1 surfaces is left when the next one differs.
  std::vector<std::size_t> back(size, 0);
  for (std::size_t i = 1, length = 0; i < size; ++i) {
    while (length > 0 && surfaces[i] != surfaces[length]) length = back[length - 1];
    if (surfaces[i] == surfaces[length]) ++length;
    back[i] = length;
  }
  for (std::size_t i = 0, length = 0; i < pieces.size(); ++i) {
    while (length > 0 && pieces[i].surface != surfaces[length]) length = back[length - 1];
    if (pieces[i].surface == surfaces[length]) ++length;
    if (length == size) {
      starts.push_back(i + 1 - size);
      length = back[length - 1];
    }
  }
  return starts;
}

}  // namespace nutgraf
