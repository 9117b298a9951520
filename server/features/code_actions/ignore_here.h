#pragma once
#include <optional>

#include "quaymaster/analyzer.h"
#include "quaymaster/diagnostic.h"
#include "quaymaster/text.h"

namespace quaymaster {

/// The edit that adds `# quaymaster: ignore CODE` for one finding: merged into a comment of ours that speaks of the
/// same place already, otherwise above the instruction of a Dockerfile, or behind or above the line in YAML. Empty
/// where no comment can stand, and in a text that has no model.
[[nodiscard]] std::optional<Edit> ignore_here(const Analysis& analysis, const Diagnostic& diagnostic);

}  // namespace quaymaster
