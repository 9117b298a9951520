#pragma once
#include "model/surroundings.h"

namespace quaymaster::lsp {

/// Whether both say the same, so that findings need not be looked for again. Null equals null only.
[[nodiscard]] bool equal_surroundings(const Surroundings* a, const Surroundings* b);

}  // namespace quaymaster::lsp
