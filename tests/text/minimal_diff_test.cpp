#include "text/minimal_diff.h"

#include <array>
#include <random>
#include <string>
#include <vector>

#include "support/catch.h"
#include "text/utf8.h"

namespace quaymaster {
namespace {

TEST_CASE("the minimal edit is what stands between the common ends", "[minimal_diff]") {
  struct Case {
    std::string_view before;
    std::string_view after;
    TextRange range;
    std::string_view text;
  };
  const Case c =
      GENERATE(Case{"abc", "axc", {1, 2}, "x"}, Case{"abc", "abxc", {2, 2}, "x"}, Case{"abc", "ac", {1, 2}, ""},
               Case{"", "x", {0, 0}, "x"}, Case{"x", "", {0, 1}, ""}, Case{"aaa", "aa", {2, 3}, ""},
               Case{"aa", "aaaa", {2, 2}, "aa"}, Case{"\xC3\xA9", "\xC3\xA8", {0, 2}, "\xC3\xA8"},  // same first byte
               Case{"\xC3\xA9", "\xC4\xA9", {0, 2}, "\xC4\xA9"},                                    // same last byte
               Case{"a\r\nb", "a\nb", {1, 3}, "\n"},  // the LF is half of a CR LF
               Case{"a\r\nb", "a\rb", {1, 3}, "\r"}, Case{"a\r\n", "a\r\n\r\n", {3, 3}, "\r\n"});
  CAPTURE(c.before, c.after);
  const std::optional<Edit> edit = minimal_edit(c.before, c.after);
  REQUIRE(edit);
  CHECK(edit->range == c.range);
  CHECK(edit->text == c.text);
}

TEST_CASE("equal texts need no edit", "[minimal_diff]") {
  CHECK_FALSE(minimal_edit("abc", "abc"));
  CHECK_FALSE(minimal_edit("", ""));
}

TEST_CASE("the minimal edit makes the one text of the other", "[minimal_diff]") {
  constexpr std::array<std::string_view, 6> kBits{"a", "b", "\r\n", "\n", "\xC3\xA9", "\xC3\xA8"};
  std::mt19937 random(3);
  const auto text = [&] {
    std::string result;
    for (std::size_t bits = random() % 8; bits > 0; --bits) result += kBits[random() % kBits.size()];
    return result;
  };
  for (int round = 0; round < 5000; ++round) {
    const std::string before = text();
    const std::string after = text();
    const std::optional<Edit> edit = minimal_edit(before, after);
    const std::string made = edit ? apply_edits(before, std::vector{*edit}) : before;
    CAPTURE(before, after);
    if (made != after || (edit && !is_utf8(edit->text))) FAIL("a wrong edit");
  }
  SUCCEED();
}

}  // namespace
}  // namespace quaymaster
