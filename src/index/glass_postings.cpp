#include "index/glass_postings.h"

#include <vector>

#include "index/varint.h"
#include "nutgraf/error.h"

namespace nutgraf::glass {
namespace {

constexpr std::string_view kLengthsKey("\0\xE0", 2);
// Room for what stands before a chunk, and for the posting that fills it.
constexpr std::size_t kChunkHeader = 5 + 10 + 5 + 1 + 5;
constexpr std::size_t kLargestPosting = 10;

}  // namespace

void PostingWriter::add_lengths(std::span<const std::uint32_t> lengths) {
  std::vector<Posting> postings;
  postings.reserve(lengths.size());
  for (const std::uint32_t length : lengths)
    postings.push_back({static_cast<std::uint32_t>(postings.size() + 1), length});
  write({std::string(kLengthsKey), std::string(kLengthsKey), 0, 0}, postings);
}

void require_key(std::string_view term) {
  // A NUL would have to be written as two bytes, and terms that begin with one would mix with the keys of Xapian's own.
  if (term.empty() || term.size() > kMaxTerm || term.find('\0') != std::string_view::npos) {
    throw Error(ErrorCode::internal, "a term that cannot be a key: " + std::string(term));
  }
}

void PostingWriter::add(std::string_view term, std::span<const Posting> postings) {
  require_key(term);
  List list{std::string(term), std::string(term) + '\0', postings.size(), 0};
  for (const Posting& posting : postings) list.wdf += posting.wdf;
  write(list, postings);
}

void PostingWriter::write(const List& list, std::span<const Posting> postings) {
  const std::size_t chunk_bytes = kMaxItem - kItemHeader - list.later_keys.size() - 5 - kChunkHeader - kLargestPosting;
  for (std::size_t i = 0; i < postings.size();) {
    const std::size_t first = i;
    char* end = put_varint(chunk_.data(), postings[i].wdf);
    const char* const full = chunk_.data() + chunk_bytes;
    for (++i; i < postings.size() && end < full; ++i) {
      end = put_varint(end, postings[i].docid - postings[i - 1].docid - 1);
      end = put_varint(end, postings[i].wdf);
    }
    const std::uint32_t first_docid = postings[first].docid;
    tag_.clear();
    if (first == 0) {
      key_ = list.first_key;
      put_varint(tag_, list.postings);
      put_varint(tag_, list.wdf);
      put_varint(tag_, first_docid - 1);
    } else {
      key_ = list.later_keys;
      put_sortable(key_, first_docid);
    }
    tag_ += i == postings.size() ? '1' : '0';
    put_varint(tag_, postings[i - 1].docid - first_docid);
    tag_.append(chunk_.data(), end);
    table_.add(key_, tag_);
  }
}

}  // namespace nutgraf::glass
