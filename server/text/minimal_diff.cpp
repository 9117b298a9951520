#include "text/minimal_diff.h"

#include <algorithm>

namespace quaymaster {
namespace {

constexpr bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Whether an edit may begin or end between `text[at - 1]` and `text[at]`.
bool boundary(std::string_view text, std::size_t at) {
  if (at == 0 || at == text.size()) return true;
  return !continues_character(text[at]) && !(text[at - 1] == '\r' && text[at] == '\n');
}

}  // namespace

std::optional<Edit> minimal_edit(std::string_view before, std::string_view after) {
  if (before == after) return std::nullopt;
  const std::size_t shorter = std::min(before.size(), after.size());
  std::size_t prefix = 0;
  while (prefix < shorter && before[prefix] == after[prefix]) ++prefix;
  while (!boundary(before, prefix) || !boundary(after, prefix)) --prefix;
  std::size_t suffix = 0;
  while (suffix < shorter - prefix && before[before.size() - 1 - suffix] == after[after.size() - 1 - suffix]) ++suffix;
  while (!boundary(before, before.size() - suffix) || !boundary(after, after.size() - suffix)) --suffix;
  return Edit{{static_cast<std::uint32_t>(prefix), static_cast<std::uint32_t>(before.size() - suffix)},
              std::string(after.substr(prefix, after.size() - suffix - prefix))};
}

}  // namespace quaymaster
