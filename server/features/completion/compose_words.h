#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/completion/schema_keys.h"

/// What the Compose specification lets be written at a place. A path leads from the root of the file: "-" is an item of
/// a list, and names that the user gives stand as they are written.
namespace quaymaster {

/// The keys of the mapping at `path`, in order of their names.
[[nodiscard]] std::vector<SchemaKey> compose_keys(std::span<const std::string_view> path);

/// The values that the scalar at `path` may have, or commonly has, best known first.
[[nodiscard]] std::vector<std::string_view> compose_values(std::span<const std::string_view> path);

/// What is declared somewhere in the file and said here by name: the key at the top that declares it.
[[nodiscard]] std::string_view compose_declared_in(std::span<const std::string_view> path);

/// Whether the scalar or item at `path` goes on behind the name with a colon: `volume:/path`, `service:alias`.
[[nodiscard]] bool compose_name_ends_at_colon(std::span<const std::string_view> path);

/// The documentation of the key at the path "services/web/image", as Markdown.
[[nodiscard]] std::string compose_documentation(std::string_view path);

}  // namespace quaymaster
