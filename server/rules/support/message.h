#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace quaymaster::rules {

/// `text` in backquotes, for a message: on one line, cut with "…" when it is longer than `longest` bytes.
[[nodiscard]] std::string quoted(std::string_view text, std::size_t longest = 32);

/// The address without its scheme and without the name and the password of a user: `https://me:pw@host/x` is `host/x`.
[[nodiscard]] std::string_view without_user(std::string_view address);

}  // namespace quaymaster::rules
