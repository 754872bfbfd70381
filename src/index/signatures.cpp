#include "index/signatures.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>

#include "nutgraf/error.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

Error damaged(const fs::path& path, const std::string& what) {
  return {ErrorCode::index, "the index is damaged: " + path.string() + " " + what,
          "Index the articles again into an empty folder (nutgraf check tells what is wrong)."};
}

std::uint64_t file_size(const FileDescriptor& file, const fs::path& path) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw damaged(path, "cannot be examined");
  return static_cast<std::uint64_t>(status.st_size);
}

// Writes the first `count` pending values.
template <typename T>
void write_first(std::size_t count, std::vector<T>& pending, const FileDescriptor& file, const fs::path& path) {
  write_all(file, path, {reinterpret_cast<const char*>(pending.data()), count * sizeof(T)});
  pending.erase(pending.begin(), pending.begin() + static_cast<std::ptrdiff_t>(count));
}

// Of pending values that a file of `end` values ends with: how many complete pieces of it.
template <typename T>
std::size_t in_whole_pieces(const std::vector<T>& pending, std::uint64_t end) {
  constexpr std::uint64_t kValues = kPiece / sizeof(T);
  return pending.size() < kValues ? 0 : pending.size() - static_cast<std::size_t>(end % kValues);
}

// Cuts a file back to `size` bytes and leaves the next write there.
void cut(const FileDescriptor& file, const fs::path& path, std::uint64_t size) {
  if (file_size(file, path) < size) throw damaged(path, "is too short");
  if (::ftruncate(file.get(), static_cast<off_t>(size)) != 0 || ::lseek(file.get(), 0, SEEK_END) < 0) {
    throw Error(ErrorCode::internal, "cannot cut " + path.string());
  }
}

}  // namespace

SignatureWriter::SignatureWriter(const GenerationPaths& paths, std::uint32_t last_docid)
    : paths_(paths),
      signature_file_(open_file(paths.signatures(), O_RDWR | O_CREAT)),
      directory_file_(open_file(paths.directory(), O_RDWR | O_CREAT)),
      last_docid_(last_docid) {
  if (last_docid > 0) {
    DirectoryEntry last;
    const auto offset = static_cast<off_t>((last_docid - 1) * sizeof last);
    if (::pread(directory_file_.get(), &last, sizeof last, offset) != static_cast<ssize_t>(sizeof last)) {
      throw damaged(paths.directory(), "is too short");
    }
    end_ = last.end;
  }
  cut(directory_file_, paths.directory(), last_docid * sizeof(DirectoryEntry));
  cut(signature_file_, paths.signatures(), end_ * sizeof(std::uint16_t));
}

void SignatureWriter::append(const PassageSignature& passage) {
  for (const auto part : {passage.title, passage.text})
    pending_signatures_.insert(pending_signatures_.end(), part.begin(), part.end());
  end_ += passage.title.size() + passage.text.size();
  pending_entries_.push_back({end_, passage.date.number(), static_cast<std::uint16_t>(passage.ordinal),
                              static_cast<std::uint16_t>(passage.title.size())});
  ++last_docid_;
  if (const auto count = in_whole_pieces(pending_signatures_, end_); count > 0)
    write_first(count, pending_signatures_, signature_file_, paths_.signatures());
  if (const auto count = in_whole_pieces(pending_entries_, last_docid_); count > 0)
    write_first(count, pending_entries_, directory_file_, paths_.directory());
}

void SignatureWriter::append_from(const GenerationPaths& other, std::uint32_t first, std::uint32_t last) {
  const Signatures source(other, last);
  SignatureWalk walk(source);
  for (std::uint32_t docid = first; docid <= last; ++docid) {
    walk.reach(docid);
    const std::uint32_t ordinal = source.ordinal(docid);
    append({ordinal == 1 ? source.title(docid) : std::span<const std::uint16_t>(), source.of(docid), source.date(docid),
            ordinal});
  }
}

void SignatureWriter::flush() {
  write_first(pending_signatures_.size(), pending_signatures_, signature_file_, paths_.signatures());
  write_first(pending_entries_.size(), pending_entries_, directory_file_, paths_.directory());
}

