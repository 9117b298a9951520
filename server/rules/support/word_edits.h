#pragma once
#include <cstddef>
#include <optional>

#include "model/shell/script.h"

namespace quaymaster::rules {

/// The edit that takes the words `first` to `last` of `command.words` out, with the blanks on one side of them. The
/// program itself cannot go: `first` is at least 1. Empty when they do not stand in one line of the file, or when
/// something other than blanks would go with them.
[[nodiscard]] std::optional<Edit> remove_words(const shell::Text& text, const shell::Command& command,
                                               std::size_t first, std::size_t last);

}  // namespace quaymaster::rules
