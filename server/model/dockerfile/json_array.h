#pragma once
#include <optional>
#include <string_view>

#include "quaymaster/text.h"

namespace quaymaster::dockerfile {

/// The first element of the JSON array `text` (RFC 8259) that is no string: the builder refuses such an array. Empty
/// when there is none, and when `text` is not exactly one complete array, which the builder then takes for something
/// else.
[[nodiscard]] std::optional<TextRange> element_that_is_no_string(std::string_view text);

}  // namespace quaymaster::dockerfile
