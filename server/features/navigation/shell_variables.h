#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "features/navigation/variable_uses.h"

namespace quaymaster {

/// The variables of a text for a POSIX shell.
struct ShellVariables {
  /// Where the value of a variable is asked for that the text has not set before: a variable of the environment. In
  /// order, those of a nested `sh -c '…'` and of here-documents included.
  std::vector<VariableName> from_environment;
  /// Every name that the text gives a value itself, or unsets.
  std::set<std::string, std::less<>> own;
};

/// Reads the text from the front to the back, once: a variable counts as the text's own from where it is set, also
/// where that is in a branch or a subshell. `X=1 cmd` sets nothing for the text itself.
[[nodiscard]] ShellVariables shell_variables(std::string_view text);

}  // namespace quaymaster
