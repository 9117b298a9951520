#include "rules/support/message.h"

namespace quaymaster::rules {

std::string quoted(std::string_view text, std::size_t longest) {
  const bool cut = text.size() > longest;
  if (cut) {
    text = text.substr(0, longest);
    // Not within a character.
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.remove_suffix(1);
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0x80) text.remove_suffix(1);
  }
  std::string result = "`";
  for (const char c : text) result += static_cast<unsigned char>(c) < ' ' || c == '`' ? ' ' : c;
  return result + (cut ? "…`" : "`");
}

std::string_view without_user(std::string_view address) {
  constexpr std::string_view kScheme = "://";
  if (const std::size_t scheme = address.find(kScheme); scheme != std::string_view::npos)
    address.remove_prefix(scheme + kScheme.size());
  if (const std::size_t at = address.substr(0, address.find('/')).rfind('@'); at != std::string_view::npos)
    address.remove_prefix(at + 1);
  return address;
}

}  // namespace quaymaster::rules
