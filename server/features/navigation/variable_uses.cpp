#include "features/navigation/variable_uses.h"

#include <algorithm>
#include <cstdint>

namespace quaymaster {
namespace {

bool is_name_byte(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::uint32_t variable_name_length(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return 0;
  return static_cast<std::uint32_t>(std::ranges::find_if_not(text, is_name_byte) - text.begin());
}

bool is_variable_name(std::string_view text) { return !text.empty() && variable_name_length(text) == text.size(); }

std::vector<VariableName> variable_uses(std::string_view word, char escape, bool quotes) {
  enum class Inside : std::uint8_t { DoubleQuotes, Braces };
  std::vector<VariableName> uses;
  std::vector<Inside> open;
  const auto inside = [&](Inside what) { return !open.empty() && open.back() == what; };
  for (std::size_t at = 0; at < word.size();) {
    const char c = word[at];
    if (c == escape) {
      at += 2;
    } else if (c == '\'' && quotes && !inside(Inside::DoubleQuotes)) {
      const std::size_t close = word.find('\'', at + 1);
      if (close == std::string_view::npos) break;
      at = close + 1;
    } else if (c == '"' && quotes) {
      if (inside(Inside::DoubleQuotes))
        open.pop_back();
      else
        open.push_back(Inside::DoubleQuotes);
      ++at;
    } else if (c == '}' && inside(Inside::Braces)) {
      open.pop_back();
      ++at;
    } else if (c == '$') {
      const bool braces = word.substr(at + 1).starts_with('{');
      const std::size_t begin = at + (braces ? 2 : 1);
      const std::size_t length = begin < word.size() ? variable_name_length(word.substr(begin)) : 0;
      at = begin + length;
      if (length > 0)
        uses.push_back({std::string(word.substr(begin, length)),
                        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)}});
      if (braces) open.push_back(Inside::Braces);
    } else {
      ++at;
    }
  }
  return uses;
}

}  // namespace quaymaster
