#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/surroundings.h"
#include "workspace/file_system.h"
#include "workspace/workspace.h"

namespace quaymaster::cli {

/// `files`, of which only so many folders can be listed. For one thread.
class FewFolders final : public workspace::FileSystem {
 public:
  /// `files` has to outlive this.
  FewFolders(const workspace::FileSystem& files, std::size_t most) : files_(files), left_(most) {}

  void set_most(std::size_t most) { left_ = most; }

  [[nodiscard]] workspace::FileKind kind(const std::string& path) const override { return files_.kind(path); }
  [[nodiscard]] workspace::OrFileError<std::string> read(const std::string& path, std::uint64_t limit) const override {
    return files_.read(path, limit);
  }
  [[nodiscard]] workspace::OrFileError<std::vector<workspace::FolderEntry>> list(
      const std::string& path) const override;
  [[nodiscard]] std::string real_path(const std::string& path) const override { return files_.real_path(path); }

 private:
  const workspace::FileSystem& files_;
  mutable std::size_t left_;
};

/// What is known of the files that are checked from the other files of the repository, whichever of them are checked.
/// Files outside of it have no surroundings.
class RepositoryContext {
 public:
  /// The repository is the one that `path` lies in; nothing is known when `path` leads to nothing. What a file has
  /// around it where there is no repository may be anything, a home folder for example: there little is looked at.
  RepositoryContext(const workspace::FileSystem& files, const std::string& path);

  /// `text` counts as what stands at `path`, whether or not there is a file.
  void put(const std::string& path, std::string text);

  /// Null when nothing is known.
  [[nodiscard]] std::shared_ptr<const Surroundings> surroundings_of(const std::string& path);

 private:
  FewFolders files_;
  std::optional<workspace::Workspace> workspace_;
};

}  // namespace quaymaster::cli
