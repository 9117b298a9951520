#include "model/dockerfile/json_string.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quaymaster::dockerfile {
namespace {

std::optional<unsigned> hex4(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : text.substr(0, 4)) {
    value <<= 4;
    if (c >= '0' && c <= '9')
      value += static_cast<unsigned>(c - '0');
    else if (c >= 'a' && c <= 'f')
      value += static_cast<unsigned>(c - 'a' + 10);
    else if (c >= 'A' && c <= 'F')
      value += static_cast<unsigned>(c - 'A' + 10);
    else
      return std::nullopt;
  }
  return value;
}

std::string utf8(unsigned code_point) {
  const auto byte = [](unsigned value) { return static_cast<char>(value); };
  if (code_point < 0x80) return {byte(code_point)};
  if (code_point < 0x800) return {byte(0xC0 | (code_point >> 6)), byte(0x80 | (code_point & 0x3F))};
  if (code_point < 0x10000)
    return {byte(0xE0 | (code_point >> 12)), byte(0x80 | ((code_point >> 6) & 0x3F)), byte(0x80 | (code_point & 0x3F))};
  return {byte(0xF0 | (code_point >> 18)), byte(0x80 | ((code_point >> 12) & 0x3F)),
          byte(0x80 | ((code_point >> 6) & 0x3F)), byte(0x80 | (code_point & 0x3F))};
}

struct Escape {
  std::string value;
  std::uint32_t length;  // of the escape, backslash included
};

Escape escape_at(std::string_view text) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kValues = "\"\\/\b\f\n\r\t";
  if (text.size() < 2) return {"", 1};
  if (const std::size_t index = kLetters.find(text[1]); index != std::string_view::npos)
    return {std::string(1, kValues[index]), 2};
  const std::optional<unsigned> high = text[1] == 'u' ? hex4(text.substr(2)) : std::nullopt;
  if (!high) return {std::string(1, text[1]), 2};
  if (*high >= 0xD800 && *high < 0xDC00 && text.substr(6).starts_with("\\u")) {
    const std::optional<unsigned> low = hex4(text.substr(8));
    if (low && *low >= 0xDC00 && *low < 0xE000) return {utf8(0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00)), 12};
  }
  const bool surrogate = *high >= 0xD800 && *high < 0xE000;
  return {utf8(surrogate ? 0xFFFD : *high), 6};
}

}  // namespace

MappedText decode_json_string(const MappedText& literal) {
  const std::string_view bytes = literal.bytes();
  std::uint32_t at = bytes.starts_with('"') ? 1 : 0;
  auto end = static_cast<std::uint32_t>(bytes.size());
  if (end > at && bytes.ends_with('"')) --end;
  MappedText value;
  while (at < end) {
    if (bytes[at] != '\\') {
      std::uint32_t run = at;
      while (run < end && bytes[run] != '\\') ++run;
      value.append(literal, {at, run});
      at = run;
      continue;
    }
    const Escape escape = escape_at(bytes.substr(at, end - at));
    value.append_decoded(escape.value, literal.to_file({at, at + escape.length}));
    at += escape.length;
  }
  return value;
}

}  // namespace quaymaster::dockerfile
