#include "index/codec.h"

#include <algorithm>
#include <concepts>

#include "index/varint.h"
#include "nutgraf/error.h"

namespace nutgraf {
namespace {

void put(std::string& out, std::uint64_t value) { put_varint(out, value); }

void put(std::string& out, std::string_view text) {
  put(out, static_cast<std::uint64_t>(text.size()));
  out += text;
}

// Hashes have no small values: eight bytes, low one first.
void put_fixed(std::string& out, std::uint64_t value) {
  for (int i = 0; i < 8; ++i, value >>= 8) out += static_cast<char>(value & 0xFF);
}

class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  template <typename Integer = std::uint64_t>
  Integer number() {
    if (const auto value = take_varint(rest_)) return static_cast<Integer>(*value);
    throw bad();
  }

  std::uint64_t fixed() {
    if (rest_.size() < 8) throw bad();
    std::uint64_t value = 0;
    for (std::size_t i = 8; i-- > 0;) value = value << 8 | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(8);
    return value;
  }

  std::string_view text() {
    const auto size = number<std::size_t>();
    if (size > rest_.size()) throw bad();
    const auto text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }

  std::string_view rest() const { return rest_; }

  static Error bad() {
    return {ErrorCode::index, "the index is damaged: a stored record makes no sense",
            "Index the articles again into an empty folder (nutgraf check tells what is wrong)."};
  }

 private:
  std::string_view rest_;
};

std::uint64_t root_number(const std::string& root, const std::vector<std::string>& roots) {
  const auto found = std::find(roots.begin(), roots.end(), root);
  if (found == roots.end())
    throw Error(ErrorCode::internal, "an article of " + root + ", which is no folder of this batch");
  return static_cast<std::uint64_t>(found - roots.begin());
}

// A path below its root is stored without it: flag 1 and the part behind "<root>/"; any other path whole.
bool is_below(std::string_view path, std::string_view root) {
  return path.size() > root.size() && path.starts_with(root) && path[root.size()] == '/';
}

constexpr std::uint64_t kIdFromPath = 1;
constexpr std::uint64_t kTitleDerived = 2;
constexpr std::uint64_t kPathBelowRoot = 4;
constexpr std::uint64_t kUpdated = 8;  // it has had an earlier version; records of older indexes never say so

}  // namespace

std::string encode(const ArticleRecord& record, const std::vector<std::string>& roots) {
  const bool below = is_below(record.path, record.root);
  const bool updated = record.sequence != record.first_sequence;
  std::string out;
  put(out, (record.id_from_path ? kIdFromPath : 0U) | (record.title_derived ? kTitleDerived : 0U) |
               (below ? kPathBelowRoot : 0U) | (updated ? kUpdated : 0U));
  put(out, record.id);
  put(out, root_number(record.root, roots));
  put(out, below ? std::string_view(record.path).substr(record.root.size() + 1) : std::string_view(record.path));
  put(out, record.record);
  for (const auto* text : {&record.title, &record.source, &record.author, &record.url, &record.language})
    put(out, *text);
  put(out, record.tags.size());
  for (const auto& tag : record.tags) put(out, tag);
  put(out, record.companies.size());
  for (const auto& company : record.companies) put(out, company);
  put(out, record.date.number());
  put(out, static_cast<std::uint64_t>(record.date_source));
  put(out, static_cast<std::uint64_t>(record.bytes_of));
  put_fixed(out, record.content_hash);
  put(out, record.passages);
  put(out, record.batch);
  put(out, record.sequence);
  if (updated) {
    put(out, record.sequence - record.first_sequence);
    put(out, record.sequence - record.changed_sequence);
  }
  return out;
}

ArticleRecord decode_article(std::string_view bytes, const std::vector<std::string>& roots) {
  Cursor in(bytes);
  ArticleRecord record;
  const auto flags = in.number();
  record.id_from_path = (flags & kIdFromPath) != 0;
  record.title_derived = (flags & kTitleDerived) != 0;
  record.id = in.text();
  const auto root = in.number<std::size_t>();
  if (root >= roots.size()) throw Cursor::bad();
  record.root = roots[root];
  record.path = (flags & kPathBelowRoot) != 0 ? record.root + "/" + std::string(in.text()) : std::string(in.text());
  record.record = in.number<std::size_t>();
  for (auto* text : {&record.title, &record.source, &record.author, &record.url, &record.language}) *text = in.text();
  const auto tags = in.number<std::size_t>();
  for (std::size_t i = 0; i < tags; ++i) record.tags.emplace_back(in.text());
  const auto companies = in.number<std::size_t>();
  for (std::size_t i = 0; i < companies; ++i) record.companies.emplace_back(in.text());
  record.date = Date::from_number(in.number<std::uint32_t>());
  record.date_source = static_cast<DateSource>(in.number<std::uint8_t>());
  record.bytes_of = static_cast<BytesOf>(in.number<std::uint8_t>());
  record.content_hash = in.fixed();
  record.passages = in.number<std::uint32_t>();
  record.batch = in.number<std::uint32_t>();
  record.sequence = in.number();
  const bool updated = (flags & kUpdated) != 0;
  record.first_sequence = record.sequence - (updated ? in.number() : 0);
  record.changed_sequence = record.sequence - (updated ? in.number() : 0);
  return record;
}

std::string encode(const StoredPassage& stored) {
  const PassageRecord& passage = stored.passage;
  std::string out;
  out.reserve(passage.text.size() + passage.heading.size() + stored.article.size() + 32);
  put(out, passage.ordinal);
  put(out, passage.bytes.begin);
  put(out, passage.bytes.size());
  put(out, passage.lines.first);
  put(out, passage.lines.last - passage.lines.first);
  put(out, passage.heading);
  put(out, stored.article);
  out += passage.text;
  return out;
}

StoredPassage decode_passage(std::string_view bytes) {
  Cursor in(bytes);
  StoredPassage stored;
  PassageRecord& passage = stored.passage;
  passage.ordinal = in.number<unsigned>();
  passage.bytes.begin = in.number<std::size_t>();
  passage.bytes.end = passage.bytes.begin + in.number<std::size_t>();
  passage.lines.first = in.number<std::size_t>();
  passage.lines.last = passage.lines.first + in.number<std::size_t>();
  passage.heading = in.text();
  stored.article = in.text();
  passage.text = in.rest();
  return stored;
}

}  // namespace nutgraf
