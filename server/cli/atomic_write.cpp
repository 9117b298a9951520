// Not portable: POSIX.
#include "cli/atomic_write.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace quaymaster::cli {
namespace {

std::string reason() { return std::generic_category().message(errno); }

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Opens `path` with `flags`, writes, and closes it.
std::optional<std::string> write_into(const std::string& path, int flags, std::string_view text) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  if (descriptor < 0) return reason();
  std::optional<std::string> problem;
  if (!write_all(descriptor, text)) problem = reason();
  if (::close(descriptor) != 0 && !problem) problem = reason();
  return problem;
}

/// A new file beside `target`, removed again unless it is renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& target) : path_(target + ".quaymaster-XXXXXX") {
    descriptor_ = ::mkstemp(path_.data());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    if (!renamed_) ::unlink(path_.c_str());
  }

  [[nodiscard]] bool valid() const { return descriptor_ >= 0; }

  [[nodiscard]] bool write(std::string_view text) const {
    return write_all(descriptor_, text) && ::fsync(descriptor_) == 0;
  }

  /// The permissions that a new file gets; a temporary one has fewer.
  [[nodiscard]] bool take_usual_mode() const {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return ::fchmod(descriptor_, 0666 & ~mask) == 0;
  }

  /// Owner first: changing it takes away the bits of setuid.
  bool take_over(const struct stat& from) const {
    const bool same_owner = ::geteuid() == from.st_uid && ::getegid() == from.st_gid;
    if (!same_owner && ::fchown(descriptor_, from.st_uid, from.st_gid) != 0 && errno != EPERM) return false;
    return ::fchmod(descriptor_, from.st_mode & 07777) == 0;
  }

  bool rename_to(const std::string& target) {
    renamed_ = ::rename(path_.c_str(), target.c_str()) == 0;
    return renamed_;
  }

 private:
  std::string path_;
  int descriptor_ = -1;
  bool renamed_ = false;
};

}  // namespace

std::optional<std::string> replace_file(const std::string& path, std::string_view text) {
  std::error_code code;
  const std::string target = std::filesystem::canonical(path, code).string();
  if (code) return code.message();
  struct stat status {};
  if (::stat(target.c_str(), &status) != 0) return reason();
  // A file that may not be written could still be replaced, which is not what its owner meant.
  if (::access(target.c_str(), W_OK) != 0) return reason();
  TemporaryFile file(target);
  if (!file.valid() || !file.write(text) || !file.take_over(status) || !file.rename_to(target)) return reason();
  return std::nullopt;
}

std::optional<std::string> write_file(const std::string& path, std::string_view text) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0)
    return S_ISREG(status.st_mode) ? replace_file(path, text) : write_into(path, O_WRONLY, text);
  if (errno != ENOENT) return reason();
  TemporaryFile file(path);
  if (!file.valid() || !file.write(text) || !file.take_usual_mode() || !file.rename_to(path)) return reason();
  return std::nullopt;
}

std::optional<std::string> append_to_file(const std::string& path, std::string_view text) {
  return write_into(path, O_WRONLY | O_APPEND | O_CREAT, text);
}

}  // namespace quaymaster::cli
