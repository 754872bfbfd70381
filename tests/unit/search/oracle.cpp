#include "unit/search/oracle.h"

#include <algorithm>

#include "search/stop_words.h"

namespace nutgraf::test {
namespace {

using Pieces = std::vector<std::string>;

bool is_at(const Pieces& text, std::size_t place, const Pieces& word) {
  if (place + word.size() > text.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (text[place + i] != word[i]) return false;
  }
  return true;
}

bool has_phrase(const Pieces& text, const Pieces& phrase) {
  for (std::size_t place = 0; place < text.size(); ++place) {
    if (is_at(text, place, phrase)) return true;
  }
  return false;
}

// Every choice of a place for each word.
bool try_places(const Pieces& text, const std::vector<Pieces>& words, std::size_t distance,
                std::vector<std::size_t>& chosen) {
  if (chosen.size() == words.size()) {
    std::size_t last_begin = 0, first_end = text.size();
    for (std::size_t i = 0; i < words.size(); ++i) {
      last_begin = std::max(last_begin, chosen[i]);
      first_end = std::min(first_end, chosen[i] + words[i].size() - 1);
    }
    return last_begin <= first_end + distance;
  }
  const Pieces& word = words[chosen.size()];
  for (std::size_t place = 0; place < text.size(); ++place) {
    bool taken = false;
    for (std::size_t i = 0; i < chosen.size(); ++i) taken = taken || (words[i] == word && chosen[i] == place);
    if (taken || !is_at(text, place, word)) continue;
    chosen.push_back(place);
    if (try_places(text, words, distance, chosen)) return true;
    chosen.pop_back();
  }
  return false;
}

bool is_letters(std::string_view surface) { return surface.find_first_of("0123456789") == std::string_view::npos; }

}  // namespace

Oracle::Oracle(const std::filesystem::path& path, const std::vector<std::string>& ids,
               const CompanyMatcher* companies) {
  if (companies != nullptr) read_names(companies->table());
  std::vector<std::string> all = ids;
  for (int i = 0; ids.empty() && i < 1000; ++i) all.push_back(std::to_string(i));
  std::set<std::string> languages;
  for (const auto& id : all) {
    const auto stored = find_article(path, id);
    if (!stored) continue;
    languages.insert(stored->article.language);
    const std::string title = stored->article.title_derived ? "" : stored->article.title;
    for (const auto& passage : stored->passages) {
      Text text{passage.id,
                read(passage.text, stored->article.language),
                read(title, stored->article.language),
                read(passage.heading, stored->article.language),
                {},
                {}};
      for (const Field* field : {&text.body, &text.title, &text.heading})
        text.all_terms.insert(field->terms.begin(), field->terms.end());
      texts_.push_back(std::move(text));
    }
    if (companies != nullptr) tag(*companies, *stored, texts_.size() - stored->passages.size());
  }
  languages_.assign(languages.begin(), languages.end());
}

Oracle::Field Oracle::read(const std::string& text, const std::string& language) const {
  Field field;
  analyzer_.tokenize(text, language, stream_);
  for (const Token& token : stream_.tokens()) {
    field.terms.emplace(token.term);
    if (token.role == TokenRole::piece) field.pieces.emplace_back(token.surface);
  }
  return field;
}

void Oracle::read_names(const CompanyTable& table) {
  for (const Company& company : table.companies) {
    const auto add = [&](const std::string& name, bool names_it) {
      const auto& guarded = company.guarded;
      const bool is_guarded = std::find(guarded.begin(), guarded.end(), name) != guarded.end();
      names_.push_back({pieces(name), names_it ? company.id : "", is_guarded ? Pieces{name} : Pieces{}});
    };
    add(company.name, true);
    for (const auto& alias : company.aliases) add(alias, true);
    for (const auto& product : company.products) add(product, false);
    for (const auto& phrase : company.excluded) add(phrase, false);
  }
}

// The texts from number `first` on are its passages.
void Oracle::tag(const CompanyMatcher& companies, const StoredArticle& article, std::size_t first) {
  std::vector<std::vector<CompanyMention>> mentions;
  const auto find = [&](const std::string& text) {
    analyzer_.tokenize(text, article.article.language, stream_);
    companies.find(stream_.tokens(), text, mentions.back());
  };
  mentions.emplace_back();
  if (!article.article.title_derived) find(article.article.title);
  for (const auto& passage : article.passages) {
    mentions.emplace_back();
    find(passage.text);
    find(passage.heading);
  }
  settle_mentions(mentions);
  for (std::size_t i = 1; i < mentions.size(); ++i) {
    for (const auto* list : {&mentions.front(), &mentions[i]}) {
      for (const auto& mention : *list) {
        if (mention.kind != NameKind::product)
          texts_[first + i - 1].companies.insert(companies.table().companies[mention.company].id);
      }
    }
  }
}

// Alternatives with nothing but white space between are read together.
void Oracle::find_named(const QueryNode& node) const {
  const auto is_word = [](const QueryNode& word) { return word.kind == QueryKind::word && word.field.empty(); };
  if (is_word(node)) find_named(node.bytes);
  if (node.kind != QueryKind::group) return;
  ByteRange run;
  for (const auto& child : node.children) {
    const bool alternative = is_word(child) && child.occur == Occur::should;
    const bool goes_on = alternative && !run.empty() && child.bytes.begin > run.end &&
                         query_.find_first_not_of(' ', run.end) == child.bytes.begin;
    if (!goes_on && !run.empty()) {
      find_named(run);
      run = {};
    }
    if (goes_on) {
      run.end = child.bytes.end;
    } else if (alternative) {
      run = child.bytes;
    } else {
      find_named(child);
    }
  }
  if (!run.empty()) find_named(run);
}

void Oracle::find_named(ByteRange run) const {
  const std::string text = query_.substr(run.begin, run.size());
  std::vector<Token> all = tokens(text);
  std::erase_if(all, [](const Token& token) { return token.role != TokenRole::piece; });
  Pieces run_pieces;
  for (const Token& token : all) run_pieces.emplace_back(token.surface);
  for (std::size_t place = 0; place < all.size();) {
    const Name* longest = nullptr;
    for (const Name& name : names_) {
      bool fits = is_at(run_pieces, place, name.pieces);
      for (std::size_t i = place + 1; fits && i < place + name.pieces.size(); ++i)
        fits = all[i].begin - all[i - 1].end <= 1;
      if (fits && (longest == nullptr || name.pieces.size() > longest->pieces.size())) longest = &name;
    }
    if (longest == nullptr) {
      ++place;
      continue;
    }
    const ByteRange bytes{all[place].begin, all[place + longest->pieces.size() - 1].end};
    const auto& written = longest->written;
    const bool as_written =
        std::find(written.begin(), written.end(), text.substr(bytes.begin, bytes.size())) != written.end();
    const bool in_texts = std::any_of(texts_.begin(), texts_.end(),
                                      [&](const Text& any) { return any.companies.contains(longest->company); });
    if (in_texts && (written.empty() || as_written))
      named_.push_back({longest->company, longest->pieces, {run.begin + bytes.begin, run.begin + bytes.end}});
    place += longest->pieces.size();
  }
}

const Oracle::Named* Oracle::named_at(ByteRange bytes) const {
  for (const Named& named : named_) {
    if (named.bytes.begin <= bytes.begin && bytes.end <= named.bytes.end) return &named;
  }
  return nullptr;
}

bool Oracle::holds(const Named& named, const Text& text) const {
  if (text.companies.contains(named.company)) return true;
  return named.pieces.size() == 1 ? has_form(named.pieces.front(), "", text)
                                  : has_phrase(text.body.pieces, named.pieces);
}

std::set<std::string> Oracle::find(const std::string& query) const {
  const ParsedQuery parsed = parse_query(query);
  query_ = parsed.text;
  named_.clear();
  find_named(parsed.root);
  std::set<std::string> ids;
  for (const Text& text : texts_) {
    if (holds(parsed.root, text, false, false).value_or(false)) ids.insert(text.id);
  }
  return ids;
}

std::vector<Token> Oracle::tokens(const std::string& text) const {
  analyzer_.tokenize(text, "en", stream_);
  return {stream_.tokens().begin(), stream_.tokens().end()};
}

Pieces Oracle::pieces(const std::string& text) const {
  Pieces pieces;
  for (const Token& token : tokens(text)) {
    if (token.role == TokenRole::piece) pieces.emplace_back(token.surface);
  }
  return pieces;
}

bool Oracle::has_form(const std::string& surface, const std::string& field, const Text& text) const {
  const std::set<std::string>& terms = field == "title"     ? text.title.terms
                                       : field == "heading" ? text.heading.terms
                                                            : text.all_terms;
  const auto forms = analyzer_.terms_of(surface, languages_);
  return std::any_of(forms.begin(), forms.end(), [&](const auto& form) { return terms.contains(form); });
}

// Nothing: the node has nothing to look for.
std::optional<bool> Oracle::holds(const QueryNode& node, const Text& text, bool excluded, bool strict) const {
  const Pieces& field = node.field == "title"     ? text.title.pieces
                        : node.field == "heading" ? text.heading.pieces
                                                  : text.body.pieces;
  switch (node.kind) {
    case QueryKind::all: return true;
    case QueryKind::word: return word(node, text, strict);
    case QueryKind::prefix: return prefix(node, text);
    case QueryKind::near: return near(node, text);
    case QueryKind::group: return group(node, text, excluded);
    case QueryKind::phrase: {
      const Pieces phrase = pieces(node.text);
      return phrase.empty() ? std::nullopt : std::optional(has_phrase(field, phrase));
    }
    default: return std::nullopt;
  }
}

std::optional<bool> Oracle::group(const QueryNode& node, const Text& text, bool excluded) const {
  bool content = false;
  for (const auto& child : node.children) content = content || (child.occur != Occur::must_not && !is_stop(child));
  bool all = true, any = false, has_must = false, has_should = false, wanted = false;
  for (const auto& child : node.children) {
    if (child.occur == Occur::should && content && is_stop(child)) continue;
    wanted = wanted || (child.occur != Occur::must_not && child.kind != QueryKind::all);
    const bool now_excluded = excluded || child.occur == Occur::must_not;
    const auto value = holds(child, text, now_excluded, now_excluded || child.occur == Occur::must);
    if (!value) continue;
    if (child.occur == Occur::must) has_must = true;
    if (child.occur == Occur::should) has_should = true;
    if (child.occur == Occur::must) all = all && *value;
    if (child.occur == Occur::must_not) all = all && !*value;
    if (child.occur == Occur::should) any = any || *value;
  }
  if (wanted && !has_must && !has_should) return std::nullopt;
  return all && (any || has_must || !has_should);
}

// As one: its pieces side by side, or its joined form. Else any of its parts: joined forms, words of a compound, pairs.
std::optional<bool> Oracle::word(const QueryNode& node, const Text& text, bool strict) const {
  const auto all = tokens(node.text);
  const Pieces run = pieces(node.text);
  if (run.empty()) return std::nullopt;
  const Pieces& field = node.field == "title"     ? text.title.pieces
                        : node.field == "heading" ? text.heading.pieces
                                                  : text.body.pieces;
  struct Part {
    std::string surface;
    ByteRange bytes;
  };
  std::vector<Part> parts;
  const std::size_t byte = query_.find(node.text, node.bytes.begin);
  const auto add = [&](const Token& token) {
    parts.push_back({std::string(token.surface), {byte + token.begin, byte + token.end}});
  };
  const auto piece_at = [&](std::size_t place) {
    return *std::find_if(all.begin(), all.end(),
                         [&](const Token& token) { return token.role == TokenRole::piece && token.position == place; });
  };
  bool whole_of_all = false;
  for (std::size_t place = 0; place < run.size();) {
    const Token* whole = nullptr;
    const Token* gram = nullptr;
    bool in_gram = false;
    for (const Token& token : all) {
      if (token.role == TokenRole::whole && token.position == place && token.pieces > 1 &&
          (whole == nullptr || token.pieces > whole->pieces))
        whole = &token;
      if (token.role == TokenRole::gram && token.position == place) gram = &token;
      if (token.role == TokenRole::gram && token.position + 1 == place) in_gram = true;
    }
    if (gram != nullptr) {
      add(*gram);
      ++place;
    } else if (whole != nullptr) {
      bool letters = true;
      for (std::size_t i = place; i < place + whole->pieces; ++i) letters = letters && is_letters(run[i]);
      for (std::size_t i = place; letters && i < place + whole->pieces; ++i) add(piece_at(i));
      add(*whole);
      whole_of_all = whole->pieces == run.size();
      place += whole->pieces;
    } else {
      if (!in_gram) add(piece_at(place));
      ++place;
    }
  }
  const auto is_name = [&](const Part& part) { return node.field.empty() && named_at(part.bytes) != nullptr; };
  const Named* const first = is_name(parts.front()) ? named_at(parts.front().bytes) : nullptr;
  const bool one_name = first != nullptr && std::all_of(parts.begin(), parts.end(), [&](const Part& part) {
                          return named_at(part.bytes) == first;
                        });
  if (strict && one_name) return first->bytes.begin >= byte ? std::optional(holds(*first, text)) : std::nullopt;
  if (strict && parts.size() > 1)
    return has_phrase(field, run) || (whole_of_all && has_form(parts.back().surface, node.field, text));
  bool asked = false, any = false;
  for (const Part& part : parts) {
    const Named* const named = is_name(part) && !strict ? named_at(part.bytes) : nullptr;
    if (named != nullptr && named->bytes.begin < byte) continue;  // the word before has it
    asked = true;
    any = any || (named != nullptr ? holds(*named, text) : has_form(part.surface, node.field, text));
  }
  return asked ? std::optional(any) : std::nullopt;
}

std::optional<bool> Oracle::prefix(const QueryNode& node, const Text& text) const {
  const Pieces run = pieces(node.text);
  if (run.empty()) return std::nullopt;
  std::string start;
  for (const auto& piece : run) start += piece;
  const auto is_cjk = [](const std::string& piece) { return static_cast<unsigned char>(piece[0]) >= 0xE3; };
  if (run.size() > 1 && std::all_of(run.begin(), run.end(), is_cjk)) return has_phrase(text.body.pieces, run);
  for (const std::string_view term : text.all_terms) {
    // Stems of other languages than English carry it: "fr:nation".
    const bool marked = term.size() > 3 && term[2] == ':';
    if (term.starts_with(start) || (marked && term.substr(3).starts_with(start))) return true;
  }
  return run.size() == 1 && has_form(start, node.field, text);
}

std::optional<bool> Oracle::near(const QueryNode& node, const Text& text) const {
  std::vector<Pieces> words;
  for (const auto& child : node.children) {
    words.push_back(pieces(child.text));
    if (words.back().empty()) words.pop_back();
  }
  if (words.empty()) return std::nullopt;
  const std::string& field = node.children.front().field;
  std::vector<std::size_t> chosen;
  return try_places(field == "title"     ? text.title.pieces
                    : field == "heading" ? text.heading.pieces
                                         : text.body.pieces,
                    words, node.distance, chosen);
}

bool Oracle::is_stop(const QueryNode& node) const {
  if (node.kind != QueryKind::word || !node.field.empty() || named_at(node.bytes) != nullptr) return false;
  const Pieces run = pieces(node.text);
  return run.size() == 1 && is_stop_word(run.front());
}

}  // namespace nutgraf::test
