#pragma once
#include <string>
#include <vector>

#include "lsp/json_rpc.h"
#include "quaymaster/config.h"
#include "quaymaster/rule.h"

namespace quaymaster::lsp {

/// What the user set in the editor.
struct EditorSettings {
  Layer layer;
  std::vector<std::string> problems;  ///< for people: what does not count, and why
};

/// Reads settings that have the keys of a `.quaymaster.yaml`, but for `extends` and `files`. Null, whole or of a key,
/// means that nothing is said. `trace`, in which editors keep what they log, is passed over. Never fails: what is not
/// understood is left out, and told.
[[nodiscard]] EditorSettings read_editor_settings(const Json& settings, const RuleSet& rules);

/// What stands under `quaymaster` in the settings of everything; null when there is nothing.
[[nodiscard]] Json quaymaster_section(const Json& all);

}  // namespace quaymaster::lsp
