#include "reader/walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

#include "nutgraf/error.h"
#include "reader/byte_stream.h"
#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

namespace fs = std::filesystem;

std::string absolute_path(const fs::path& path) {
  std::string text = fs::absolute(path).lexically_normal().generic_string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

std::string below(const std::string& folder, std::string_view name) {
  std::string path = folder;
  if (path.back() != '/') path += '/';
  return path += name;
}

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

class Walker {
 public:
  explicit Walker(const ReadOptions& options) : options_(options) {}

  void add(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
      if (error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory) {
        throw Error(ErrorCode::usage, path.string() + ": " + lower_ascii(error.message()));
      }
      throw Error(ErrorCode::usage, path.string() + ": no such file or folder", "Name files or folders that exist.");
    }
    const std::string absolute = absolute_path(path);
    if (fs::is_directory(status)) {
      use_root(absolute);
      add_folder(absolute);
    } else {
      use_root(fs::path(absolute).parent_path().generic_string());
      add_named(absolute, status);
    }
  }

  Walk take() { return std::move(walk_); }

 private:
  // What is added next is below `root`.
  void use_root(const std::string& root) {
    const auto known = std::find(walk_.roots.begin(), walk_.roots.end(), root);
    root_ = static_cast<std::size_t>(known - walk_.roots.begin());
    if (known == walk_.roots.end()) walk_.roots.push_back(root);
  }

  void reject(std::string path, std::string reason) {
    walk_.files.push_back({std::move(path), root_, {}, 0, std::move(reason)});
  }

  void reject_folder(const std::string& folder, const std::string& reason) {
    // The root itself has no path below it.
    reject(folder == walk_.roots[root_] ? below(folder, "") : folder, "folder: " + reason);
  }

  void add_regular(std::string path, FileKind kind, std::uint64_t size) {
    if (options_.format != Format::automatic && !kind.archive) kind.format = options_.format;
    walk_.files.push_back({std::move(path), root_, kind, size, {}});
    walk_.bytes += size;
  }

  // A file that the user names is read whatever it is called, if its format can be told.
  void add_named(const std::string& path, const fs::file_status& status) {
    const fs::path name = fs::path(path).filename();
    if (!fs::is_regular_file(status)) return reject(path, "not a regular file");
    const FileKind kind = kind_of_name(name.string());
    const bool told = kind.readable() || options_.format != Format::automatic || !name.has_extension();
    if (!told) return reject(path, "unknown file type \"" + name.extension().string() + "\"");
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error);
    add_regular(path, kind, error ? 0 : size);
  }

  // Depth first with a list of folders to go: no limit by the stack.
  void add_folder(const std::string& root) {
    const std::size_t first = walk_.files.size();
    std::vector<std::string> folders{root};
    while (!folders.empty()) {
      const std::string folder = std::move(folders.back());
      folders.pop_back();
      const std::unique_ptr<DIR, CloseFolder> open(::opendir(folder.c_str()));
      if (open == nullptr) {
        reject_folder(folder, system_message(errno));
        continue;
      }
      errno = 0;
      while (const dirent* entry = ::readdir(open.get())) {
        add_entry(open.get(), folder, *entry, folders);
        errno = 0;
      }
      if (errno != 0) reject_folder(folder, "read in part only: " + system_message(errno));
    }
    std::sort(walk_.files.begin() + static_cast<std::ptrdiff_t>(first), walk_.files.end(),
              [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
  }

  // There may be very many files: each is looked at once, from its folder, and what the folder itself tells is enough
  // for those that are passed over.
  void add_entry(DIR* open, const std::string& folder, const dirent& entry, std::vector<std::string>& folders) {
    const std::string_view name = entry.d_name;
    if (name.front() == '.') return;
    const FileKind kind = kind_of_name(name);
    if (entry.d_type == DT_REG && !kind.readable()) return;
    struct stat status {};
    if (::fstatat(::dirfd(open), entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      // Gone meanwhile, or it may be a folder of articles: what was indexed of it must not count as vanished.
      if (errno != ENOENT) reject(below(folder, name), system_message(errno));
      return;
    }
    if (S_ISDIR(status.st_mode)) {
      folders.push_back(below(folder, name));
    } else if (S_ISLNK(status.st_mode)) {
      add_link(below(folder, name), kind.readable());
    } else if (kind.readable() && S_ISREG(status.st_mode)) {
      add_regular(below(folder, name), kind, static_cast<std::uint64_t>(status.st_size));
    } else if (kind.readable()) {
      reject(below(folder, name), "not a regular file");
    }
  }

  // A link to what is inside is passed over: it is read under its own name.
  void add_link(const std::string& path, bool known_type) {
    std::error_code error;
    const fs::path target = fs::canonical(path, error);
    if (error) {
      if (known_type) reject(path, "symbolic link that leads nowhere");
      return;
    }
    if (!known_type && !fs::is_directory(target, error)) return;
    const fs::path folder = fs::canonical(walk_.roots[root_], error);
    const bool inside = std::mismatch(folder.begin(), folder.end(), target.begin(), target.end()).first == folder.end();
    if (!inside) reject(path, "symbolic link that leads out of the folder, to " + target.generic_string());
  }

  const ReadOptions& options_;
  Walk walk_;
  std::size_t root_ = 0;  // in walk_.roots
};

}  // namespace

Walk walk(const std::vector<fs::path>& paths, const ReadOptions& options) {
  Walker walker(options);
  for (const fs::path& path : paths) walker.add(path);
  return walker.take();
}

Place place_of(const FoundFile& found, const Walk& walk, const ReadOptions& options) {
  Place place;
  place.path = found.path;
  place.root = walk.roots[found.root];
  place.below = found.path.substr(place.root.size() + (place.root == "/" ? 0 : 1));
  const std::string prefix = options.prefix.empty() ? fs::path(place.root).filename().string() : options.prefix;
  place.id = prefix.empty() ? place.below : prefix + "/" + place.below;
  return place;
}

}  // namespace nutgraf::reader
