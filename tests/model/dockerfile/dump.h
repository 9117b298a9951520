#pragma once
#include <string>
#include <string_view>

#include "model/dockerfile/file.h"
#include "model/dockerfile/instruction.h"

namespace quaymaster::tests {

/// One line: the keyword, `--flags`, then what the instruction has, as the builder's parser would split it.
std::string dump(const dockerfile::Instruction& instruction);

/// A line an instruction.
std::string dump_instructions(std::string_view text);

/// The whole file: instructions, contexts and stages.
dockerfile::File model_of(std::string_view text);

}  // namespace quaymaster::tests
