#include "cli/repository_context.h"

#include <string_view>
#include <utility>
#include <variant>

#include "workspace/path.h"
#include "workspace/repository.h"

namespace quaymaster::cli {
namespace {

/// Absolute and free of links, also of a file that does not exist in a folder that does; empty without such a folder.
std::string absolute(const workspace::FileSystem& files, const std::string& path) {
  if (std::string real = files.real_path(path); !real.empty()) return real;
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const std::string real = files.real_path(folder);
  return real.empty() ? std::string() : workspace::join(real, workspace::file_name(path));
}

constexpr std::size_t kMostFolders = 100'000;
constexpr std::size_t kFewFolders = 1'000;

bool is_repository(const workspace::FileSystem& files, const std::string& folder) {
  return files.kind(workspace::join(folder, ".git")) != workspace::FileKind::Missing ||
         files.kind(workspace::join(folder, ".quaymaster.yaml")) == workspace::FileKind::Regular;
}

}  // namespace

workspace::OrFileError<std::vector<workspace::FolderEntry>> FewFolders::list(const std::string& path) const {
  if (left_ == 0) return workspace::FileError{workspace::FileError::Kind::Failed, "is one folder too many"};
  --left_;
  return files_.list(path);
}

RepositoryContext::RepositoryContext(const workspace::FileSystem& files, const std::string& path)
    : files_(files, kMostFolders) {
  const std::string at = absolute(files, path);
  if (at.empty()) return;
  const workspace::FileKind kind = files.kind(at);
  const bool exists = kind != workspace::FileKind::Missing;
  const std::string root = workspace::repository_root(files, exists ? at : std::string(workspace::parent(at)));
  if (root.empty()) return;
  if (kind != workspace::FileKind::Folder && !is_repository(files, root)) files_.set_most(kFewFolders);
  workspace_.emplace(files_, std::vector<std::string>{root});
  files_.set_most(kMostFolders);
}

void RepositoryContext::put(const std::string& path, std::string text) {
  const std::string at = absolute(files_, path);
  if (workspace_ && !at.empty()) static_cast<void>(workspace_->opened(at, std::move(text)));
}

std::shared_ptr<const Surroundings> RepositoryContext::surroundings_of(const std::string& path) {
  if (!workspace_) return nullptr;
  const std::string at = absolute(files_, path);
  const auto role = workspace_->index().role(at);
  if (role != workspace::FileRole::Dockerfile && role != workspace::FileRole::Compose &&
      role != workspace::FileRole::Kubernetes)
    return nullptr;
  return std::make_shared<const Surroundings>(workspace_->surroundings_of(at));
}

}  // namespace quaymaster::cli
