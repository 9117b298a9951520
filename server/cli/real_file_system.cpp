#include "cli/real_file_system.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace quaymaster::cli {
namespace {

namespace fs = std::filesystem;
using workspace::FileError;
using workspace::FileKind;

FileKind kind_of(fs::file_type type) {
  switch (type) {
    case fs::file_type::not_found: return FileKind::Missing;
    case fs::file_type::regular: return FileKind::Regular;
    case fs::file_type::directory: return FileKind::Folder;
    case fs::file_type::symlink: return FileKind::Link;
    default: return FileKind::Other;
  }
}

/// "permission denied": the system's words, in the case of our messages.
FileError failure(const std::error_code& code) {
  std::string message = code.message();
  if (!message.empty()) message.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(message.front())));
  return {FileError::Kind::Failed, std::move(message)};
}

std::error_code last_error() { return {errno, std::generic_category()}; }

FileError open_failure(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR: return {FileError::Kind::Missing, "no such file or folder"};
    case ENXIO: return {FileError::Kind::NotRegular, "is not a regular file"};  // a socket
    default: return failure({error, std::generic_category()});
  }
}

/// An open file that is closed at the end of the scope.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

}  // namespace

FileKind RealFileSystem::kind(const std::string& path) const {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  // What cannot be asked about is there for all we know; opening it will say what is wrong.
  return status.type() == fs::file_type::none ? FileKind::Regular : kind_of(status.type());
}

workspace::OrFileError<std::string> RealFileSystem::read(const std::string& path, std::uint64_t limit) const {
  // What is opened is asked, and without waiting for it: a path may lead to a pipe by now.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (file.number() < 0) return open_failure(errno);
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return failure(last_error());
  if (!S_ISREG(status.st_mode)) return FileError{FileError::Kind::NotRegular, "is not a regular file"};
  // The size is only a guess: the file may grow, and those of /proc say 0.
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > limit) return workspace::too_large(limit);
  std::string text;
  constexpr std::size_t kChunk = std::size_t{64} << 10;
  // One byte more, so that the first read meets the end.
  std::size_t chunk = size > 0 ? static_cast<std::size_t>(size) + 1 : kChunk;
  while (true) {
    const std::size_t before = text.size();
    text.resize(before + chunk);
    const ssize_t got = ::read(file.number(), text.data() + before, chunk);
    if (got < 0 && errno != EINTR) return failure(last_error());
    text.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return text;
    chunk = kChunk;
    if (text.size() > limit) return workspace::too_large(limit);
  }
}

workspace::OrFileError<std::vector<workspace::FolderEntry>> RealFileSystem::list(const std::string& path) const {
  std::vector<workspace::FolderEntry> entries;
  std::error_code code;
  for (fs::directory_iterator at(path, code), end; !code && at != end; at.increment(code)) {
    std::error_code ignored;
    entries.push_back({at->path().filename().string(), kind_of(at->symlink_status(ignored).type())});
  }
  if (code) return failure(code);
  return entries;
}

std::string RealFileSystem::real_path(const std::string& path) const {
  std::error_code code;
  const fs::path found = fs::canonical(path.empty() ? "." : path, code);
  return code ? std::string() : found.string();
}

}  // namespace quaymaster::cli
