#pragma once
#include <string>
#include <string_view>

namespace quaymaster::lsp {

/// The message `body` with the header that LSP's base protocol puts before it.
[[nodiscard]] std::string framed(std::string_view body);

}  // namespace quaymaster::lsp
