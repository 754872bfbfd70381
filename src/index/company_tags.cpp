#include "index/company_tags.h"

#include <zstd.h>

#include <algorithm>
#include <map>

#include "index/terms.h"
#include "nutgraf/error.h"

namespace nutgraf {
namespace {

// More than any table comes to: what claims to be longer is damaged.
constexpr std::size_t kLongestTable = std::size_t{64} << 20U;

void count(const std::vector<CompanyMention>& mentions, std::uint32_t each,
           std::map<std::uint32_t, CompanyCount>& counts) {
  for (const CompanyMention& mention : mentions) {
    CompanyCount& company = counts[mention.company];
    company.company = mention.company;
    company.mentions += each;
    if (mention.kind != NameKind::product) company.named += each;
  }
}

std::string compressed(const std::string& text) {
  std::string bytes(ZSTD_compressBound(text.size()), '\0');
  bytes.resize(ZSTD_compress(bytes.data(), bytes.size(), text.data(), text.size(), ZSTD_defaultCLevel()));
  return bytes;
}

}  // namespace

CompanyTags tag_companies(std::vector<std::vector<CompanyMention>>& mentions) {
  settle_mentions(mentions);
  CompanyTags tags;
  std::map<std::uint32_t, std::uint32_t> totals;
  for (std::size_t passage = 1; passage < mentions.size(); ++passage) {
    std::map<std::uint32_t, CompanyCount> counts;
    count(mentions.front(), kTitleWdf, counts);
    count(mentions[passage], 1, counts);
    auto& list = tags.passages.emplace_back();
    for (auto& [company, found] : counts) {
      totals[company] += found.mentions;
      list.push_back({company, std::min(found.mentions, kMaxWdf), std::min(found.named, kMaxWdf)});
    }
  }
  for (const auto& [company, total] : totals) tags.article.push_back(company);
  std::stable_sort(tags.article.begin(), tags.article.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return totals[a] > totals[b]; });
  return tags;
}

std::vector<std::string> ids_of(const std::vector<std::uint32_t>& companies, const CompanyTable& table) {
  std::vector<std::string> ids;
  for (const auto company : companies) ids.push_back(table.companies[company].id);
  return ids;
}

std::string stored_companies(const Xapian::Database& database, std::string_view key) {
  const std::string bytes = database.get_metadata(std::string(key));
  if (bytes.empty()) return {};
  const auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  std::string text(size < kLongestTable ? size : 0, '\0');
  if (ZSTD_decompress(text.data(), text.size(), bytes.data(), bytes.size()) != size) {
    throw Error(ErrorCode::index, "the index is damaged: its table of companies makes no sense",
                "Tag it anew: nutgraf companies --retag.");
  }
  return text;
}

std::optional<PackedCompanies> other_companies(const Manifest& manifest, const CompanyMatcher* companies) {
  if (companies == nullptr) return PackedCompanies{};
  const std::uint64_t version = companies->version();
  if (version != 0 && version == manifest.companies_version) return std::nullopt;
  return PackedCompanies{version, compressed(to_json(companies->table())), compressed(companies->names())};
}

void store_companies(Xapian::WritableDatabase& database, Manifest& manifest, const PackedCompanies& companies,
                     bool all_tagged) {
  manifest.companies_version = all_tagged ? companies.version : 0;
  if (companies.version == 0) return;
  database.set_metadata(std::string(kCompanyTableKey), companies.table);
  database.set_metadata(std::string(kCompanyNamesKey), companies.names);
}

}  // namespace nutgraf
