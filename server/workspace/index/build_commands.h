#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "model/shell/script_parser.h"
#include "workspace/index/facts.h"

namespace quaymaster::workspace {

/// The images that a shell text builds with docker, podman, nerdctl or buildah, in order. `folder` is where the text
/// starts, relative to `builder_folder`; `cd` is followed. Adds to `builds`, up to 500.
void add_build_commands(std::string_view text, std::string_view folder, shell::ScriptParser& scripts,
                        std::vector<BuildFacts>& builds);

/// `facts` with its paths seen from `folder`: what is relative there is relative to the folder that `folder` itself is
/// relative to.
[[nodiscard]] BuildFacts below_folder(BuildFacts facts, std::string_view folder);

/// So many builds are kept of one file.
inline constexpr std::size_t kMostBuilds = 500;

}  // namespace quaymaster::workspace
