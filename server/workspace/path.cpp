#include "workspace/path.h"

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

}  // namespace quaymaster::workspace
