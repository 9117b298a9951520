#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "model/dockerfile/instruction.h"

namespace quaymaster::rules {

/// A flag that an instruction has.
struct BuilderFlag {
  enum class Value : std::uint8_t { Boolean, Text, List };  ///< List: may be given several times
  std::string_view name;
  Value value = Value::Text;
};

/// The flags of the instruction; none for most.
[[nodiscard]] std::span<const BuilderFlag> builder_flags(const dockerfile::Instruction& instruction);

/// Whether the builder looks at the flags of the instruction at all.
[[nodiscard]] bool minds_flags(const dockerfile::Instruction& instruction);

/// Whether a flag that takes a value has none: then what follows may be meant to be that value.
[[nodiscard]] bool lacks_flag_value(const dockerfile::Instruction& instruction);

}  // namespace quaymaster::rules
