#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/config.h"
#include "workspace/configuration/file_choice.h"

namespace quaymaster::workspace {

/// What a `.quaymaster.yaml` says. docs/configuration.md describes it.
struct OwnFile {
  struct Base {
    std::string path;  ///< as written
    TextRange range;
  };
  std::vector<Base> extends;
  Layer layer;                            ///< without an origin
  std::vector<FileRule> files;            ///< patterns are relative to the folder of the file
  std::optional<std::string> shellcheck;  ///< the program to run; empty: said to be none
  std::vector<Diagnostic> diagnostics;
};

/// Never fails: what is not understood is left out, and noted.
[[nodiscard]] OwnFile read_own_file(std::string_view text, const RuleSet& rules);

}  // namespace quaymaster::workspace
