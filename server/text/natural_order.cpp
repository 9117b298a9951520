#include "text/natural_order.h"

#include <algorithm>
#include <cstddef>

namespace quaymaster {
namespace {

/// In the order of the collation (CLDR, root).
constexpr std::string_view kPunctuation = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
constexpr int kDigits = 64;
constexpr int kLetters = 128;
constexpr int kOther = 256;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

int weight(char c) {
  if (is_digit(c)) return kDigits + (c - '0');
  if (is_lower(c)) return kLetters + (c - 'a');
  if (is_upper(c)) return kLetters + (c - 'A');
  const std::size_t place = kPunctuation.find(c);
  if (place != std::string_view::npos) return 1 + static_cast<int>(place);
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x80 ? 0 : kOther + byte;
}

/// Takes the digits from the front of `text`; without leading zeros.
std::string_view take_number(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  std::string_view number = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(number.size());
  number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
  return number;
}

std::weak_ordering compare_numbers(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

std::weak_ordering compare_letters(std::string_view a, std::string_view b, DigitOrder digits) {
  while (!a.empty() && !b.empty()) {
    if (digits == DigitOrder::Numbers && is_digit(a.front()) && is_digit(b.front())) {
      const std::string_view number = take_number(a);
      if (const auto order = compare_numbers(number, take_number(b)); std::is_neq(order)) return order;
      continue;
    }
    if (const auto order = weight(a.front()) <=> weight(b.front()); std::is_neq(order)) return order;
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  return a.size() <=> b.size();
}

}  // namespace

std::weak_ordering natural_order(std::string_view a, std::string_view b, DigitOrder digits) {
  if (const auto order = compare_letters(a, b, digits); std::is_neq(order)) return order;
  const auto [first, second] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (first == a.end() || second == b.end()) return std::weak_ordering::equivalent;
  return is_upper(*first) <=> is_upper(*second);
}

}  // namespace quaymaster
