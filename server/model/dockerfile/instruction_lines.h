#pragma once
#include <string_view>

#include "model/dockerfile/instruction.h"

namespace quaymaster::dockerfile {

/// Fills in what the lines of the segment `text`, which holds `instruction`, say: its empty lines and its line end, a
/// heredoc that does not end, a line that is too long.
void add_lines(Instruction& instruction, std::string_view text, char escape);

}  // namespace quaymaster::dockerfile
