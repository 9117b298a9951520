#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

/// What plain scalars mean: YAML 1.2.2, chapter 10.3 (core schema), and what YAML 1.1 adds to it.
namespace quaymaster::yaml {

[[nodiscard]] bool is_null_word(std::string_view plain);
[[nodiscard]] std::optional<bool> core_boolean(std::string_view plain);
[[nodiscard]] std::optional<bool> boolean_1_1(std::string_view plain);
/// Decimal, 0o and 0x; nothing for what does not fit.
[[nodiscard]] std::optional<std::int64_t> core_integer(std::string_view plain);
/// Whether some reader of YAML takes it for a number, a date or a time: then a string has to be quoted.
[[nodiscard]] bool looks_numeric(std::string_view plain);

}  // namespace quaymaster::yaml
