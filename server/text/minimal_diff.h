#pragma once
#include <optional>
#include <string_view>

#include "quaymaster/text.h"

namespace quaymaster {

/// The one edit, as small as whole characters allow, that turns `before` into `after`: what stands between their common
/// beginning and their common end. Empty when they are equal. Never splits a UTF-8 character or a CR LF pair.
[[nodiscard]] std::optional<Edit> minimal_edit(std::string_view before, std::string_view after);

}  // namespace quaymaster
