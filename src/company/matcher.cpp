// Finds names in tokens: a walk through the trie from every piece, the longest name wins. What is guarded needs more
// than the word: its case, or a word that speaks of business nearby.
#include <algorithm>

#include "company/bad_name.h"
#include "company/name_trie.h"
#include "company/names.h"
#include "nutgraf/company.h"
#include "text/ascii.h"

namespace nutgraf {
namespace {

/// So many pieces on either side of a guarded name may speak for it.
constexpr std::uint32_t kContextReach = 20;
/// So many pieces on either side say whether small letters are due here, or all words have capitals.
constexpr std::size_t kCaseReach = 6;
/// A small word of so many letters stands in no headline that capitalises; "with" and "into" do.
constexpr std::uint32_t kTellingLetters = 5;

constexpr std::size_t kLongestUrl = 300;

bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0xE3; }  // the first byte of CJK (U+3000 and on)

enum class Guard : std::uint8_t { none, guarded, ticker, short_form };

struct Name {
  std::uint32_t company = 0;
  NameKind kind = NameKind::name;
  Guard guard = Guard::none;
  std::string folded = {};
  std::vector<std::string> written = {};  // of guarded names: as in the table
};

// What ends at a node of the trie.
struct Ending {
  std::uint32_t name = 0;  // place in names; 0: no name
  bool excluded = false;
  bool context = false;
};

// Whether byte `at` is part of an address: what names its host or path is no part of what is said.
bool in_url(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < kLongestUrl && text[begin - 1] > ' ' && text[begin - 1] != '(') --begin;
  const std::string_view before = text.substr(begin, at - begin);
  return before.find("://") != std::string_view::npos || before.starts_with("www.");
}

// Whether a capital on piece `i` may only be there because a sentence, a line or a quotation begins.
bool begins_sentence(const std::vector<const Token*>& pieces, std::size_t i, std::string_view text) {
  if (i == 0) return true;
  const std::string_view gap = text.substr(pieces[i - 1]->end, pieces[i]->begin - pieces[i - 1]->end);
  if (gap.find_first_of(".!?:\n\"") != std::string_view::npos) return true;
  for (const std::string_view mark : {"。", "！", "？", "：", "“", "‘", "「", "《", "•"})
    if (gap.find(mark) != std::string_view::npos) return true;
  return false;
}

// Whether a capital tells something here: there are small words around, or characters that have no case.
bool case_tells(const std::vector<const Token*>& pieces, std::size_t begin, std::size_t end, std::string_view text) {
  const std::size_t last = std::min(pieces.size(), end + kCaseReach);
  for (std::size_t i = begin - std::min(begin, kCaseReach); i < last; ++i) {
    if (i >= begin && i < end) continue;
    const Token& piece = *pieces[i];
    if (is_wide(text[piece.begin])) return true;
    if (is_lower(text[piece.begin]) && piece.end - piece.begin >= kTellingLetters) return true;
  }
  return false;
}

std::string_view line_kind(const Name& name) {
  if (name.kind == NameKind::product) return kProductLine;
  if (name.kind == NameKind::ticker) return kTickerLine;
  return name.guard == Guard::short_form ? kShortLine : kNameLine;
}

// Chinese has none: there a guarded name is written in either script, and no way of writing tells.
bool has_case(std::string_view written) { return std::any_of(written.begin(), written.end(), is_letter); }

bool has_inner_capital(std::string_view written) { return std::any_of(written.begin() + 1, written.end(), is_upper); }

}  // namespace

struct CompanyMatcher::Impl {
  Impl(CompanyTable given, std::uint64_t its_version) : table(std::move(given)), version(its_version) {}

  /// The longest ending from `start` on, and behind which piece it ends.
  std::pair<const Ending*, std::size_t> longest(const std::vector<const Token*>& pieces, NameStart start,
                                                std::string_view text) const {
    std::pair<const Ending*, std::size_t> found{nullptr, start.position};
    NameTrie::Node node = start.beginning;
    for (std::size_t end = start.position + 1; node != NameTrie::kNone; ++end) {
      const Ending& ending = endings[node];
      if (ending.name != 0 || ending.excluded || ending.context) found = {&ending, end};
      if (end == pieces.size()) break;
      if (!is_joint(text.substr(pieces[end - 1]->end, pieces[end]->begin - pieces[end - 1]->end))) break;
      node = trie.child(node, pieces[end]->surface);
    }
    return found;
  }

