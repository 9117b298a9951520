#pragma once
#include <cstdint>
#include <optional>

#include "features/hover/hover.h"
#include "quaymaster/analyzer.h"

namespace quaymaster {

/// What the schema of the format says of the key at `offset`: what it is for, what it takes, its allowed values and its
/// default. On the kind of a manifest what that is. Empty where there is no key, or none that the schema knows by name;
/// in Dockerfiles always.
[[nodiscard]] std::optional<Hover> key_documentation(const Analysis& analysis, std::uint32_t offset);

}  // namespace quaymaster
