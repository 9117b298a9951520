#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "quaymaster/text.h"

namespace quaymaster::cli {

/// How a line is shown, given its range without the terminator '\n'.
using ShowLine = std::function<std::string(TextRange)>;

/// Two texts with the way their lines are shown in a diff: as they are, or with secrets masked.
struct DiffSide {
  std::string_view text;
  ShowLine show;
};

/// The difference in the unified format of diff(1), with three lines of context and `a/` and `b/` before the path, as
/// patch(1) and `git apply` read it; empty when the texts are equal. As short as possible, unless so much has changed
/// that finding that out would take long.
[[nodiscard]] std::string unified_diff(std::string_view path, const DiffSide& before, const DiffSide& after);

}  // namespace quaymaster::cli
