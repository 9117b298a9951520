#pragma once
#include <cstdint>
#include <optional>

#include "features/hover/hover.h"
#include "quaymaster/analyzer.h"

namespace quaymaster {

/// What the variable at `offset` of a Compose file becomes: its form in words, its default, and what the whole value is
/// with it (Compose specification, "Interpolation"). Secrets, told by name and by looks, are masked. Empty where no
/// variable is.
[[nodiscard]] std::optional<Hover> variable_hover(const Analysis& analysis, std::uint32_t offset);

}  // namespace quaymaster
