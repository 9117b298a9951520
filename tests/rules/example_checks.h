#pragma once
#include <functional>
#include <memory>

#include "model/surroundings.h"
#include "quaymaster/analyzer.h"

/// What must be true of the examples of a rule, which are its documentation as well.
namespace quaymaster::tests {

/// What is known of an example from the files beside it; null when there are none.
using SurroundingsOfExample = std::function<std::shared_ptr<const Surroundings>(const Example&)>;

/// The example reports exactly the marked ranges, and its fixes give exactly the stated text.
void check_example(const Rule& rule, const Example& example, const SurroundingsOfExample& surroundings_of);

/// Some of the examples reports each variant.
void check_variants_shown(const Rule& rule, const SurroundingsOfExample& surroundings_of);

/// With every rule switched on, applying fixes to the example comes to an end, and leaves nothing to do.
void check_fixes_end(const Example& example, const SurroundingsOfExample& surroundings_of);

}  // namespace quaymaster::tests
