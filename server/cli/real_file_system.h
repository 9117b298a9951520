#pragma once
#include <string>
#include <vector>

#include "workspace/file_system.h"

namespace quaymaster::cli {

/// The files of this machine; relative paths start in the working folder.
class RealFileSystem final : public workspace::FileSystem {
 public:
  [[nodiscard]] workspace::FileKind kind(const std::string& path) const override;
  [[nodiscard]] workspace::OrFileError<std::string> read(const std::string& path, std::uint64_t limit) const override;
  [[nodiscard]] workspace::OrFileError<std::vector<workspace::FolderEntry>> list(
      const std::string& path) const override;
  [[nodiscard]] std::string real_path(const std::string& path) const override;
};

}  // namespace quaymaster::cli
