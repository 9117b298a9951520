#pragma once
#include <string>
#include <string_view>

#include "cli/style.h"

namespace quaymaster::cli {

/// A unified diff for people to look at: control characters made visible, line ends of CR LF left out, and coloured if
/// the style is.
[[nodiscard]] std::string diff_for_terminal(std::string_view diff, const Style& style);

}  // namespace quaymaster::cli
