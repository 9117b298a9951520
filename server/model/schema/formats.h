#pragma once
#include <string_view>

#include "model/schema/schema.h"

namespace quaymaster::schema {

/// Whether the text has the format, as its reader reads it (Compose; for quantities Kubernetes). `Any` and `Port` are
/// not looked at: everything has them.
[[nodiscard]] bool has_format(std::string_view text, Format format);

}  // namespace quaymaster::schema
