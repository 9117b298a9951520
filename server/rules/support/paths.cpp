#include "rules/support/paths.h"

#include <algorithm>
#include <cstddef>

namespace quaymaster::rules {

std::optional<std::string> absolute_path(std::string_view path, std::string_view workdir) {
  if (path.empty() || path.find_first_of("$*?`~\\") != std::string_view::npos) return std::nullopt;
  std::string whole;
  if (!path.starts_with('/')) {
    if (!workdir.starts_with('/') || workdir.find('$') != std::string_view::npos) return std::nullopt;
    whole = std::string(workdir) + "/";
  }
  whole += path;
  std::string result;
  for (std::size_t begin = 0; begin < whole.size();) {
    const std::size_t end = std::min(whole.find('/', begin), whole.size());
    const std::string_view part = std::string_view(whole).substr(begin, end - begin);
    if (part == "..")
      result.erase(std::min(result.rfind('/'), result.size()));
    else if (!part.empty() && part != ".")
      result += "/" + std::string(part);
    begin = end + 1;
  }
  return result.empty() ? "/" : result;
}

bool is_in_folder(std::string_view path, std::string_view folder) {
  while (folder.size() > 1 && folder.ends_with('/')) folder.remove_suffix(1);
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/' || folder == "/");
}

bool may_be_mounted(std::string_view path, const container::Container& container) {
  if (!container.mounts_complete) return true;
  return std::any_of(container.mounts.begin(), container.mounts.end(), [&](const container::Mount& mount) {
    if (mount.kind == container::Mount::Kind::Config && mount.target != path) return false;
    return !mount.known || !path.starts_with('/') || is_in_folder(path, mount.target);
  });
}

}  // namespace quaymaster::rules
