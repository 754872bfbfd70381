// Loaded into nutgraf with LD_PRELOAD: counts the calls that change the file system, and at one of them kills the
// process or fills the disk. So every moment at which a crash can matter is tried, not only those that a clock hits.
//
//   NUTGRAF_FAULT_TRACE=FILE  one letter for each call, in order: w write, s sync, r rename, u unlink, t truncate, m
//   mkdir,
//                             c create
//   NUTGRAF_FAULT=kill:N      SIGKILL instead of call N, counted from 1
//   NUTGRAF_FAULT=full:N      from call N on, what needs space fails with ENOSPC
//   NUTGRAF_FAULT=short:N     the same, but call N first writes half of its bytes, if it is a write
//   NUTGRAF_FAULT=thread:N   thread N cannot be started
//   NUTGRAF_FAULT=pause:MS    waits so many milliseconds after each file that is opened to read, so that what it
//   belongs to
//                             can change meanwhile
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

enum class Fate { go_on, half, no_space };

template <typename Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

struct Plan {
  char kind = ' ';
  long at = 0;
  int trace = -1;
  std::atomic<long> calls{0};
  std::atomic<long> threads{0};

  Plan() {
    if (const char* fault = std::getenv("NUTGRAF_FAULT")) {
      kind = fault[0];
      at = std::atol(std::strchr(fault, ':') + 1);
    }
    if (const char* file = std::getenv("NUTGRAF_FAULT_TRACE")) {
      trace = real<int(const char*, int, ...)>("open")(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    }
  }

  Fate next(char what) {
    const long call = ++calls;
    if (trace >= 0) (void)!real<ssize_t(int, const void*, size_t)>("write")(trace, &what, 1);
    if (kind == 'k' && call == at) ::kill(::getpid(), SIGKILL);
    const bool needs_space = what == 'w' || what == 'm' || what == 'c';
    if ((kind != 'f' && kind != 's') || call < at || !needs_space) return Fate::go_on;
    return kind == 's' && call == at && what == 'w' ? Fate::half : Fate::no_space;
  }
};

Plan& plan() {
  static Plan the_plan;
  return the_plan;
}

// stdout, stderr and pipes are no part of the index.
bool is_file(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

template <typename Result, typename Call>
Result change(char what, Call call) {
  if (plan().next(what) == Fate::go_on) return call();
  errno = ENOSPC;
  return static_cast<Result>(-1);
}

template <typename Call>
ssize_t writing(int fd, size_t size, Call call) {
  if (!is_file(fd)) return call(size);
  const Fate fate = plan().next('w');
  if (fate == Fate::go_on) return call(size);
  if (fate == Fate::half && size > 1) return call(size / 2);
  errno = ENOSPC;
  return -1;
}

bool creates(const char* path, int flags) { return (flags & O_CREAT) != 0 && ::access(path, F_OK) != 0; }

mode_t mode_argument(int flags, va_list arguments) { return (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0; }

void pause_after(const char* path) {
  const bool of_index = std::strstr(path, "/gen-") != nullptr || std::strstr(path, "/CURRENT") != nullptr;
  if (plan().kind == 'p' && of_index) ::usleep(static_cast<useconds_t>(plan().at) * 1000);
}

int opening(const char* name, const char* path, int flags, mode_t mode) {
  const auto call = [&] { return real<int(const char*, int, ...)>(name)(path, flags, mode); };
  const int fd = creates(path, flags) ? change<int>('c', call) : call();
  pause_after(path);
  return fd;
}

FILE* opening(const char* name, const char* path, const char* mode) {
  FILE* file = real<FILE*(const char*, const char*)>(name)(path, mode);
  pause_after(path);
  return file;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return opening("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return opening("open64", path, flags, mode);
}

FILE* fopen(const char* path, const char* mode) { return opening("fopen", path, mode); }

FILE* fopen64(const char* path, const char* mode) { return opening("fopen64", path, mode); }

ssize_t write(int fd, const void* bytes, size_t size) {
  return writing(fd, size,
                 [&](size_t part) { return real<ssize_t(int, const void*, size_t)>("write")(fd, bytes, part); });
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  return writing(fd, size, [&](size_t part) {
    return real<ssize_t(int, const void*, size_t, off_t)>("pwrite")(fd, bytes, part, at);
  });
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  return writing(fd, size, [&](size_t part) {
    return real<ssize_t(int, const void*, size_t, off64_t)>("pwrite64")(fd, bytes, part, at);
  });
}

ssize_t writev(int fd, const iovec* parts, int count) {
  const auto call = [&](size_t) { return real<ssize_t(int, const iovec*, int)>("writev")(fd, parts, count); };
  return is_file(fd) ? change<ssize_t>('w', [&] { return call(0); }) : call(0);
}

ssize_t sendfile(int to, int from, off_t* at, size_t size) {
  return writing(to, size,
                 [&](size_t part) { return real<ssize_t(int, int, off_t*, size_t)>("sendfile")(to, from, at, part); });
}

ssize_t sendfile64(int to, int from, off64_t* at, size_t size) {
  return writing(to, size, [&](size_t part) {
    return real<ssize_t(int, int, off64_t*, size_t)>("sendfile64")(to, from, at, part);
  });
}

ssize_t copy_file_range(int from, off64_t* from_at, int to, off64_t* to_at, size_t size, unsigned flags) {
  return writing(to, size, [&](size_t part) {
    return real<ssize_t(int, off64_t*, int, off64_t*, size_t, unsigned)>("copy_file_range")(from, from_at, to, to_at,
                                                                                            part, flags);
  });
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*run)(void*), void* argument) {
  if (plan().kind == 't' && ++plan().threads == plan().at) return EAGAIN;
  return real<int(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*)>("pthread_create")(thread, attributes,
                                                                                                 run, argument);
}

int fsync(int fd) {
  return change<int>('s', [&] { return real<int(int)>("fsync")(fd); });
}

int fdatasync(int fd) {
  return change<int>('s', [&] { return real<int(int)>("fdatasync")(fd); });
}

int rename(const char* from, const char* to) {
  return change<int>('r', [&] { return real<int(const char*, const char*)>("rename")(from, to); });
}

int unlink(const char* path) {
  return change<int>('u', [&] { return real<int(const char*)>("unlink")(path); });
}

int unlinkat(int folder, const char* path, int flags) {
  return change<int>('u', [&] { return real<int(int, const char*, int)>("unlinkat")(folder, path, flags); });
}

int ftruncate(int fd, off_t size) {
  return change<int>('t', [&] { return real<int(int, off_t)>("ftruncate")(fd, size); });
}

int ftruncate64(int fd, off64_t size) {
  return change<int>('t', [&] { return real<int(int, off64_t)>("ftruncate64")(fd, size); });
}

int mkdir(const char* path, mode_t mode) {
  return change<int>('m', [&] { return real<int(const char*, mode_t)>("mkdir")(path, mode); });
}

}  // extern "C"
