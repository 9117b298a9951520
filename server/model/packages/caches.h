#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/packages/invocation.h"
#include "model/shell/script.h"

namespace quaymaster::packages {

/// A folder that a manager fills and that an image does not need.
struct Cache {
  Manager manager;
  std::string_view path;  ///< absolute, or from the home folder: "~/.cache/pip"
  bool by_index;          ///< filled by updating the index
  bool by_packages;       ///< filled by installing, upgrading, downloading, building
  bool by_clean;          ///< the manager's own command empties it
};

/// The folders that the manager has.
[[nodiscard]] std::span<const Cache> caches_of(Manager manager);
/// What the command leaves in them, going by its operation and its flags. The environment may say otherwise.
[[nodiscard]] std::vector<std::string_view> filled_by(const Invocation& invocation);
/// What the command, one that cleans, empties.
[[nodiscard]] std::vector<std::string_view> emptied_by(const Invocation& invocation);
/// Whether `command` deletes, recursively, the folder `path` of a `Cache`, all that is in it, or a folder around it.
/// `~` is /root or $HOME.
[[nodiscard]] bool deletes(const shell::Command& command, std::string_view path);

}  // namespace quaymaster::packages
