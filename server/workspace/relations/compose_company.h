#pragma once
#include <set>
#include <string>
#include <vector>

#include "model/compose_surroundings.h"
#include "workspace/index/index.h"

namespace quaymaster::workspace {

/// The Compose files that Compose may read together with one.
struct ComposeCompany {
  std::set<std::string> files;      ///< in the index, without the one itself
  std::set<std::string> looked_at;  ///< also what is not there
  bool looked_around = false;       ///< the folder of the file was searched for them
  /// These and no others, as far as files say: nothing is included that is not known.
  bool known = true;
};

/// Included files and those that include it, what those draw in, and the files in a folder that are read on top of one
/// another: `compose.override.yaml` with `compose.yaml`, and each variant (`compose.prod.yaml`) with all that stand
/// beside, since nobody knows with which (Compose specification, "Include" and "Merge"). At most 100 files.
[[nodiscard]] ComposeCompany company_of(const std::string& path, const Index& index);

/// The files that `path` includes, directly or not; 100 at most.
[[nodiscard]] std::set<std::string> included_by(const std::string& path, const Index& index);

/// The Compose files below the folder above that of `path`, without the one itself, 100 at most; and those of the
/// folders above with a name that Compose looks for.
[[nodiscard]] std::set<std::string> near_files(const std::string& path, const Index& index);

/// What `files` declare, all together.
[[nodiscard]] ComposeNames names_in(const std::set<std::string>& files, const Index& index);

}  // namespace quaymaster::workspace
