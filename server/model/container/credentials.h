#pragma once
#include <string_view>

#include "model/container/container.h"

namespace quaymaster::container {

/// Whether a variable called `name` holds a secret, going by its name: `DB_PASSWORD`, `API_TOKEN`, `jwtSecret`. Not one
/// that says where a secret is (`…_FILE`, `…_PATH`), how it is handled (`PASSWORD_MIN_LENGTH`), or that it is none
/// (`PUBLIC_KEY`).
[[nodiscard]] bool names_credential(std::string_view name);

/// Whether `value` is a secret by its looks, whatever it is called: a private key, a token of a known service, a URL
/// with a password in it.
[[nodiscard]] bool looks_like_credential(std::string_view value);

/// Whether `value` can be a secret at all: not nothing, a placeholder (`<password>`; `changeme` is none: it is what
/// will be used), a switch (`true`) or a reference (`$OTHER`, `/run/secrets/x`, an address).
[[nodiscard]] bool may_be_credential(std::string_view value);

/// Whether the entry has a secret for its value, also where that comes from the default of a variable: a value is there
/// and may be one, and its name or its looks say that it is one.
[[nodiscard]] bool holds_credential(const EnvironmentEntry& entry);

/// Whether the entry itself writes a secret down: it holds one, and is literal.
[[nodiscard]] bool is_credential(const EnvironmentEntry& entry);

}  // namespace quaymaster::container
