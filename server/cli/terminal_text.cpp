#include "cli/terminal_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/utf8.h"

namespace quaymaster::cli {
namespace {

constexpr std::size_t kTabWidth = 4;

struct CodeRange {
  char32_t first;
  char32_t last;
};

/// East_Asian_Width W and F of Unicode 14 (UAX #11), over gaps where nothing is assigned.
constexpr auto kWide = std::to_array<CodeRange>(
    {{0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x23F0, 0x23F0},
     {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267F, 0x267F},
     {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},
     {0x26CE, 0x26CE},   {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
     {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},   {0x2728, 0x2728},
     {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
     {0x27B0, 0x27B0},   {0x27BF, 0x27BF},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},
     {0x2E80, 0x303E},   {0x3041, 0x3247},   {0x3250, 0x4DBF},   {0x4E00, 0xA4C6},   {0xA960, 0xA97C},
     {0xAC00, 0xD7A3},   {0xF900, 0xFAD9},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},   {0xFF01, 0xFF60},
     {0xFFE0, 0xFFE6},   {0x16FE0, 0x1B2FB}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E},
     {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393},
     {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E},
     {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E}, {0x1F550, 0x1F567},
     {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5},
     {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC},
     {0x1F7E0, 0x1F7F0}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAF6},
     {0x20000, 0x3134A}});

/// The blocks of combining marks, the joiner and the variation selectors.
constexpr auto kZeroWidth = std::to_array<CodeRange>({{0x0300, 0x036F},
                                                      {0x0483, 0x0489},
                                                      {0x0591, 0x05BD},
                                                      {0x064B, 0x065F},
                                                      {0x0E34, 0x0E3A},
                                                      {0x1AB0, 0x1AFF},
                                                      {0x1DC0, 0x1DFF},
                                                      {0x200D, 0x200D},
                                                      {0x20D0, 0x20F0},
                                                      {0x3099, 0x309A},
                                                      {0xFE00, 0xFE0F},
                                                      {0xFE20, 0xFE2F},
                                                      {0xE0100, 0xE01EF}});

/// What changes how the text around it is shown, or shows nothing at all, and so can deceive.
constexpr auto kDeceptive = std::to_array<CodeRange>({{0x0080, 0x009F},
                                                      {0x061C, 0x061C},
                                                      {0x200B, 0x200C},
                                                      {0x200E, 0x200F},
                                                      {0x2028, 0x202E},
                                                      {0x2060, 0x206F},
                                                      {0xFEFF, 0xFEFF}});

template <std::size_t Size>
bool contains(const std::array<CodeRange, Size>& ranges, char32_t c) {
  const auto behind = std::ranges::upper_bound(ranges, c, {}, &CodeRange::first);
  return behind != ranges.begin() && c <= std::prev(behind)->last;
}

/// The code point of one well-formed character of UTF-8.
char32_t decode(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes.front());
  if (bytes.size() == 1) return lead;
  char32_t c = lead & (0x7FU >> bytes.size());
  for (const char byte : bytes.substr(1)) c = c << 6 | (static_cast<unsigned char>(byte) & 0x3FU);
  return c;
}

std::string escaped(char kind, char32_t value, int digits) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out{'\\', kind};
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += kHex[value >> shift & 0xFU];
  return out;
}

Cell cell(std::string_view character, std::size_t column) {
  const char32_t c = decode(character);
  if (c == '\t') {
    const std::size_t width = kTabWidth - column % kTabWidth;
    return {std::string(width, ' '), width};
  }
  if (c < 0x20 || c == 0x7F || (character.size() == 1 && c >= 0x80)) return {escaped('x', c, 2), 4};
  if (contains(kDeceptive, c)) return {escaped('u', c, 4), 6};
  if (contains(kZeroWidth, c)) return {std::string(character), 0};
  return {std::string(character), contains(kWide, c) ? std::size_t{2} : std::size_t{1}};
}

}  // namespace

std::vector<Cell> cells(std::string_view text, std::size_t column) {
  std::vector<Cell> out;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    out.push_back(cell(text.substr(0, length), column));
    column += out.back().width;
    text.remove_prefix(length);
  }
  return out;
}

std::size_t width_of(std::span<const Cell> cells) {
  std::size_t width = 0;
  for (const Cell& cell : cells) width += cell.width;
  return width;
}

std::string visible(std::string_view text) {
  std::string out;
  for (const Cell& cell : cells(text)) out += cell.bytes;
  return out;
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  const std::size_t used = width_of(cells(text));
  if (used < width) out.append(width - used, ' ');
  return out;
}

}  // namespace quaymaster::cli
