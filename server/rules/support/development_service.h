#pragma once
#include "model/compose/compose.h"

/// Services of a Compose file that are there to develop or test with.
namespace quaymaster::rules {

/// Whether its name, a profile, the target of its build or its Dockerfile says so.
[[nodiscard]] bool says_development(const compose::Service& service);

/// The mount that puts source of the program, or something that belongs to it, over what the image has; null when there
/// is none.
[[nodiscard]] const container::Mount* source_mount(const compose::Service& service);
/// The same, for what surely hides the program of the image.
[[nodiscard]] const container::Mount* program_mount(const compose::Service& service);

/// Whether it is, going by what it says or by its source being mounted.
[[nodiscard]] bool is_for_development(const compose::Service& service);

}  // namespace quaymaster::rules
