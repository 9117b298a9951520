#pragma once
#include <set>
#include <string>
#include <string_view>

#include "model/compose_surroundings.h"
#include "workspace/bounded_files.h"
#include "workspace/recorded_reads.h"

namespace quaymaster::workspace {

/// Fills in which variables the environment files set that stand in the folder of the Compose file `path`, and in those
/// of `company`, the files that it is read with. `is_main`: no other file decides where `.env` is looked for; else the
/// folders above count as well.
void add_environment(const std::string& path, const std::set<std::string>& company, bool is_main,
                     const BoundedFiles& folders, const RecordingFileSystem& files, ComposeSurroundings& result);

/// Whether a file called `name` shows how another one is to be written: `.env.example`, `app.env.dist`.
[[nodiscard]] bool is_template_name(std::string_view name);

}  // namespace quaymaster::workspace
