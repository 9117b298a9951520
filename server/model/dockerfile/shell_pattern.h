#pragma once
#include <optional>
#include <string>
#include <string_view>

/// Patterns of `${name#pattern}`, `${name%pattern}` and `${name/pattern/replacement}`, as the builder matches them
/// (Dockerfile reference, "Environment replacement"): `*`, `?`, and `\` before either, before itself, `}` and `/`.
namespace quaymaster::dockerfile {

enum class Match : unsigned char { Shortest, Longest };

/// The functions are empty when the builder refuses the pattern, or when to match it would take too long.
[[nodiscard]] std::optional<std::string> without_prefix(std::string_view value, std::string_view pattern, Match match);
[[nodiscard]] std::optional<std::string> without_suffix(std::string_view value, std::string_view pattern, Match match);
/// The first match, or all of them, replaced. Matches are as long as can be.
[[nodiscard]] std::optional<std::string> with_replaced(std::string_view value, std::string_view pattern,
                                                       std::string_view replacement, bool all);

/// Whether the builder takes the pattern.
[[nodiscard]] bool is_pattern(std::string_view pattern);

}  // namespace quaymaster::dockerfile
