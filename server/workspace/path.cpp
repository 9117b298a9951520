#include "workspace/path.h"

#include <algorithm>

namespace quaymaster::workspace {

std::string join(std::string_view folder, std::string_view name) {
  std::string out(folder);
  if (!out.empty() && out.back() != '/') out += '/';
  out += name;
  return out;
}

std::string_view parent(std::string_view absolute) {
  if (absolute.size() < 2) return {};
  const std::size_t slash = absolute.rfind('/');
  return absolute.substr(0, slash == 0 ? 1 : slash);
}

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string normalized(std::string_view absolute) {
  std::string out;
  while (!absolute.empty()) {
    const std::size_t slash = std::min(absolute.find('/'), absolute.size());
    const std::string_view part = absolute.substr(0, slash);
    absolute.remove_prefix(std::min(slash + 1, absolute.size()));
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      out += '/';
      out += part;
    } else if (!out.empty()) {
      out.erase(out.rfind('/'));
    }
  }
  return out.empty() ? "/" : out;
}

std::string resolved(std::string_view folder, std::string_view name) {
  return normalized(name.starts_with('/') ? std::string(name) : join(folder, name));
}

bool is_inside(std::string_view path, std::string_view folder) {
  if (folder == "/") return path.starts_with('/');
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string_view relative_to(std::string_view path, std::string_view folder) {
  path.remove_prefix(std::min(path.size(), folder.size()));
  if (path.starts_with('/')) path.remove_prefix(1);
  return path;
}

}  // namespace quaymaster::workspace
