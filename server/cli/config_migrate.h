#pragma once
#include <string>

#include "quaymaster/rule.h"
#include "workspace/file_system.h"

namespace quaymaster::cli {

/// A `.quaymaster.yaml` that says what the files of other tools in `folder` say; empty when there are none.
[[nodiscard]] std::string migrated_configuration(const std::string& folder, const RuleSet& rules,
                                                 const workspace::FileSystem& files);

}  // namespace quaymaster::cli
