#pragma once
#include <string>

#include "model/compose_surroundings.h"
#include "workspace/bounded_files.h"
#include "workspace/index/index.h"
#include "workspace/recorded_reads.h"

namespace quaymaster::workspace {

/// What is known of the Compose file `path` from the files around it. `files` notes what is looked at, all of it inside
/// of `folders`.
[[nodiscard]] ComposeSurroundings around_compose(const std::string& path, const Index& index,
                                                 const BoundedFiles& folders, const RecordingFileSystem& files);

}  // namespace quaymaster::workspace
