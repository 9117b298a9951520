#pragma once
#include <optional>
#include <string_view>

#include "quaymaster/text.h"

/// Names of the environments that software runs in.
namespace quaymaster::rules {

/// Whether `word` is such a name: "production", "prod", "staging", "qa"; "dev" and "local" count as well.
[[nodiscard]] bool is_environment_name(std::string_view word);

/// The part of `name`, the name of a file without its folder, that names an environment: `prod` in
/// `application-prod.yml` and in `nginx.prod.conf`, `production` in `.env.production` and in `production.json`.
[[nodiscard]] std::optional<TextRange> environment_in_name(std::string_view name);

}  // namespace quaymaster::rules
