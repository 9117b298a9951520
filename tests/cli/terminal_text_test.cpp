#include "cli/terminal_text.h"

#include <string>

#include "support/catch.h"

namespace quaymaster::cli {
namespace {

struct Case {
  std::string text;
  std::string shown;
  std::size_t width;
};

TEST_CASE("what a terminal shows for a text") {
  const std::vector<Case> cases = {
      {"FROM node", "FROM node", 9},
      {"", "", 0},
      {"a\tb", "a   b", 5},
      {"\t\t", "        ", 8},
      {"é", "é", 1},
      {"e\xCC\x81", "e\xCC\x81", 1},
      {"漢字", "漢字", 4},
      {"🚀x", "🚀x", 3},
      {"\x1b[31m", "\\x1b[31m", 8},
      {std::string("a\0b", 3), "a\\x00b", 6},
      {"a\r\n", "a\\x0d\\x0a", 9},
      {"\x7F", "\\x7f", 4},
      {"\xFF\xFE", "\\xff\\xfe", 8},
      {"\xC3", "\\xc3", 4},
      {"\xC2\x9B", "\\u009b", 6},
      {"a\xE2\x80\xAE"
       "b",
       "a\\u202eb", 8},
      {"\xEF\xBB\xBF", "\\ufeff", 6},
      {"•••• secret", "•••• secret", 11},
      {"👩\xE2\x80\x8D", "👩\xE2\x80\x8D", 2},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(visible(c.text) == c.shown);
    CHECK(width_of(cells(c.text)) == c.width);
  }
}

TEST_CASE("a tab reaches to the next column that is a multiple of four") {
  CHECK(cells("\t", 0).front().width == 4);
  CHECK(cells("\t", 3).front().width == 1);
  CHECK(cells("\t", 4).front().width == 4);
}

TEST_CASE("padding counts columns, not bytes") {
  CHECK(padded("ab", 4) == "ab  ");
  CHECK(padded("漢", 4) == "漢  ");
  CHECK(padded("abcde", 4) == "abcde");
}

}  // namespace
}  // namespace quaymaster::cli
