#include "model/yaml/schema.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "model/yaml/scalar.h"

namespace quaymaster::yaml {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether `text` is `word` in lower case, in upper case, or with a capital first letter.
bool in_any_case(std::string_view text, std::string_view word) {
  if (text.size() != word.size()) return false;
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
  const auto lower_tail = text.substr(1) == word.substr(1);
  if (text.front() == word.front()) return lower_tail;
  if (text.front() != upper(word.front())) return false;
  return lower_tail || std::ranges::equal(text, word, {}, {}, upper);
}

bool any_of(std::string_view text, std::initializer_list<std::string_view> words) {
  if (text.empty()) return false;
  return std::ranges::any_of(words, [&](std::string_view word) { return in_any_case(text, word); });
}

}  // namespace

bool is_null_word(std::string_view plain) { return plain.empty() || plain == "~" || any_of(plain, {"null"}); }

std::optional<bool> core_boolean(std::string_view plain) {
  if (any_of(plain, {"true"})) return true;
  if (any_of(plain, {"false"})) return false;
  return std::nullopt;
}

std::optional<bool> boolean_1_1(std::string_view plain) {
  if (any_of(plain, {"true", "yes", "on", "y"})) return true;
  if (any_of(plain, {"false", "no", "off", "n"})) return false;
  return std::nullopt;
}

std::optional<std::int64_t> core_integer(std::string_view plain) {
  const bool negative = plain.starts_with('-');
  std::string digits(plain.starts_with('-') || plain.starts_with('+') ? plain.substr(1) : plain);
  int base = 10;
  if (digits.size() == plain.size() && (digits.starts_with("0x") || digits.starts_with("0o"))) {
    base = digits[1] == 'x' ? 16 : 8;
    digits.erase(0, 2);
  }
  if (digits.empty() || digits.front() == '-' || digits.front() == '+') return std::nullopt;
  if (negative) digits.insert(digits.begin(), '-');
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

bool looks_numeric(std::string_view plain) {
  if (plain.starts_with('-') || plain.starts_with('+')) plain.remove_prefix(1);
  if (any_of(plain, {".inf", ".nan"})) return true;
  if (plain.starts_with('.')) plain.remove_prefix(1);
  if (plain.empty() || !is_digit(plain.front())) return false;
  // Numbers with exponents, underscores, sexagesimal colons, prefixes; dates and times.
  return plain.find_first_not_of("0123456789abcdefABCDEFoxT_:.+-Z ") == std::string_view::npos;
}

bool plain_string(std::string_view text, bool flow) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  if (is_null_word(text) || boolean_1_1(text) || looks_numeric(text)) return false;
  if (text == "=" || text == "<<" || text.starts_with("---") || text.starts_with("...")) return false;
  if (std::string_view(",[]{}#&*!|>'\"%@`").find(text.front()) != std::string_view::npos) return false;
  if (std::string_view("-?:").find(text.front()) != std::string_view::npos &&
      (text.size() == 1 || text[1] == ' ' || text[1] == '\t' || flow))
    return false;
  if (flow && text.find_first_of(",[]{}") != std::string_view::npos) return false;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return false;
  if (text.find(":\t") != std::string_view::npos || text.find("\t#") != std::string_view::npos) return false;
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; });
}

}  // namespace quaymaster::yaml
