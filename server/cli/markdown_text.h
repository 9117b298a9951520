#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "cli/style.h"

namespace quaymaster::cli {

/// Markdown as it is written, with headings and code set off where the style has colours. HTML comments are left out.
/// Lines of text, but not code and tables, are broken at blanks so that they fit into `columns`; 0: they stay.
[[nodiscard]] std::string markdown_for_terminal(std::string_view markdown, const Style& style, std::size_t columns);

}  // namespace quaymaster::cli
