#pragma once
#include <string>
#include <string_view>

#include "quaymaster/analyzer.h"

/// What repairs must not do to a file.
namespace quaymaster::tests {

/// Repairs `text` with every rule switched on, with the safe fixes and with the unsafe ones too. Returns what does not
/// hold, a line each:
///  - a repaired text has no more places that cannot be read than before
///  - a second run changes nothing
///  - comments are kept, and so are the line ends of a text that has only one kind of them
///  - a safe fix alone leaves as they are all instructions, or all values, that its edits do not touch
[[nodiscard]] std::string damage_by_fixes(std::string_view path, Language language, const std::string& text);

}  // namespace quaymaster::tests
