#pragma once
#include <span>
#include <string>

#include "cli/streams.h"

namespace quaymaster::cli {

/// The program: does what `arguments` (without the program's name) say, and returns its exit code (exit_code.h).
/// Never throws.
[[nodiscard]] int run(std::span<const std::string> arguments, Streams& streams);

}  // namespace quaymaster::cli
