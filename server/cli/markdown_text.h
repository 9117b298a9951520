#pragma once
#include <string>
#include <string_view>

#include "cli/style.h"

namespace quaymaster::cli {

/// Markdown as it is written, with headings and code set off where the style has colours. HTML comments are left out.
[[nodiscard]] std::string markdown_for_terminal(std::string_view markdown, const Style& style);

}  // namespace quaymaster::cli
