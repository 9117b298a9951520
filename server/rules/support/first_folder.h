#pragma once
#include "model/image/reference.h"

namespace quaymaster::rules {

/// Whether the image is known to set no WORKDIR, so that relative paths on it begin at the root.
[[nodiscard]] bool starts_at_root(const image::Reference& image);

}  // namespace quaymaster::rules
