#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "analysis/suppression/suppression.h"
#include "syntax/dockerfile_segments.h"

namespace quaymaster::suppression {

/// What the comments of a Dockerfile, and its `check` directive, ask to be silent about. The comment lines above an
/// instruction and those inside of it speak of that instruction; an empty line parts comments from what is below,
/// except BuildKit's, which an empty comment parts. `stages` are the offsets of the FROMs, in order.
[[nodiscard]] std::vector<Suppression> find_in_dockerfile(std::string_view text, const syntax::DockerfileSegments& cut,
                                                          const std::vector<std::uint32_t>& stages);

}  // namespace quaymaster::suppression
