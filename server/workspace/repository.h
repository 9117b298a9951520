#pragma once
#include <string>

#include "workspace/file_system.h"

namespace quaymaster::workspace {

/// The folder that is the context of everything that is said about `path`, a file or a folder: the nearest one upwards
/// that git keeps its things in, or else the topmost one with a `.quaymaster.yaml`, or else the folder of `path`.
/// Absolute and free of links; empty when `path` leads to nothing.
[[nodiscard]] std::string repository_root(const FileSystem& files, const std::string& path);

}  // namespace quaymaster::workspace
