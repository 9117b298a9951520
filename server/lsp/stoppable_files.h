#pragma once
#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

#include "workspace/file_system.h"

namespace quaymaster::lsp {

/// `files`, until stop(): from then on nothing can be had, so that whoever walks through a large workspace is done
/// soon. Also lists no more than a bounded number of folders. stop() may be called on any thread, the rest on one at a
/// time.
class StoppableFiles final : public workspace::FileSystem {
 public:
  static constexpr std::size_t kMostFolders = 100'000;

  /// `files` has to outlive this.
  explicit StoppableFiles(const workspace::FileSystem& files) : files_(files) {}

  void stop() { stopped_.store(true); }
  /// As when it was made: for the next task, which may list as many folders again.
  void restart();

  [[nodiscard]] workspace::FileKind kind(const std::string& path) const override;
  [[nodiscard]] workspace::OrFileError<std::string> read(const std::string& path, std::uint64_t limit) const override;
  [[nodiscard]] workspace::OrFileError<std::vector<workspace::FolderEntry>> list(
      const std::string& path) const override;
  [[nodiscard]] std::string real_path(const std::string& path) const override;

 private:
  const workspace::FileSystem& files_;
  std::atomic<bool> stopped_{false};
  mutable std::size_t listed_ = 0;
};

}  // namespace quaymaster::lsp
