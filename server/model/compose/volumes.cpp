#include "model/compose/volumes.h"

#include <array>

namespace quaymaster::compose {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// `C:\` or `C:/`.
bool is_windows_path(std::string_view text) {
  return text.size() > 2 && is_letter(text[0]) && text[1] == ':' && (text[2] == '\\' || text[2] == '/');
}

/// The end of the part that begins at `at`: the colon behind it, or the end of the text.
std::uint32_t part_end(std::string_view text, std::uint32_t at) {
  // `C:/x` is a drive only when a part of its own can follow it: in `a:/x` the target is `/x`.
  const std::string_view rest = text.substr(at);
  if (is_windows_path(rest) && (rest[2] == '\\' || rest.find(':', 2) != std::string_view::npos)) at += 2;
  int braces = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '{') ++braces;
    if (text[at] == '}' && braces > 0) --braces;
    if (text[at] == ':' && braces == 0) break;
  }
  return at;
}

bool is_mode(std::string_view text) { return text.find_first_of("/\\") == std::string_view::npos; }

}  // namespace

std::optional<ShortVolume> parse_volume(std::string_view text) {
  std::array<TextRange, 3> parts;
  std::size_t count = 0;
  std::uint32_t at = 0;
  while (true) {
    if (count == parts.size()) return std::nullopt;
    const std::uint32_t end = part_end(text, at);
    parts[count++] = {at, end};
    if (end == text.size()) break;
    at = end + 1;
  }
  const auto size = static_cast<std::uint32_t>(text.size());
  ShortVolume volume{{0, 0}, parts[0], {size, size}};
  if (count == 2 && is_mode(slice(text, parts[1])) && slice(text, parts[0]).starts_with('/') &&
      !slice(text, parts[1]).starts_with('$')) {
    volume.mode = parts[1];  // `/data:ro`: an anonymous volume with a mode
  } else if (count > 1) {
    volume.source = parts[0];
    volume.target = parts[1];
    if (count == 3) volume.mode = parts[2];
  }
  if (volume.target.empty()) return std::nullopt;
  return volume;
}

bool is_host_path(std::string_view source) {
  return source.starts_with('.') || source.starts_with('/') || source.starts_with('~') || source.starts_with("\\\\") ||
         is_windows_path(source);
}

bool is_read_only(std::string_view mode) {
  while (!mode.empty()) {
    const std::size_t comma = mode.find(',');
    if (mode.substr(0, comma) == "ro") return true;
    if (comma == std::string_view::npos) break;
    mode.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace quaymaster::compose
