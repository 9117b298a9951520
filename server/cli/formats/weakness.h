#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace quaymaster::cli {

/// What the finding of a rule is called in the Common Weakness Enumeration.
struct Weakness {
  std::string_view rule;
  std::uint32_t cwe = 0;
};

/// The rules whose findings are weaknesses, sorted by name.
[[nodiscard]] std::span<const Weakness> weaknesses();

/// The number of the weakness that a rule finds; empty for a rule whose findings are not about security.
[[nodiscard]] std::optional<std::uint32_t> cwe_of(std::string_view rule);

}  // namespace quaymaster::cli
