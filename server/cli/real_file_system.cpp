#include "cli/real_file_system.h"

#include <cctype>
#include <filesystem>
#include <fstream>
#include <system_error>
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

}  // namespace

FileKind RealFileSystem::kind(const std::string& path) const {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  // What cannot be asked about is there for all we know; opening it will say what is wrong.
  return status.type() == fs::file_type::none ? FileKind::Regular : kind_of(status.type());
}

workspace::OrFileError<std::string> RealFileSystem::read(const std::string& path, std::uint64_t limit) const {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (status.type() == fs::file_type::not_found) return FileError{FileError::Kind::Missing, "no such file or folder"};
  if (status.type() == fs::file_type::none) return failure(code);
  if (status.type() != fs::file_type::regular) return FileError{FileError::Kind::NotRegular, "is not a regular file"};

  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure(std::error_code(errno, std::generic_category()));
  // The size is only a guess: the file may grow, and those of /proc say 0.
  const std::uintmax_t size = fs::file_size(path, code);
  if (!code && size > limit) return workspace::too_large(limit);
  std::string text;
  constexpr std::size_t kChunk = std::size_t{64} << 10;
  // One byte more, so that the first read meets the end.
  std::size_t chunk = !code && size > 0 ? size + 1 : kChunk;
  while (file) {
    const std::size_t before = text.size();
    text.resize(before + chunk);
    file.read(text.data() + before, static_cast<std::streamsize>(chunk));
    text.resize(before + static_cast<std::size_t>(file.gcount()));
    chunk = kChunk;
    if (text.size() > limit) return workspace::too_large(limit);
  }
  if (file.bad()) return failure(std::make_error_code(std::errc::io_error));
  return text;
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
