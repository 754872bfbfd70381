#include "reader/walk.h"

#include <algorithm>
#include <system_error>

#include "nutgraf/error.h"
#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

namespace fs = std::filesystem;

std::string absolute_path(const fs::path& path) {
  std::string text = fs::absolute(path).lexically_normal().generic_string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

std::string id_prefix(const std::string& root, const ReadOptions& options) {
  return options.prefix.empty() ? fs::path(root).filename().string() : options.prefix;
}

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
      add_root(absolute);
      add_folder(absolute);
    } else {
      const std::string root = fs::path(absolute).parent_path().generic_string();
      add_root(root);
      add_named(absolute, root, status);
    }
  }

  Walk take() { return std::move(walk_); }

 private:
  void add_root(const std::string& root) {
    if (std::find(walk_.roots.begin(), walk_.roots.end(), root) == walk_.roots.end()) walk_.roots.push_back(root);
  }

  FoundFile& add_file(const std::string& path, const std::string& root) {
    FoundFile& found = walk_.files.emplace_back();
    found.file = path;
    found.place.path = path;
    found.place.root = root;
    found.place.below = path.substr(root.size() + (root == "/" ? 0 : 1));
    const std::string prefix = id_prefix(root, options_);
    found.place.id = prefix.empty() ? found.place.below : prefix + "/" + found.place.below;
    found.kind = kind_of_name(fs::path(path).filename().string());
    return found;
  }

  void reject(const std::string& path, const std::string& root, const std::string& reason) {
    add_file(path, root).reason = reason;
  }

  void add_regular(const std::string& path, const std::string& root) {
    FoundFile& found = add_file(path, root);
    std::error_code error;
    found.size = fs::file_size(path, error);
    if (error) found.size = 0;
    walk_.bytes += found.size;
    if (options_.format != Format::automatic && !found.kind.archive) found.kind.format = options_.format;
  }

  // A file that the user names is read whatever it is called, if its format can be told.
  void add_named(const std::string& path, const std::string& root, const fs::file_status& status) {
    const fs::path name = fs::path(path).filename();
    if (!fs::is_regular_file(status)) return reject(path, root, "not a regular file");
    const bool told =
        kind_of_name(name.string()).readable() || options_.format != Format::automatic || !name.has_extension();
    if (!told) return reject(path, root, "unknown file type \"" + name.extension().string() + "\"");
    add_regular(path, root);
  }

  void add_folder(const std::string& root) {
    std::vector<std::string> files;
    list(root, root, files);
    std::sort(files.begin(), files.end());
    for (const std::string& file : files) add_found(file, root);
  }

  // Depth first with a list of folders to go: no limit by the stack.
  void list(const std::string& root, const std::string& start, std::vector<std::string>& files) {
    std::vector<fs::path> folders{start};
    while (!folders.empty()) {
      const fs::path folder = folders.back();
      folders.pop_back();
      std::error_code error;
      fs::directory_iterator it(folder, error);
      if (error) {
        // The root itself has no path below it.
        unreadable_.push_back(folder == root ? root + "/" : folder.generic_string());
        files.push_back(unreadable_.back());
        continue;
      }
      for (; it != fs::directory_iterator(); it.increment(error)) {
        if (error) break;
        const std::string name = it->path().filename().string();
        if (name.empty() || name.front() == '.') continue;
        const fs::file_status status = it->symlink_status(error);
        if (fs::is_directory(status)) {
          folders.push_back(it->path());
        } else if (fs::is_symlink(status) || kind_of_name(name).readable()) {
          files.push_back(it->path().generic_string());
        }
      }
    }
  }

  void add_found(const std::string& path, const std::string& root) {
    if (std::find(unreadable_.begin(), unreadable_.end(), path) != unreadable_.end())
      return reject(path, root, "folder: permission denied");
    std::error_code error;
    const fs::file_status status = fs::symlink_status(path, error);
    if (fs::is_symlink(status)) return add_link(path, root);
    if (!fs::is_regular_file(status)) return reject(path, root, "not a regular file");
    add_regular(path, root);
  }

  // A link to what is inside is passed over: it is read under its own name.
  void add_link(const std::string& path, const std::string& root) {
    std::error_code error;
    const fs::path target = fs::canonical(path, error);
    const bool known_type = kind_of_name(fs::path(path).filename().string()).readable();
    if (error) {
      if (known_type) reject(path, root, "symbolic link that leads nowhere");
      return;
    }
    if (!known_type && !fs::is_directory(target, error)) return;
    const fs::path folder = fs::canonical(root, error);
    const bool inside = std::mismatch(folder.begin(), folder.end(), target.begin(), target.end()).first == folder.end();
    if (!inside) reject(path, root, "symbolic link that leads out of the folder, to " + target.generic_string());
  }

  const ReadOptions& options_;
  Walk walk_;
  std::vector<std::string> unreadable_;
};

}  // namespace

Walk walk(const std::vector<fs::path>& paths, const ReadOptions& options) {
  Walker walker(options);
  for (const fs::path& path : paths) walker.add(path);
  return walker.take();
}

}  // namespace nutgraf::reader
