#pragma once
#include <compare>
#include <cstdint>
#include <string_view>

namespace quaymaster {

/// How digits count in an order of names.
enum class DigitOrder : std::uint8_t {
  Characters,  ///< "a10" before "a2"
  Numbers,     ///< "a2" before "a10"
};

/// The order in which people who write lists of names expect them: that of the Unicode collation's root for ASCII.
/// Punctuation comes before digits and digits before letters; case decides only between names that are otherwise equal,
/// lower case first. Bytes that are no ASCII come last, in their own order.
[[nodiscard]] std::weak_ordering natural_order(std::string_view a, std::string_view b,
                                               DigitOrder digits = DigitOrder::Characters);

}  // namespace quaymaster
