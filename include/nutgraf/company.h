// Company: which companies a text speaks of. A table of names, written by hand (corpus/README.md describes the file),
// and a matcher that finds them in the tokens of a text. Knows no index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/analyzer.h"
#include "nutgraf/range.h"

namespace nutgraf {

struct Company {
  std::string id;    ///< a slug: lower-case letters, digits and hyphens
  std::string name;  ///< as shown
  std::vector<std::string> aliases;
  std::vector<std::string> short_forms;  ///< count only in an article that names the company otherwise
  std::vector<std::string> tickers;      ///< count only in capitals, and as guarded names do
  std::vector<std::string> products;     ///< names of what it makes
  std::vector<std::string> guarded;      ///< those of its names that are also common words
  std::vector<std::string> excluded;     ///< phrases that hold one of its names and speak of something else
};

struct CompanyTable {
  std::vector<Company> companies;    ///< by id, ascending
  std::vector<std::string> context;  ///< words near which a guarded name is the company's

  [[nodiscard]] const Company* find(std::string_view id) const;  ///< null where there is none
};

/// The table as the text of a file that read_companies() reads; equal tables give equal bytes.
[[nodiscard]] std::string to_json(const CompanyTable& table);
/// Whether the text of a table says that it adds to another; false also for what is no table.
[[nodiscard]] bool extends_companies(std::string_view json);

enum class NameKind : std::uint8_t { name, ticker, product };

/// A company, named in a text.
struct CompanyMention {
  std::uint32_t company = 0;  ///< place in the table
  NameKind kind = NameKind::name;
  bool certain = true;      ///< false: a guarded name, and nothing near it says that it is meant
  std::uint32_t begin = 0;  ///< bytes [begin, end) of the text
  std::uint32_t end = 0;
  std::uint32_t position = 0;  ///< of its first piece
};

/// A piece that a name may begin with.
struct NameStart {
  std::uint32_t position = 0;   ///< of the piece
  std::uint32_t beginning = 0;  ///< CompanyMatcher::beginning() of its surface
};

/// Finds the names of a table. Immutable: any number of threads may use one. Made by read_companies().
class CompanyMatcher {
 public:
  explicit CompanyMatcher(CompanyTable table, std::uint64_t version = 0);
  ~CompanyMatcher();
  CompanyMatcher(CompanyMatcher&&) noexcept;
  CompanyMatcher& operator=(CompanyMatcher&&) noexcept;

  [[nodiscard]] const CompanyTable& table() const noexcept;

  /// Adds to `mentions` what `tokens` of `text` name, in order and without overlap; of names that begin together the
  /// longest counts. A guarded name in capitals where small letters are due, or near a word of the table's context
  /// or a certain name is certain; one written small, where the table has a capital, is none. Linear in the number of
  /// tokens.
  void find(std::span<const Token> tokens, std::string_view text, std::vector<CompanyMention>& mentions) const;
  /// The same for who remembers what beginning() said of each surface: `starts` are all pieces with one, in order.
  void find(std::span<const Token> tokens, std::span<const NameStart> starts, std::string_view text,
            std::vector<CompanyMention>& mentions) const;
  /// Stands for a surface that names, or words of the context, begin with; 0 where none does.
  [[nodiscard]] std::uint32_t beginning(std::string_view surface) const;

  /// Of the texts that the table was read from: another version may find other companies.
  [[nodiscard]] std::uint64_t version() const noexcept;

  /// All names, for CompanyNames.
  [[nodiscard]] std::string names() const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

/// Reads a table from the text of a file. `origin` names it in messages. Error(usage), with the line, for what is no
/// such table: broken JSON, unknown keys, ids that are taken or no slugs, empty names, a name that two companies claim,
/// more than 4 MiB. A table with "extends" adds to that of
/// `base`: a company whose id is there takes the place of the other.
[[nodiscard]] CompanyMatcher read_companies(std::string_view json, std::string_view origin,
                                            const CompanyMatcher* base = nullptr);

/// The version() of what read_companies() makes of such texts, without reading them; `base`: that of the table
/// extended.
[[nodiscard]] std::uint64_t companies_version(std::string_view json, std::uint64_t base = 0);

/// Takes out what is uncertain, unless its company is named with certainty in one of the texts of the article.
/// `mentions`: of all texts of one article, a list a text.
void settle_mentions(std::span<std::vector<CompanyMention>> mentions);

/// The names of a matcher, to look single ones up: ready at once where building the matcher takes milliseconds.
class CompanyNames {
 public:
  CompanyNames() = default;
  explicit CompanyNames(std::string names) : names_(std::move(names)) {}  ///< CompanyMatcher::names()

  struct Named {
    std::string id;
    std::vector<std::string> surfaces;  ///< of the pieces that name it
    ByteRange bytes;                    ///< of the text
  };
  /// The companies that `tokens` of a query name, in order and without overlap: of names that begin together the
  /// longest counts. Products, tickers and short forms name none; a guarded name does where it is written as in the
  /// table.
  [[nodiscard]] std::vector<Named> find(std::span<const Token> tokens, std::string_view text) const;

  struct Spelling {
    std::vector<std::string> surfaces;
    std::vector<std::string> written;  ///< one of these, to the letter; empty: however it is written
    NameKind kind = NameKind::name;
  };
  /// By all that a text may call a company: name, aliases, short forms, tickers, products.
  [[nodiscard]] std::vector<Spelling> spellings(std::string_view id) const;

  /// The id of the company that has `name` as id, name, alias, ticker or product (folded); empty where none has.
  [[nodiscard]] std::string resolve(std::string_view name, const Analyzer& analyzer) const;

  /// The name or id that is spelt most like `name`; empty where none is.
  [[nodiscard]] std::string nearest(std::string_view name, const Analyzer& analyzer) const;

 private:
  [[nodiscard]] std::string_view first_line_from(std::string_view start) const;
  [[nodiscard]] std::string_view line_of(std::string_view folded) const;

  std::string names_;
};

}  // namespace nutgraf
