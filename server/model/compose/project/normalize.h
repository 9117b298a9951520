#pragma once
#include <string>
#include <string_view>

#include "model/compose/project/value.h"

namespace quaymaster::compose::project {

/// Brings a service, whose variables are filled in, from the short syntax to the long one, and its paths from being
/// relative to `folder`, the folder of its file, to being relative to the project ("" is the project's own). Once.
void normalize_service(Value& service, std::string_view folder);
/// The same for the rest of a file: volumes, networks, secrets, configs.
void normalize_resources(Value& file, std::string_view folder);

/// Fills in what Compose takes for granted, in a project that has been merged.
void add_defaults(Value& project);

/// `path`, which is relative to `folder`, as seen from the project: without `.` and as few `..` as can be. Absolute
/// paths, addresses and paths in the home folder stay as they are.
[[nodiscard]] std::string rebased(std::string_view path, std::string_view folder);

}  // namespace quaymaster::compose::project
