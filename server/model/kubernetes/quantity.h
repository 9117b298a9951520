#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

/// Amounts as Kubernetes writes them: `250m`, `1.5`, `64Mi`, `2e3`.
namespace quaymaster::kubernetes {

/// An amount. Two that are the same amount are equal, however they were written; a larger one compares greater.
struct Quantity {
  std::int64_t units = 0;  ///< whole units, rounded down; what is too large is the largest number
  std::int32_t nanos = 0;  ///< billionths above them, 0 … 999,999,999; what is less than one is rounded up

  [[nodiscard]] bool zero() const { return units == 0 && nanos == 0; }
  [[nodiscard]] bool negative() const { return units < 0; }
  friend constexpr auto operator<=>(const Quantity&, const Quantity&) = default;
};

/// The amount that `text` is: a decimal number with a sign or not, then nothing, one of n u m k M G T P E, one of
/// Ki Mi Gi Ti Pi Ei, or an exponent (`e3`, `E-2`). Nothing when the API refuses it.
[[nodiscard]] std::optional<Quantity> parse_quantity(std::string_view text);

/// The two parts of what may be a quantity: `512MB` is "512" and "MB". Nothing without a number at the beginning.
struct QuantityParts {
  std::string_view number;
  std::string_view suffix;  ///< whatever follows
};
[[nodiscard]] std::optional<QuantityParts> quantity_parts(std::string_view text);

}  // namespace quaymaster::kubernetes
