#pragma once
#include <string_view>

namespace quaymaster::rules {

/// Whether `text` is an SPDX licence expression (SPDX specification, "License expressions"): `MIT`,
/// `Apache-2.0 AND (BSD-3-Clause OR GPL-2.0-or-later WITH Classpath-exception-2.0)`, `LicenseRef-own`. The identifiers
/// are those of list 3.26; their case does not count.
[[nodiscard]] bool is_license_expression(std::string_view text);

}  // namespace quaymaster::rules
