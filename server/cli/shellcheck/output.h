#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "analysis/shellcheck/findings.h"

namespace quaymaster::cli {

/// Reads what ShellCheck writes as `--format=json1`. `text_of` tells which text a file holds; what is said about others
/// is left out. Empty when it is something else.
[[nodiscard]] std::optional<std::vector<shellcheck::Comment>> read_shellcheck_output(
    std::string_view json, const std::function<std::optional<std::size_t>(std::string_view file)>& text_of);

}  // namespace quaymaster::cli
