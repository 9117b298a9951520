#include "workspace/repository.h"

#include <string_view>

#include "workspace/path.h"

namespace quaymaster::workspace {

std::string repository_root(const FileSystem& files, const std::string& path) {
  const std::string start = files.real_path(path);
  if (start.empty()) return {};
  const std::string_view folder = files.kind(start) == FileKind::Folder ? std::string_view(start) : parent(start);
  std::string_view configured;
  for (std::string_view at = folder; !at.empty(); at = parent(at)) {
    if (files.kind(join(at, ".git")) != FileKind::Missing) return std::string(at);
    if (files.kind(join(at, ".quaymaster.yaml")) == FileKind::Regular) configured = at;
  }
  return std::string(configured.empty() ? folder : configured);
}

}  // namespace quaymaster::workspace
