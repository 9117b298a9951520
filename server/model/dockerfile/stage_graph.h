#pragma once
#include "model/dockerfile/file.h"
#include "model/dockerfile/scope.h"

namespace quaymaster::dockerfile {

/// Fills in `file.stages` from its instructions: names, parents, what copies from what, what ships (Dockerfile
/// reference, "FROM"). Gives the global scope, which every FROM sees: the platform arguments and the ARGs before the
/// first FROM.
[[nodiscard]] ScopePtr build_stage_graph(File& file, ScopeInterner& scopes);

/// What `ARG NAME[=default]` declares. A bare name takes its value from `global`, which may be null.
[[nodiscard]] Variable argument(const Pair& pair, const Scope* scope, const Scope* global, char escape);

}  // namespace quaymaster::dockerfile
