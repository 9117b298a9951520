#pragma once
#include <string>
#include <vector>

#include "model/compose/compose.h"
#include "quaymaster/text.h"

/// The paths of the host that a Compose file hands to containers.
namespace quaymaster::rules {

struct HostPath {
  std::string path;  ///< without `.`, `..` and slashes at its end; absolute, or from the home folder: "~/x"
  TextRange range;   ///< as written
  bool read_only = false;
};

/// Those that the service mounts itself. Paths relative to the file, and what only run time knows, are left out.
[[nodiscard]] std::vector<HostPath> host_paths(const compose::Service& service);

/// Those that stand behind a volume (`driver_opts.device`), a secret or a config (`file`) at the top of the file.
[[nodiscard]] std::vector<HostPath> declared_host_paths(const compose::File& file);

}  // namespace quaymaster::rules
