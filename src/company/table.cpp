// The table of companies as a file: read with an eye on mistakes of the hand, each told with its line.
#include <xxhash.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "company/bad_name.h"
#include "nutgraf/company.h"
#include "nutgraf/error.h"

namespace nutgraf {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "nutgraf.companies/1";
constexpr std::size_t kMaxBytes = std::size_t{4} << 20U;
constexpr const char* kFormatHint = "corpus/README.md describes the file; the one that was in force stays in force.";

// The keys of a company that hold lists of texts.
struct ListKey {
  std::string_view key;
  std::vector<std::string> Company::*list;
};
constexpr ListKey kLists[]{{"aliases", &Company::aliases}, {"short", &Company::short_forms},
                           {"tickers", &Company::tickers}, {"products", &Company::products},
                           {"guarded", &Company::guarded}, {"not", &Company::excluded}};

std::size_t line_at(std::string_view json, std::size_t byte) {
  return 1 + static_cast<std::size_t>(std::count(
                 json.begin(), json.begin() + static_cast<std::ptrdiff_t>(std::min(byte, json.size())), '\n'));
}

// The byte at which the text `value` of a JSON document begins, key or not, at or behind `from`; npos where there is
// none. For messages: a parsed value does not know its place.
std::size_t find_text(std::string_view json, const std::string& value, std::size_t from) {
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] != '"') continue;
    const std::size_t begin = i++;
    for (; i < json.size() && json[i] != '"'; ++i) i += json[i] == '\\' ? 1 : 0;
    if (begin < from) continue;
    const Json text = Json::parse(json.substr(begin, i + 1 - begin), nullptr, false);
    if (text.is_string() && text.get_ref<const std::string&>() == value) return begin;
  }
  return std::string_view::npos;
}

class TableReader {
 public:
  TableReader(std::string_view json, std::string_view origin) : json_(json), origin_(origin) {}

  CompanyTable read(const CompanyTable& base) {
    const Json document = parse();
    CompanyTable table;
    check_keys(document, {"schema", "extends", "context", "companies"});
    if (document.value("schema", Json()) != kSchema)
      throw wrong("\"schema\" is not \"" + std::string(kSchema) + "\"", "schema");
    if (const auto extends = document.find("extends"); extends != document.end()) {
      if (!extends->is_boolean()) throw wrong("\"extends\" is true or false", "extends");
      if (extends->get<bool>()) table = base;
    }
    for (auto& word : texts(document, "context")) table.context.push_back(std::move(word));
    const auto companies = document.find("companies");
    if (companies == document.end() || !companies->is_array() || companies->empty())
      throw wrong("\"companies\" is no list of companies", "companies");
    for (const Json& company : *companies) add(read_company(company), table);
    std::sort(table.companies.begin(), table.companies.end(),
              [](const Company& a, const Company& b) { return a.id < b.id; });
    return table;
  }

  /// With the line of `text`, or of its first place behind `company`'s id.
  Error wrong(const std::string& what, const std::string& text, const std::string& company = {}) const {
    std::size_t from = company.empty() ? 0 : find_text(json_, company, 0);
    from = from == std::string_view::npos || company.empty() ? 0 : from + 1;
    const std::size_t at = find_text(json_, text, from);
    return wrong_at(what, at == std::string_view::npos ? from : at);
  }

 private:
  Json parse() const {
    if (json_.size() > kMaxBytes) {
      throw Error(ErrorCode::usage,
                  std::string(origin_) + ": more than 4 MiB, which no table of companies written by hand has",
                  kFormatHint);
    }
    if (json_.find_first_not_of(" \t\r\n") == std::string_view::npos)
      throw Error(ErrorCode::usage, std::string(origin_) + ": the file is empty", kFormatHint);
    try {
      Json document = Json::parse(json_);
      if (!document.is_object()) throw wrong_at("not an object with \"companies\"", 0);
      return document;
    } catch (const Json::parse_error& error) {
      throw wrong_at("broken JSON", error.byte == 0 ? 0 : error.byte - 1);
    } catch (const Json::out_of_range&) {  // nobody says where
      throw Error(ErrorCode::usage, std::string(origin_) + ": a number is too large", kFormatHint);
    }
  }

  Error wrong_at(const std::string& what, std::size_t byte) const {
    return {ErrorCode::usage, std::string(origin_) + ", line " + std::to_string(line_at(json_, byte)) + ": " + what,
            kFormatHint};
  }

