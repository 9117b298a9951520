#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "workspace/index/index.h"
#include "workspace/relations/builds.h"

namespace quaymaster::workspace {

/// The build of a service, with what is said of it in the files that the Compose file is merged with.
struct ComposeBuild {
  std::string service;
  BuildPlace place;
  std::optional<std::string> target;
  /// The two places follow from the file alone; else they are what they most likely are.
  bool certain = true;
};

struct ComposeBuilds {
  std::vector<ComposeBuild> builds;  ///< in order of the file
  std::set<std::string> looked_at;   ///< the other Compose files that could have a say
  bool looked_around = false;        ///< the folder of the file was searched for them
};

/// What the services of the Compose file `path` build. A service that `extends` another takes over what it does not say
/// itself. So does one in a file that is used together with others, `compose.override.yaml` or
/// `docker-compose.prod.yml`, from the service of that name in a Compose file beside it (Compose specification,
/// "Merge" and "Extends").
[[nodiscard]] ComposeBuilds compose_builds(const std::string& path, const Index& index);

/// The Compose files in the folder of `path`, itself left out, the ones that Compose takes by itself first; 32 at most.
[[nodiscard]] std::vector<std::string> compose_siblings(const std::string& path, const Index& index);

/// Whether the file is one that Compose takes when none is named: `compose.yaml`, `docker-compose.yml` …
[[nodiscard]] bool is_main_compose_name(std::string_view path);

}  // namespace quaymaster::workspace
