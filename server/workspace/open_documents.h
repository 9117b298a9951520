#pragma once
#include <map>
#include <string>
#include <string_view>

#include "workspace/file_system.h"

namespace quaymaster::workspace {

/// `files` with the texts of open documents in front: what somebody is editing counts before what is on the disk, also
/// when it was never saved. Paths are absolute and normalized. Thread-compatible; not to be changed while it is read.
class OpenDocuments final : public FileSystem {
 public:
  /// `files` has to outlive this.
  explicit OpenDocuments(const FileSystem& files) : files_(files) {}

  void open(std::string_view path, std::string text);
  void close(std::string_view path);

  [[nodiscard]] FileKind kind(const std::string& path) const override;
  [[nodiscard]] OrFileError<std::string> read(const std::string& path, std::uint64_t limit) const override;
  [[nodiscard]] OrFileError<std::vector<FolderEntry>> list(const std::string& path) const override;
  [[nodiscard]] std::string real_path(const std::string& path) const override;

 private:
  /// The text of the document at `path`, or at what a link there leads to.
  [[nodiscard]] const std::string* find(const std::string& path) const;

  const FileSystem& files_;
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace quaymaster::workspace
