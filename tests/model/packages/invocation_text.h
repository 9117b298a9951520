#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "model/packages/invocation.h"

namespace quaymaster::tests {

/// What the first command of a shell text asks of a package manager; empty when it is none.
[[nodiscard]] std::optional<packages::Invocation> invocation_of(std::string_view text);

/// The same in a line: "install: curl, git = 2.47 (yes, no-recommends)"; "-" when it is none. What is no name for the
/// manager's registry comes with what it is: "path ./x.deb". A '?' at the end: more may come from a variable.
[[nodiscard]] std::string operation_in(std::string_view text);

}  // namespace quaymaster::tests
