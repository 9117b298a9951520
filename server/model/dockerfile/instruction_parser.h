#pragma once
#include <string_view>

#include "model/dockerfile/instruction.h"
#include "syntax/tree.h"

namespace quaymaster::dockerfile {

/// The instruction that stands in the segment `text`. Never fails: text that is no instruction gives `Unknown`.
/// `parser` is one for Dockerfiles.
[[nodiscard]] Instruction parse_instruction(std::string_view text, char escape, syntax::Parser& parser);

}  // namespace quaymaster::dockerfile
