#pragma once
#include <string_view>

namespace quaymaster::cli {

/// A text file of the project that is built into the program, by its path in the project:
/// "docs/anti-patterns/state.md", "NOTICE". Empty when there was none when the program was built. Defined in a
/// generated file (cmake/embedded_texts.cmake).
[[nodiscard]] std::string_view embedded_text(std::string_view path);

}  // namespace quaymaster::cli
