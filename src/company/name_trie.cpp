#include "company/name_trie.h"

namespace nutgraf {

NameTrie::Node NameTrie::add(Node from, std::string_view piece) {
  const auto number = pieces_.try_emplace(std::string(piece), static_cast<std::uint32_t>(pieces_.size())).first->second;
  edge_hashes_.set(hash_of(from, piece));
  const auto [edge, is_new] = edges_.try_emplace(key(from, number), nodes_);
  if (is_new) ++nodes_;
  return edge->second;
}

}  // namespace nutgraf
