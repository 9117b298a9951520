#include "model/kubernetes/quantity.h"

#include <algorithm>
#include <array>
#include <limits>

namespace quaymaster::kubernetes {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kNanos = 1'000'000'000;
/// No written exponent that matters is larger; what is beyond is the largest number, or almost nothing.
constexpr int kMostSteps = 40;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// How many times a number is multiplied by `base`, or divided by it when `steps` is negative.
struct Scale {
  int base = 10;
  int steps = 0;
};

std::optional<Scale> scale_of(std::string_view suffix) {
  constexpr std::array<std::string_view, 6> kDecimal{"k", "M", "G", "T", "P", "E"};
  constexpr std::array<std::string_view, 6> kBinary{"Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  constexpr std::array<std::string_view, 3> kSmall{"m", "u", "n"};
  if (suffix.empty()) return Scale{};
  const auto index = [suffix](const auto& names) {
    return static_cast<int>(std::ranges::find(names, suffix) - names.begin());
  };
  if (const int i = index(kDecimal); i < 6) return Scale{1000, i + 1};
  if (const int i = index(kBinary); i < 6) return Scale{1024, i + 1};
  if (const int i = index(kSmall); i < 3) return Scale{1000, -i - 1};
  if (suffix.front() != 'e' && suffix.front() != 'E') return std::nullopt;
  std::string_view digits = suffix.substr(1);
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.empty() || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
  int exponent = 0;
  for (const char digit : digits) exponent = std::min(exponent * 10 + (digit - '0'), kMostSteps);
  return Scale{10, negative ? -exponent : exponent};
}

/// A number that is not negative, in the making. `rest`: it is a bit more than that.
struct Amount {
  std::int64_t units = 0;
  std::int64_t nanos = 0;
  bool rest = false;

  void multiply(std::int64_t factor) {
    nanos *= factor;
    const std::int64_t carry = nanos / kNanos;
    nanos %= kNanos;
    units = units > (kMost - carry) / factor ? kMost : units * factor + carry;
  }

  void divide(std::int64_t divisor) {
    const std::int64_t below = units % divisor * kNanos + nanos;
    units /= divisor;
    rest = rest || below % divisor != 0;
    nanos = below / divisor;
  }

  void round_up() {
    if (!rest || units == kMost) return;
    if (++nanos < kNanos) return;
    nanos = 0;
    ++units;
  }
};

Amount amount_of(std::string_view number) {
  const std::size_t point = std::min(number.find('.'), number.size());
  Amount amount;
  for (const char digit : number.substr(0, point))
    amount.units = amount.units > (kMost - 9) / 10 ? kMost : amount.units * 10 + (digit - '0');
  std::int64_t weight = kNanos;
  for (const char digit : number.substr(std::min(point + 1, number.size()))) {
    weight /= 10;
    amount.nanos += (digit - '0') * weight;
    amount.rest = amount.rest || (weight == 0 && digit != '0');
  }
  return amount;
}

}  // namespace

std::optional<QuantityParts> quantity_parts(std::string_view text) {
  std::size_t at = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  std::size_t digits = 0;
  bool point = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && !point)
      point = true;
    else if (is_digit(text[at]))
      ++digits;
    else
      break;
  }
  if (digits == 0) return std::nullopt;
  return QuantityParts{text.substr(0, at), text.substr(at)};
}

std::optional<Quantity> parse_quantity(std::string_view text) {
  const std::optional<QuantityParts> parts = quantity_parts(text);
  const std::optional<Scale> scale = parts ? scale_of(parts->suffix) : std::nullopt;
  if (!scale) return std::nullopt;
  std::string_view number = parts->number;
  const bool negative = number.starts_with('-');
  if (negative || number.starts_with('+')) number.remove_prefix(1);
  Amount amount = amount_of(number);
  for (int i = 0; i < scale->steps; ++i) amount.multiply(scale->base);
  for (int i = 0; i > scale->steps; --i) amount.divide(scale->base);
  amount.round_up();
  if (negative && (amount.units != 0 || amount.nanos != 0)) {
    amount.units = -amount.units;
    if (amount.nanos != 0) {
      --amount.units;
      amount.nanos = kNanos - amount.nanos;
    }
  }
  return Quantity{amount.units, static_cast<std::int32_t>(amount.nanos)};
}

}  // namespace quaymaster::kubernetes
