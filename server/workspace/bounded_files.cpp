#include "workspace/bounded_files.h"

#include <algorithm>
#include <utility>

#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

const FileError kOutside{FileError::Kind::Missing, "is outside of the workspace"};

}  // namespace

BoundedFiles::BoundedFiles(const FileSystem& files, const std::vector<std::string>& folders) : files_(files) {
  for (const std::string& folder : folders)
    if (std::string real = files.real_path(folder); !real.empty())
      roots_.push_back({normalized(folder), std::move(real)});
}

bool BoundedFiles::covers(std::string_view path) const {
  if (!path.starts_with('/') || path.find('\0') != std::string_view::npos) return false;
  const std::string way = normalized(path);
  return std::ranges::any_of(roots_,
                             [&](const Root& root) { return is_inside(way, root.given) || is_inside(way, root.real); });
}

std::string BoundedFiles::real_path(const std::string& path) const {
  if (!covers(path)) return {};
  std::string real = files_.real_path(normalized(path));
  const bool inside =
      !real.empty() && std::ranges::any_of(roots_, [&](const Root& root) { return is_inside(real, root.real); });
  return inside ? real : std::string();
}

FileKind BoundedFiles::kind(const std::string& path) const {
  const std::string real = real_path(path);
  return real.empty() ? FileKind::Missing : files_.kind(real);
}

OrFileError<std::string> BoundedFiles::read(const std::string& path, std::uint64_t limit) const {
  const std::string real = real_path(path);
  if (real.empty()) return kOutside;
  if (files_.kind(real) != FileKind::Regular) return FileError{FileError::Kind::NotRegular, "is not a regular file"};
  return files_.read(real, std::min(limit, kNamedFileLimit));
}

OrFileError<std::vector<FolderEntry>> BoundedFiles::list(const std::string& path) const {
  const std::string real = real_path(path);
  if (real.empty()) return kOutside;
  return files_.list(real);
}

}  // namespace quaymaster::workspace
