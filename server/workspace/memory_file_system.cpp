#include "workspace/memory_file_system.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "workspace/path.h"

namespace quaymaster::workspace {
namespace {

/// As many links in a row as POSIX systems follow before they call it a loop.
constexpr int kMostLinks = 40;

std::string absolute(std::string_view path) { return path.starts_with('/') ? std::string(path) : join("/", path); }

const FileError kMissing{FileError::Kind::Missing, "no such file or folder"};
const FileError kForbidden{FileError::Kind::Failed, "permission denied"};

}  // namespace

MemoryFileSystem::Node& MemoryFileSystem::node(std::string_view path) {
  const std::string whole = absolute(path);
  for (std::string_view folder = parent(whole); !folder.empty(); folder = parent(folder))
    nodes_.try_emplace(std::string(folder));
  return nodes_[whole];
}

void MemoryFileSystem::add_file(std::string_view path, std::string text) {
  node(path) = {FileKind::Regular, std::move(text)};
}
void MemoryFileSystem::add_folder(std::string_view path) { node(path) = {}; }
void MemoryFileSystem::add_link(std::string_view path, std::string_view target) {
  node(path) = {FileKind::Link, std::string(target)};
}
void MemoryFileSystem::add_other(std::string_view path) { node(path) = {FileKind::Other, {}}; }
void MemoryFileSystem::remove(std::string_view path) {
  const std::string whole = absolute(path);
  std::erase_if(nodes_, [&](const auto& node) { return is_inside(node.first, whole) && node.first != "/"; });
}
void MemoryFileSystem::forbid(std::string_view path) { node(path).forbidden = true; }

std::string MemoryFileSystem::real_path(const std::string& path) const {
  std::string done = "/";
  std::string rest = absolute(path);
  int links = 0;
  while (!rest.empty()) {
    const std::size_t begin = rest.find_first_not_of('/');
    if (begin == std::string::npos) break;
    const std::size_t end = std::min(rest.find('/', begin), rest.size());
    const std::string name = rest.substr(begin, end - begin);
    rest.erase(0, end);
    if (name == ".") continue;
    if (name == "..") {
      if (done != "/") done = parent(done);
      continue;
    }
    const auto found = nodes_.find(join(done, name));
    if (found == nodes_.end()) return {};
    if (found->second.kind == FileKind::Link) {
      if (++links > kMostLinks) return {};
      rest = found->second.content + rest;
      done = "/";
    } else {
      done = found->first;
    }
  }
  return done;
}

const MemoryFileSystem::Node* MemoryFileSystem::find(const std::string& path) const {
  const auto found = nodes_.find(real_path(path));
  return found == nodes_.end() ? nullptr : &found->second;
}

FileKind MemoryFileSystem::kind(const std::string& path) const {
  const Node* found = find(path);
  return found ? found->kind : FileKind::Missing;
}

OrFileError<std::string> MemoryFileSystem::read(const std::string& path, std::uint64_t limit) const {
  const Node* found = find(path);
  if (!found) return kMissing;
  if (found->kind != FileKind::Regular) return FileError{FileError::Kind::NotRegular, "is not a regular file"};
  if (found->forbidden) return kForbidden;
  if (found->content.size() > limit) return too_large(limit);
  return found->content;
}

OrFileError<std::vector<FolderEntry>> MemoryFileSystem::list(const std::string& path) const {
  const std::string folder = real_path(path);
  const auto found = nodes_.find(folder);
  if (found == nodes_.end()) return kMissing;
  if (found->second.forbidden) return kForbidden;
  std::vector<FolderEntry> entries;
  for (auto at = std::next(found); at != nodes_.end() && at->first.starts_with(folder); ++at)
    if (parent(at->first) == folder) entries.push_back({std::string(file_name(at->first)), at->second.kind});
  return entries;
}

}  // namespace quaymaster::workspace
