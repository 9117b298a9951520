#pragma once
#include <cstdint>

#include "model/container/container.h"

namespace quaymaster::container {

/// The same value with every range moved by `by` bytes: from a segment to its file.
[[nodiscard]] ImageUse shifted(ImageUse image, std::uint32_t by);
[[nodiscard]] StartCommand shifted(StartCommand start, std::uint32_t by);
[[nodiscard]] EnvironmentEntry shifted(EnvironmentEntry entry, std::uint32_t by);
[[nodiscard]] UserSetting shifted(UserSetting user, std::uint32_t by);
[[nodiscard]] Mount shifted(Mount mount, std::uint32_t by);
[[nodiscard]] PortBinding shifted(PortBinding port, std::uint32_t by);
[[nodiscard]] HealthCheck shifted(HealthCheck check, std::uint32_t by);

}  // namespace quaymaster::container
