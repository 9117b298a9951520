#pragma once
#include <string>
#include <string_view>

namespace quaymaster::tests {

/// What Compose makes of a project: the lines of the merged whole, then `! problem: name` for each problem. `files` has
/// each file behind a line `# name`. The project is `compose.yaml` with the files `compose.*.yaml` on top, and what
/// `.env` defines.
[[nodiscard]] std::string config(std::string_view files);

}  // namespace quaymaster::tests