  // Nothing where the word cannot be the name; else whether its case alone says that it is.
  std::optional<bool> judge(const Name& name, const std::vector<const Token*>& pieces, std::size_t begin,
                            std::size_t end, std::string_view text) const {
    if (name.guard == Guard::none) return true;
    const std::string_view found = text.substr(pieces[begin]->begin, pieces[end - 1]->end - pieces[begin]->begin);
    const bool as_written = std::find(name.written.begin(), name.written.end(), found) != name.written.end();
    if (name.guard == Guard::ticker) return as_written ? std::optional(false) : std::nullopt;
    if (name.guard == Guard::short_form) return false;
    const bool capital_due = is_upper(name.written.front().front());
    if (capital_due && !is_upper(found.front())) return std::nullopt;
    if (!capital_due || !as_written || !case_tells(pieces, begin, end, text)) return false;
    return has_inner_capital(found) || !begins_sentence(pieces, begin, text);
  }

  CompanyTable table;
  std::uint64_t version;
  NameTrie trie;
  std::vector<Ending> endings{1};                               // by node
  std::vector<Name> names{1};                                   // the first is no name
  std::vector<std::pair<std::string, std::uint32_t>> excluded;  // folded, and the company that it is not
};

namespace {

// Fills the trie from the table.
template <typename Impl>
class Builder {
 public:
  explicit Builder(Impl& impl) : impl_(impl) {}

  void build() {
    for (std::uint32_t number = 0; number < impl_.table.companies.size(); ++number) {
      const Company& company = impl_.table.companies[number];
      add(number, NameKind::name, company.name);
      for (const auto& alias : company.aliases) add(number, NameKind::name, alias);
      for (const auto& form : company.short_forms) add(number, NameKind::name, form, Guard::short_form);
      for (const auto& ticker : company.tickers) add(number, NameKind::ticker, ticker, Guard::ticker);
      for (const auto& product : company.products) add(number, NameKind::product, product);
    }
    for (std::uint32_t number = 0; number < impl_.table.companies.size(); ++number) {
      for (const auto& phrase : impl_.table.companies[number].excluded) exclude(number, phrase);
    }
    for (const auto& word : impl_.table.context) ending_of(word, {}).context = true;
  }

 private:
  Ending& ending_of(const std::string& phrase, const std::string& company) {
    analyzer_.tokenize_surfaces(phrase, stream_);
    const auto pieces = name_pieces(stream_.tokens());
    if (pieces.empty()) throw BadName(company, phrase, "the name \"" + phrase + "\" has no letter or digit");
    if (pieces.size() > kMaxNamePieces) throw BadName(company, phrase, "the name \"" + phrase + "\" is too long");
    NameTrie::Node node = NameTrie::kRoot;
    for (const Token* piece : pieces) node = impl_.trie.add(node, piece->surface);
    impl_.endings.resize(impl_.trie.nodes());
    return impl_.endings[node];
  }

  void add(std::uint32_t number, NameKind kind, const std::string& written, Guard guard = Guard::none) {
    const Company& company = impl_.table.companies[number];
    const auto& guarded = company.guarded;
    if (std::find(guarded.begin(), guarded.end(), written) != guarded.end()) guard = Guard::guarded;
    Ending& ending = ending_of(written, company.id);
    const bool is_new = ending.name == 0;
    if (is_new) {
      ending.name = static_cast<std::uint32_t>(impl_.names.size());
      impl_.names.push_back({number, kind, guard, folded(name_pieces(stream_.tokens())), {}});
    }
    Name& name = impl_.names[ending.name];
    if (name.company != number) {
      const auto& other = impl_.table.companies[name.company].id;
      throw BadName(company.id, written,
                    "the name \"" + written + "\" is claimed by two companies, " + other + " and " + company.id);
    }
    // A spelling of a name that is guarded is guarded, too; a ticker that is also a name is a name.
    if (guard == Guard::guarded) name.guard = guard;
    if (name.guard != Guard::none) name.written.push_back(written);
  }

  void exclude(std::uint32_t number, const std::string& phrase) {
    const Company& company = impl_.table.companies[number];
    Ending& ending = ending_of(phrase, company.id);
    if (ending.name != 0)
      throw BadName(company.id, phrase,
                    "\"" + phrase + "\" is a name of " + impl_.table.companies[impl_.names[ending.name].company].id +
                        ", and cannot be what its names are not");
    ending.excluded = true;
    impl_.excluded.emplace_back(folded(name_pieces(stream_.tokens())), number);
  }

