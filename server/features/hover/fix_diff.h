#pragma once
#include <string>

#include "quaymaster/analyzer.h"
#include "quaymaster/fix.h"

namespace quaymaster {

/// The lines that `fix` changes, as they are ("- …") and as they will be ("+ …"), secrets masked, at most `max_lines`
/// in all with "…" for what is left out. Empty when the fix has no edits.
[[nodiscard]] std::string fix_diff(const Analysis& analysis, const Fix& fix, std::size_t max_lines);

}  // namespace quaymaster
