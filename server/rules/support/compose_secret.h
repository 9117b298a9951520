#pragma once
#include <optional>

#include "model/compose/compose.h"
#include "quaymaster/fix.h"

/// Secrets of Compose in the place of values in the environment.
namespace quaymaster::rules {

/// The unsafe fix that has the image of `service` read the secret of `entry`, one of the service's variables, from a
/// file: `NAME_FILE`, a secret of the service, and its declaration, which takes the value from the environment of
/// whoever starts the project. None when the image is not known to read such a file, or where an edit has no place.
[[nodiscard]] std::optional<Fix> secret_file_fix(const compose::Service& service,
                                                 const container::EnvironmentEntry& entry);

}  // namespace quaymaster::rules