  Impl& impl_;
  Analyzer analyzer_;
  TokenStream stream_;
};

}  // namespace

CompanyMatcher::CompanyMatcher(CompanyTable table, std::uint64_t version) {
  auto impl = std::make_unique<Impl>(std::move(table), version);
  Builder(*impl).build();
  impl_ = std::move(impl);
}
CompanyMatcher::~CompanyMatcher() = default;
CompanyMatcher::CompanyMatcher(CompanyMatcher&&) noexcept = default;
CompanyMatcher& CompanyMatcher::operator=(CompanyMatcher&&) noexcept = default;

const CompanyTable& CompanyMatcher::table() const noexcept { return impl_->table; }

std::uint32_t CompanyMatcher::beginning(std::string_view surface) const {
  return impl_->trie.child(NameTrie::kRoot, surface);
}

void CompanyMatcher::find(std::span<const Token> tokens, std::string_view text,
                          std::vector<CompanyMention>& mentions) const {
  std::vector<NameStart> starts;
  for (const Token& token : tokens) {
    if (token.role != TokenRole::piece) continue;
    if (const auto begins = beginning(token.surface); begins != NameTrie::kNone)
      starts.push_back({token.position, begins});
  }
  find(tokens, starts, text, mentions);
}

void CompanyMatcher::find(std::span<const Token> tokens, std::span<const NameStart> starts, std::string_view text,
                          std::vector<CompanyMention>& mentions) const {
  if (starts.empty()) return;
  const std::vector<const Token*> pieces = name_pieces(tokens);
  std::vector<std::uint32_t> context;  // positions of words that speak of business, and of certain names
  std::vector<std::size_t> open;       // places in `mentions` that context can make certain
  std::size_t taken = 0;               // pieces before it are part of a name
  for (const NameStart start : starts) {
    const std::size_t i = start.position;
    if (i < taken) continue;
    const auto [ending, end] = impl_->longest(pieces, start, text);
    if (ending == nullptr) continue;
    if (ending->context) context.push_back(start.position);
    if (ending->name != 0 && !ending->excluded && !in_url(text, pieces[i]->begin)) {
      const Name& name = impl_->names[ending->name];
      if (const auto certain = impl_->judge(name, pieces, i, end, text)) {
        if (*certain) context.push_back(start.position);
        if (!*certain && name.guard != Guard::short_form) open.push_back(mentions.size());
        mentions.push_back({name.company, name.kind, *certain, pieces[i]->begin, pieces[end - 1]->end, start.position});
      }
    }
    // A word of the context may be the beginning of a name.
    if (ending->name != 0 || ending->excluded) taken = end;
  }
  for (const std::size_t place : open) {
    CompanyMention& mention = mentions[place];
    const auto near =
        std::lower_bound(context.begin(), context.end(), mention.position - std::min(mention.position, kContextReach));
    mention.certain = near != context.end() && *near <= mention.position + kContextReach;
  }
}

std::uint64_t CompanyMatcher::version() const noexcept { return impl_->version; }

std::string CompanyMatcher::names() const {
  std::vector<std::string> lines;
  const auto add = [&](std::string_view name, const Company& company, std::string_view kind) -> std::string& {
    lines.emplace_back(name).append(1, kNameFieldEnd).append(company.id).append(1, kNameFieldEnd).append(kind);
    return lines.back();
  };
  for (const Company& company : impl_->table.companies) {
    add("#" + company.id, company, kIdLine);
  }
  for (const auto& [phrase, company] : impl_->excluded) add(phrase, impl_->table.companies[company], kExcludedLine);
  for (auto name = impl_->names.begin() + 1; name != impl_->names.end(); ++name) {
    std::string& line = add(name->folded, impl_->table.companies[name->company], line_kind(*name));
    for (const auto& written : name->written) {
      if (has_case(written)) line.append(1, kNameFieldEnd).append(written);
    }
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const auto& line : lines) all.append(line).append("\n");
  return all;
}

void settle_mentions(std::span<std::vector<CompanyMention>> mentions) {
  std::vector<std::uint32_t> certain;
  for (const auto& text : mentions) {
    for (const CompanyMention& mention : text) {
      if (mention.certain) certain.push_back(mention.company);
    }
  }
  std::sort(certain.begin(), certain.end());
  for (auto& text : mentions) {
    std::erase_if(text, [&](const CompanyMention& mention) {
      return !mention.certain && !std::binary_search(certain.begin(), certain.end(), mention.company);
    });
  }
}

}  // namespace nutgraf