  void check_keys(const Json& object, std::initializer_list<std::string_view> known) const {
    for (const auto& [key, value] : object.items()) {
      if (std::find(known.begin(), known.end(), key) == known.end()) throw wrong("unknown key \"" + key + "\"", key);
    }
  }

  std::vector<std::string> texts(const Json& object, std::string_view key) const {
    const auto list = object.find(key);
    if (list == object.end()) return {};
    if (!list->is_array()) throw wrong("\"" + std::string(key) + "\" is no list", std::string(key));
    std::vector<std::string> values;
    for (const Json& value : *list) {
      if (!value.is_string()) throw wrong("\"" + std::string(key) + "\" holds what is no text", std::string(key));
      values.push_back(value.get<std::string>());
      if (values.back().find_first_not_of(' ') == std::string::npos)
        throw wrong("an empty text in \"" + std::string(key) + "\"", values.back());
    }
    return values;
  }

  Company read_company(const Json& json) {
    if (!json.is_object()) throw wrong("\"companies\" holds what is no object", "companies");
    check_keys(json, {"id", "name", "aliases", "short", "tickers", "products", "guarded", "not"});
    Company company;
    const Json id = json.value("id", Json());
    const Json name = json.value("name", Json());
    if (!id.is_string()) throw wrong("a company has no \"id\"", "companies");
    company.id = id.get<std::string>();
    if (!is_slug(company.id))
      throw wrong("the id \"" + company.id + "\" has more than lower-case letters, digits and hyphens", company.id);
    if (!ids_.insert(company.id).second)
      throw wrong("the id \"" + company.id + "\" is taken by another company", company.id, company.id);
    if (!name.is_string() || name.get<std::string>().empty())
      throw wrong("the company \"" + company.id + "\" has no \"name\"", company.id);
    company.name = name.get<std::string>();
    for (const ListKey& key : kLists) company.*key.list = texts(json, key.key);
    for (const auto& guarded : company.guarded) {
      if (!has_name(company, guarded))
        throw wrong("\"" + guarded + "\" is guarded, but no name of \"" + company.id + "\"", guarded, company.id);
    }
    return company;
  }

  static bool is_slug(std::string_view id) {
    return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
  }

  static bool has_name(const Company& company, const std::string& name) {
    const auto has = [&](const std::vector<std::string>& names) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    return company.name == name || has(company.aliases) || has(company.products);
  }

  static void add(Company company, CompanyTable& table) {
    const auto same = std::find_if(table.companies.begin(), table.companies.end(),
                                   [&](const Company& other) { return other.id == company.id; });
    if (same != table.companies.end()) {
      *same = std::move(company);
    } else {
      table.companies.push_back(std::move(company));
    }
  }

  std::string_view json_;
  std::string_view origin_;
  std::set<std::string> ids_;
};

}  // namespace

const Company* CompanyTable::find(std::string_view id) const {
  const auto found =
      std::lower_bound(companies.begin(), companies.end(), id,
                       [](const Company& company, std::string_view wanted) { return company.id < wanted; });
  return found == companies.end() || found->id != id ? nullptr : &*found;
}

CompanyMatcher read_companies(std::string_view json, std::string_view origin, const CompanyMatcher* base) {
  TableReader reader(json, origin);
  try {
    const bool extends = base != nullptr && extends_companies(json);
    return CompanyMatcher(reader.read(base == nullptr ? CompanyTable{} : base->table()),
                          companies_version(json, extends ? base->version() : 0));
  } catch (const BadName& bad) {
    throw reader.wrong(bad.what(), bad.name, bad.company);
  }
}

std::uint64_t companies_version(std::string_view json, std::uint64_t base) {
  return XXH3_64bits_withSeed(json.data(), json.size(), base);
}

bool extends_companies(std::string_view json) {
  const Json document = Json::parse(json, nullptr, false);
  return document.is_object() && document.value("extends", Json(false)) == Json(true);
}

std::string to_json(const CompanyTable& table) {
  Json document{{"schema", kSchema}, {"context", table.context}, {"companies", Json::array()}};
  for (const Company& company : table.companies) {
    Json json{{"id", company.id}, {"name", company.name}};
    for (const ListKey& key : kLists) {
      if (!(company.*key.list).empty()) json[std::string(key.key)] = company.*key.list;
    }
    document["companies"].push_back(std::move(json));
  }
  return document.dump();
}

}  // namespace nutgraf
