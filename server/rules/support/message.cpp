#include "rules/support/message.h"

#include <cstdint>

#include "model/container/token_shapes.h"

namespace quaymaster::rules {
namespace {

/// Secrets stand in wrong places, too, and what is cut off one is not found in it any more by who masks the message.
std::string without_tokens(std::string_view text) {
  std::string result;
  std::uint32_t at = 0;
  for (const container::Token& token : container::find_tokens(text)) {
    if (token.stand_in) continue;
    result.append(slice(text, {at, token.range.begin})).append("••••");
    at = token.range.end;
  }
  return result.append(text.substr(at));
}

}  // namespace

std::string quoted(std::string_view written, std::size_t longest) {
  const std::string masked = without_tokens(written);
  std::string_view text = masked;
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
