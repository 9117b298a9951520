#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace quaymaster {

/// `text` as code inside of a line.
[[nodiscard]] std::string inline_code(std::string_view text);

/// `text` as a block of code, which may itself hold fences.
[[nodiscard]] std::string code_block(std::string_view text, std::string_view language);

/// A table; every row has as many cells as the heading. Columns in which no row says anything are left out.
[[nodiscard]] std::string table(const std::vector<std::string>& heading,
                                const std::vector<std::vector<std::string>>& rows);

}  // namespace quaymaster
