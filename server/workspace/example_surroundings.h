#pragma once
#include <memory>

#include "model/surroundings.h"
#include "quaymaster/rule.h"

namespace quaymaster::workspace {

/// What is known of an example from the files that stand beside it: as of a workspace that holds nothing else. Null for
/// an example without such files.
[[nodiscard]] std::shared_ptr<const Surroundings> surroundings_of_example(const Example& example);

}  // namespace quaymaster::workspace
