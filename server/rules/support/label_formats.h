#pragma once
#include <string_view>

#include "quaymaster/config.h"

/// What the values of labels look like.
namespace quaymaster::rules {

/// Whether `value` has the format: an address (`a@example.org`), a commit or digest in hexadecimal, a time of RFC 3339,
/// a version of SemVer 2.0.0, an SPDX licence expression, or an absolute URI (RFC 3986). Any text is Text.
[[nodiscard]] bool has_format(std::string_view value, LabelFormat format);

}  // namespace quaymaster::rules
