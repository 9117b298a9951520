#pragma once
#include <string>

#include "quaymaster/diagnostic.h"

namespace quaymaster::cli {

/// An address that explains the finding: the first of its rule's references. Empty when there is none.
[[nodiscard]] std::string documentation_url(const Diagnostic& finding);

}  // namespace quaymaster::cli
