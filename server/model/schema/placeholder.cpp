#include "model/schema/placeholder.h"

#include <algorithm>
#include <array>
#include <utility>

namespace quaymaster::schema {
namespace {

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

bool is_placeholder(std::string_view text) {
  constexpr std::array<std::string_view, 5> kMarks = {"$", "{{", "{%", "__", "ENC["};
  for (const std::string_view mark : kMarks)
    if (text.find(mark) != std::string_view::npos) return true;
  constexpr std::array<std::pair<char, char>, 5> kBrackets = {
      {{'<', '>'}, {'%', '%'}, {'@', '@'}, {'[', ']'}, {'#', '#'}}};
  if (text.size() > 2)
    for (const auto& [open, close] : kBrackets)
      if (text.front() == open && text.find(close, 1) != std::string_view::npos) return true;
  return false;
}

bool is_placeholder_name(std::string_view text) {
  return text.size() > 2 && is_capital(text.front()) && std::ranges::all_of(text, [](char c) {
           return is_capital(c) || c == '_' || c == '-' || (c >= '0' && c <= '9');
         });
}

}  // namespace quaymaster::schema
