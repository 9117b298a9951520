#include "lsp/stoppable_files.h"

namespace quaymaster::lsp {

using workspace::FileError;
using workspace::FileKind;
using workspace::FolderEntry;
using workspace::OrFileError;

namespace {

FileError stopped() { return {FileError::Kind::Failed, "is not read any more"}; }

}  // namespace

void StoppableFiles::restart() {
  stopped_.store(false);
  listed_ = 0;
}

FileKind StoppableFiles::kind(const std::string& path) const {
  return stopped_.load() ? FileKind::Missing : files_.kind(path);
}

OrFileError<std::string> StoppableFiles::read(const std::string& path, std::uint64_t limit) const {
  if (stopped_.load()) return stopped();
  return files_.read(path, limit);
}

OrFileError<std::vector<FolderEntry>> StoppableFiles::list(const std::string& path) const {
  if (stopped_.load()) return stopped();
  if (listed_ == kMostFolders) return FileError{FileError::Kind::Failed, "is one folder too many"};
  ++listed_;
  return files_.list(path);
}

std::string StoppableFiles::real_path(const std::string& path) const {
  return stopped_.load() ? std::string() : files_.real_path(path);
}

}  // namespace quaymaster::lsp
