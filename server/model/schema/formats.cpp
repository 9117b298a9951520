#include "model/schema/formats.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"

namespace quaymaster::schema {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at_front(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
}

void drop_sign(std::string_view& text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
}

/// Takes digits with at most one point among them off the front; false when there are none.
bool take_decimal(std::string_view& text) {
  const std::size_t whole = digits_at_front(text);
  text.remove_prefix(whole);
  if (!text.starts_with('.')) return whole > 0;
  const std::size_t fraction = digits_at_front(text.substr(1));
  text.remove_prefix(1 + fraction);
  return whole + fraction > 0;
}

bool is_boolean(std::string_view text) {
  constexpr std::array<std::string_view, 8> kWords = {"true", "false", "yes", "no", "on", "off", "y", "n"};
  return std::ranges::any_of(kWords, [&](std::string_view word) { return equals_ignoring_case(text, word); });
}

bool is_integer(std::string_view text) {
  drop_sign(text);
  return !text.empty() && digits_at_front(text) == text.size();
}

bool is_number(std::string_view text) {
  drop_sign(text);
  if (equals_ignoring_case(text, "inf") || equals_ignoring_case(text, "nan")) return true;
  if (!take_decimal(text)) return false;
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  return is_integer(text.substr(1));
}

/// Decimal numbers with a unit each: `1m30s`; or nothing but 0.
bool is_duration(std::string_view text) {
  // longer units first
  constexpr std::array<std::string_view, 10> kUnits = {"ns", "us", "µs", "μs", "ms", "s", "m", "h", "d", "w"};
  drop_sign(text);
  if (text == "0") return true;
  if (text.empty()) return false;
  while (!text.empty()) {
    if (!take_decimal(text)) return false;
    const auto* const unit =
        std::ranges::find_if(kUnits, [&](std::string_view word) { return text.starts_with(word); });
    if (unit == kUnits.end()) return false;
    text.remove_prefix(unit->size());
  }
  return true;
}

/// A number, perhaps a blank, and a unit: `b`, or `k` to `p`, alone or with `b` or `ib` behind it, in any case.
bool is_size(std::string_view text) {
  const std::size_t last = text.find_last_of("0123456789. ");
  if (last == std::string_view::npos || !is_number(text.substr(0, text[last] == ' ' ? last : last + 1))) return false;
  const std::string unit = ascii_lower(text.substr(last + 1));
  if (unit.empty() || unit == "b") return true;
  return std::string_view("kmgtp").find(unit.front()) != std::string_view::npos &&
         (unit.size() == 1 || unit.substr(1) == "b" || unit.substr(1) == "ib");
}

/// Numbers with a unit each.
bool are_periods(std::string_view text) {
  if (text.empty()) return false;
  while (!text.empty()) {
    const std::size_t digits = digits_at_front(text);
    if (digits == 0 || digits == text.size() || std::string_view("wdhms").find(text[digits]) == std::string_view::npos)
      return false;
    text.remove_prefix(digits + 1);
  }
  return true;
}

bool is_pull_policy(std::string_view text) {
  constexpr std::array<std::string_view, 8> kWords = {"always",  "never",   "build", "if_not_present",
                                                      "missing", "refresh", "daily", "weekly"};
  return std::ranges::find(kWords, text) != kWords.end() || (text.starts_with("every_") && are_periods(text.substr(6)));
}

/// A number with a unit of a thousand or of 1024, or with an exponent.
bool is_quantity(std::string_view text) {
  constexpr std::array<std::string_view, 16> kUnits = {"",  "n", "u",  "m",  "k",  "M",  "G",  "T",
                                                       "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  drop_sign(text);
  if (!take_decimal(text)) return false;
  if (std::ranges::find(kUnits, text) != kUnits.end()) return true;
  return (text.front() == 'e' || text.front() == 'E') && is_integer(text.substr(1));
}

}  // namespace

bool has_format(std::string_view text, Format format) {
  switch (format) {
    case Format::Any:
    case Format::Port: return true;
    case Format::Boolean: return is_boolean(text);
    case Format::Integer: return is_integer(text);
    case Format::Number: return is_number(text);
    case Format::Duration: return is_duration(text);
    case Format::Size: return is_size(text);
    case Format::PullPolicy: return is_pull_policy(text);
    case Format::Quantity: return is_quantity(text);
  }
  return true;
}

}  // namespace quaymaster::schema
