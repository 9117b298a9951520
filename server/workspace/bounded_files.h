#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "workspace/file_system.h"

namespace quaymaster::workspace {

/// The part of `files` that lies in some folders, for paths that come from the texts that are analysed. Paths are
/// absolute. One that does not lie inside by its text is not even asked about: for everything that it tells, nothing is
/// there. One that leads out through a link is not read and not listed. Thread-compatible, as `files` is.
class BoundedFiles final : public FileSystem {
 public:
  /// `folders` are absolute; one that does not exist holds nothing. `files` has to outlive this.
  BoundedFiles(const FileSystem& files, const std::vector<std::string>& folders);

  /// Whether `path` may be read, judged by its text alone.
  [[nodiscard]] bool covers(std::string_view path) const;

  [[nodiscard]] FileKind kind(const std::string& path) const override;
  /// At most kNamedFileLimit bytes, whatever `limit` says.
  [[nodiscard]] OrFileError<std::string> read(const std::string& path, std::uint64_t limit) const override;
  [[nodiscard]] OrFileError<std::vector<FolderEntry>> list(const std::string& path) const override;
  [[nodiscard]] std::string real_path(const std::string& path) const override;

 private:
  struct Root {
    std::string given;
    std::string real;
  };
  const FileSystem& files_;
  std::vector<Root> roots_;
};

}  // namespace quaymaster::workspace
