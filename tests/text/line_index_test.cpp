#include "text/line_index.h"

#include <array>
#include <random>
#include <string>
#include <string_view>

#include "support/catch.h"
#include "text/utf8.h"

namespace quaymaster {
namespace {

using E = PositionEncoding;

struct Place {
  std::uint32_t offset;
  Position position;
  E encoding;
};

// a é 😀 z CRLF b CR c LF: lines at 0, 10, 12 and 14.
constexpr std::string_view kMixed = "a\xC3\xA9\xF0\x9F\x98\x80z\r\nb\rc\n";

TEST_CASE("a line index finds places in every encoding", "[line_index]") {
  const LineIndex index(kMixed);
  const Place place = GENERATE(Place{0, {0, 0}, E::Utf8}, Place{3, {0, 3}, E::Utf8}, Place{3, {0, 2}, E::Utf16},
                               Place{3, {0, 2}, E::Utf32}, Place{7, {0, 7}, E::Utf8}, Place{7, {0, 4}, E::Utf16},
                               Place{7, {0, 3}, E::Utf32}, Place{8, {0, 5}, E::Utf16}, Place{10, {1, 0}, E::Utf8},
                               Place{12, {2, 0}, E::Utf16}, Place{13, {2, 1}, E::Utf8}, Place{14, {3, 0}, E::Utf32});
  CAPTURE(place.offset, static_cast<int>(place.encoding));
  CHECK(index.position(kMixed, place.offset, place.encoding) == place.position);
  CHECK(index.offset(kMixed, place.position, place.encoding) == place.offset);
}

TEST_CASE("a line index moves impossible places to possible ones", "[line_index]") {
  const LineIndex index(kMixed);
  CHECK(index.offset(kMixed, {0, 3}, E::Utf16) == 3U);   // between the surrogates of 😀
  CHECK(index.offset(kMixed, {0, 99}, E::Utf16) == 8U);  // before the CR LF
  CHECK(index.offset(kMixed, {2, 99}, E::Utf8) == 13U);
  CHECK_FALSE(index.offset(kMixed, {4, 0}, E::Utf8));
  CHECK(index.position(kMixed, 99, E::Utf16) == Position{3, 0});
  CHECK(index.position(kMixed, 5, E::Utf8) == Position{0, 3});  // inside of 😀
}

TEST_CASE("lines are without their ends", "[line_index]") {
  const LineIndex index(kMixed);
  REQUIRE(index.line_count() == 4);
  CHECK(index.line(kMixed, 0) == TextRange{0, 8});
  CHECK(index.line(kMixed, 1) == TextRange{10, 11});
  CHECK(index.line(kMixed, 2) == TextRange{12, 13});
  CHECK(index.line(kMixed, 3) == TextRange{14, 14});
}

TEST_CASE("an empty text has one line", "[line_index]") {
  const LineIndex index("");
  CHECK(index.line_count() == 1);
  CHECK(index.offset("", {0, 7}, E::Utf16) == 0U);
  CHECK(index.position("", 0, E::Utf16) == Position{0, 0});
}

TEST_CASE("a place that was found is found again", "[line_index]") {
  constexpr std::array<std::string_view, 10> kBits{
      "a", "\n", "\r", "\r\n", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xFF", "\xC3", " "};
  std::mt19937 random(1);
  bool holds = true;
  for (int round = 0; round < 20000 && holds; ++round) {
    std::string text;
    for (std::size_t bits = random() % 20; bits > 0; --bits) text += kBits[random() % kBits.size()];
    const LineIndex index(text);
    for (const E encoding : {E::Utf8, E::Utf16, E::Utf32}) {
      for (std::uint32_t offset = 0; offset <= text.size(); ++offset) {
        const Position position = index.position(text, offset, encoding);
        const std::optional<std::uint32_t> found = index.offset(text, position, encoding);
        holds = holds && found && *found <= offset && index.position(text, *found, encoding) == position;
      }
    }
    CAPTURE(text);
    if (!holds) FAIL("not the same place");
  }
  CHECK(holds);
}

/// The column of `offset`, counted from the start of its line.
std::uint32_t counted_column(std::string_view text, std::uint32_t offset, E encoding) {
  const std::size_t before = offset == 0 ? std::string_view::npos : text.find_last_of("\r\n", offset - 1);
  std::uint32_t column = 0;
  for (auto byte = static_cast<std::uint32_t>(before + 1); byte < offset;) {
    const std::uint32_t length = utf8_length(text.substr(byte));
    if (byte + length > offset) break;
    byte += length;
    column += encoding == E::Utf8 ? length : encoding == E::Utf16 && length == 4 ? 2 : 1;
  }
  return column;
}

TEST_CASE("places in long lines are those that counting gives", "[line_index]") {
  constexpr std::array<std::string_view, 7> kBits{"a",    "bcd", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80",
                                                  "\xFF", " "};
  constexpr std::array<std::string_view, 3> kEnds{"\n", "\r\n", "\r"};
  std::mt19937 random(2);
  std::string text;
  for (int line = 0; line < 12; ++line) {
    for (std::size_t bits = random() % 3000; bits > 0; --bits) text += kBits[random() % kBits.size()];
    text += kEnds[random() % kEnds.size()];
  }
  const LineIndex index(text);
  bool holds = true;
  for (const E encoding : {E::Utf8, E::Utf16, E::Utf32})
    for (std::uint32_t offset = 0; offset < text.size(); offset += 1 + static_cast<std::uint32_t>(random() % 7)) {
      if (text[offset] == '\n' || text[offset] == '\r') continue;
      const Position position = index.position(text, offset, encoding);
      const std::optional<std::uint32_t> found = index.offset(text, position, encoding);
      holds = holds && position.character == counted_column(text, offset, encoding) && found && *found <= offset &&
              index.position(text, *found, encoding) == position;
    }
  CHECK(holds);
}

}  // namespace
}  // namespace quaymaster
