// Company tags: from the mentions in an article's texts to the terms of its passages, and the same again for an index
// whose table of companies has changed.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "index/manifest.h"
#include "nutgraf/company.h"

namespace nutgraf {

/// How often a passage names a company, a mention in the title counted as title words are.
struct CompanyCount {
  std::uint32_t company = 0;
  std::uint32_t mentions = 0;  ///< wdf of XC: by any name, or by a product
  std::uint32_t named = 0;     ///< wdf of XN: by name
};

struct CompanyTags {
  std::vector<std::vector<CompanyCount>> passages;  ///< each by company, ascending
  std::vector<std::uint32_t> article;               ///< companies of all passages, most mentioned first
};

/// `mentions`: of the title, then of each passage with its heading; settled here.
[[nodiscard]] CompanyTags tag_companies(std::vector<std::vector<CompanyMention>>& mentions);

/// Ids in place of places in the table.
[[nodiscard]] std::vector<std::string> ids_of(const std::vector<std::uint32_t>& companies, const CompanyTable& table);

/// A table of companies as an index keeps it, compressed.
struct PackedCompanies {
  std::uint64_t version = 0;  ///< 0: there is no table
  std::string table;
  std::string names;
};
/// `companies` may be null. Nothing where it is the table that the manifest speaks of.
[[nodiscard]] std::optional<PackedCompanies> other_companies(const Manifest& manifest, const CompanyMatcher* companies);

/// Keeps a table (or none) as that of the index, in the metadata and in the manifest. `all_tagged`: every article there
/// is has been tagged with it; otherwise the manifest says that it is a mixture.
void store_companies(Xapian::WritableDatabase& database, Manifest& manifest, const PackedCompanies& companies,
                     bool all_tagged);

/// Keys of the metadata: the table as JSON, CompanyMatcher::names().
inline constexpr std::string_view kCompanyTableKey = "companies";
inline constexpr std::string_view kCompanyNamesKey = "company-names";

/// What store_companies() kept under one of these; empty where there is nothing.
[[nodiscard]] std::string stored_companies(const Xapian::Database& database, std::string_view key);

}  // namespace nutgraf
