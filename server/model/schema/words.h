#pragma once
#include <string>
#include <string_view>

#include "model/schema/schema.h"

/// What values are called where users read it.
namespace quaymaster::schema {

/// What a value may be: "a list or a mapping", "a duration like `30s`". Empty for what may be anything.
[[nodiscard]] std::string taken_kinds(Node about);

/// The scalars among them alone.
[[nodiscard]] std::string_view taken_scalar(Node about);

/// What a value is: "a number", "nothing".
[[nodiscard]] std::string_view name_of(Kind kind);

}  // namespace quaymaster::schema
