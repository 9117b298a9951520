#pragma once
#include <string_view>

#include "model/kubernetes/kubernetes.h"

namespace quaymaster::kubernetes {

/// Whether an object is written to be merged into another one (a patch of Kustomize, the part of a template), so that
/// what is missing in it is no mistake: it lacks its name, or what nobody leaves out who writes a whole one.
[[nodiscard]] bool is_fragment(const Object& object);

/// Whether the name of a file says that patches are in it: `patch.yaml`, `resources-patch.yaml`, `patches/web.yaml`.
[[nodiscard]] bool is_patch_path(std::string_view path);

}  // namespace quaymaster::kubernetes