void SignatureWriter::commit() {
  flush();
  sync(signature_file_, paths_.signatures());
  sync(directory_file_, paths_.directory());
}

Signatures::Signatures(const GenerationPaths& paths, std::uint32_t last_docid) : last_docid_(last_docid) {
  std::error_code error;
  for (const auto& path : {paths.signatures(), paths.directory()}) {
    if (!fs::exists(path, error)) throw damaged(path, "is missing");
  }
  auto files =
      std::make_shared<Files>(Files{MappedFile(paths.signatures()), MappedFile(paths.directory()), last_docid});
  if (files->directory.size() / sizeof(DirectoryEntry) < last_docid) throw damaged(paths.directory(), "is too short");
  const std::uint64_t end = last_docid == 0 ? 0 : entry(Place{files.get(), last_docid}).end;
  if (files->signatures.size() / sizeof(std::uint16_t) < end) throw damaged(paths.signatures(), "is too short");
  shards_.push_back(std::move(files));
}

Signatures::Signatures(std::span<const Signatures> shards) {
  const auto stride = static_cast<std::uint32_t>(shards.size());
  for (std::uint32_t shard = 0; shard < stride; ++shard) {
    shards_.push_back(shards[shard].shards_.front());
    const std::uint32_t last = shards[shard].last_docid();
    if (last > 0) last_docid_ = std::max(last_docid_, (last - 1) * stride + shard + 1);
  }
}

const DirectoryEntry& Signatures::entry(Place place) {
  assert(place.docid >= 1 && place.docid <= place.files->last_docid);
  return static_cast<const DirectoryEntry*>(place.files->directory.data())[place.docid - 1];
}

std::span<const std::uint16_t> Signatures::all(Place place) {
  const DirectoryEntry& passage = entry(place);
  const std::uint64_t begin = place.docid == 1 ? 0 : entry({place.files, place.docid - 1}).end;
  const MappedFile& map = place.files->signatures;
  // A damaged directory must not lead outside the mapping.
  if (begin > passage.end || passage.end > map.size() / sizeof(std::uint16_t) || passage.end - begin < passage.title)
    return {};
  return {static_cast<const std::uint16_t*>(map.data()) + begin, static_cast<std::size_t>(passage.end - begin)};
}

std::span<const std::uint16_t> Signatures::of(std::uint32_t docid) const {
  const Place place = place_of(docid);
  const auto whole = all(place);
  return whole.empty() ? whole : whole.subspan(entry(place).title);
}

void Signatures::prefetch(std::uint32_t docid) const {
  constexpr std::size_t kCacheLine = 64;
  const auto bytes = std::as_bytes(of(docid));
  for (std::size_t at = 0; at < bytes.size(); at += kCacheLine) __builtin_prefetch(bytes.data() + at);
}

std::span<const std::uint16_t> Signatures::title(std::uint32_t docid) const {
  const Place first = place_of(article(docid));
  const auto whole = all(first);
  return whole.empty() ? whole : whole.first(entry(first).title);
}

std::uint32_t Signatures::next_passage(std::uint32_t docid) const {
  const Place place = place_of(docid);
  const bool inside = place.docid < place.files->last_docid && entry({place.files, place.docid + 1}).ordinal > 1;
  return inside ? docid + stride() : 0;
}

void Signatures::let_go(std::uint32_t first, std::uint32_t end) const {
  for (const auto& files : shards_) {
    // Docids of this shard, or of passages next to those: what is let go of too early is mapped again.
    const std::uint32_t from = (first - 1) / stride() + 1;
    const std::uint32_t to = std::min((end - 1) / stride() + 1, files->last_docid + 1);
    if (from >= to) continue;
    const auto ends_at = [&](std::uint32_t docid) {
      return docid == 0 ? 0 : static_cast<std::size_t>(entry({files.get(), docid}).end) * sizeof(std::uint16_t);
    };
    files->signatures.let_go(ends_at(from - 1), std::min(ends_at(to - 1), files->signatures.size()));
    // With the entry before, which tells where the first one's signature begins.
    files->directory.let_go((std::max(from, 2U) - 2) * sizeof(DirectoryEntry), (to - 1) * sizeof(DirectoryEntry));
  }
}

}  // namespace nutgraf
