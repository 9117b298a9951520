#include "model/kubernetes/names.h"

#include <algorithm>

namespace quaymaster::kubernetes {
namespace {

constexpr std::size_t kLongestLabel = 63;
constexpr std::size_t kLongestName = 253;

bool is_small_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_letter_or_digit(char c) { return is_small_or_digit(c) || (c >= 'A' && c <= 'Z'); }

bool has_plain_part(std::string_view text) {
  return !text.empty() && is_small_or_digit(text.front()) && is_small_or_digit(text.back()) &&
         std::ranges::all_of(text, [](char c) { return is_small_or_digit(c) || c == '-'; });
}

}  // namespace

bool is_dns_label(std::string_view name) { return name.size() <= kLongestLabel && has_plain_part(name); }

bool is_dns_subdomain(std::string_view name) {
  if (name.size() > kLongestName) return false;
  for (std::size_t begin = 0;;) {
    const std::size_t dot = std::min(name.find('.', begin), name.size());
    if (!has_plain_part(name.substr(begin, dot - begin))) return false;
    if (dot == name.size()) return true;
    begin = dot + 1;
  }
}

bool is_path_segment(std::string_view name) {
  return name != "." && name != ".." && name.find_first_of("/%") == std::string_view::npos;
}

bool is_label_value(std::string_view value) {
  if (value.empty()) return true;
  return value.size() <= kLongestLabel && is_letter_or_digit(value.front()) && is_letter_or_digit(value.back()) &&
         std::ranges::all_of(value, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_label_key(std::string_view key) {
  const std::size_t slash = key.find('/');
  if (slash == std::string_view::npos) return !key.empty() && is_label_value(key);
  const std::string_view name = key.substr(slash + 1);
  return is_dns_subdomain(key.substr(0, slash)) && !name.empty() && is_label_value(name);
}

}  // namespace quaymaster::kubernetes
