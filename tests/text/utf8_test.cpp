#include "text/utf8.h"

#include "support/catch.h"

namespace quaymaster {
namespace {

TEST_CASE("the length of a character", "[utf8]") {
  struct Case {
    std::string_view text;
    std::uint32_t length;
  };
  const Case c = GENERATE(Case{"a", 1}, Case{"\xC3\xA9x", 2}, Case{"\xE2\x82\xAC", 3}, Case{"\xF0\x9F\x98\x80", 4},
                          Case{"\xFF", 1}, Case{"\xA9", 1}, Case{"\xC3", 1}, Case{"\xE2\x82", 1}, Case{"\xC3z", 1},
                          Case{"\xC0\x80", 1},          // overlong
                          Case{"\xE0\x80\x80", 1},      // overlong
                          Case{"\xED\xA0\x80", 1},      // a surrogate
                          Case{"\xF0\x80\x80\x80", 1},  // overlong
                          Case{"\xF4\x90\x80\x80", 1},  // beyond U+10FFFF
                          Case{"\xF4\x8F\xBF\xBF", 4}, Case{"\xED\x9F\xBF", 3});
  CAPTURE(c.text);
  CHECK(utf8_length(c.text) == c.length);
  CHECK(is_utf8(c.text.substr(0, c.length)) == (c.length > 1 || c.text == "a"));
}

TEST_CASE("a text is UTF-8 when all of it is", "[utf8]") {
  CHECK(is_utf8(""));
  CHECK(is_utf8("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"));
  CHECK_FALSE(is_utf8("a\xFF"));
  CHECK_FALSE(is_utf8("a\xE2\x82"));
  CHECK(is_utf8(std::string_view("\0", 1)));
}

}  // namespace
}  // namespace quaymaster
