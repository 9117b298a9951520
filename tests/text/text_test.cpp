#include "quaymaster/text.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"
#include "text/ascii.h"
#include "text/near_miss.h"

namespace quaymaster {
namespace {

std::string applied(std::string_view text, std::vector<Edit> edits) { return apply_edits(text, edits); }

TEST_CASE("edits apply in order", "[apply_edits]") {
  CHECK(applied("abc", {}) == "abc");
  CHECK(applied("abc", {Edit::insertion(0, "x"), Edit::deletion({1, 2}), Edit::replacement({2, 3}, "yz")}) == "xayz");
  CHECK(applied("abc", {Edit::insertion(1, "1"), Edit::insertion(1, "2"), Edit::replacement({1, 2}, "3")}) == "a123c");
  CHECK(applied("", {Edit::insertion(0, "x")}) == "x");
  CHECK(applied("abc", {Edit::insertion(3, "d")}) == "abcd");
  CHECK(applied("abc", {Edit::deletion({0, 3})}).empty());
}

TEST_CASE("a slice leaves out what is not there", "[text]") {
  CHECK(slice("abc", {1, 2}) == "b");
  CHECK(slice("abc", {1, 9}) == "bc");
  CHECK(slice("abc", {7, 9}).empty());
}

TEST_CASE("ranges know each other", "[text]") {
  constexpr TextRange kRange{2, 5};
  STATIC_REQUIRE(kRange.size() == 3);
  STATIC_REQUIRE(kRange.contains({2, 5}));
  STATIC_REQUIRE_FALSE(kRange.contains({1, 3}));
  STATIC_REQUIRE(kRange.touches(5));
  STATIC_REQUIRE_FALSE(kRange.touches(6));
  STATIC_REQUIRE(cover(kRange, {7, 8}) == TextRange{2, 8});
  CHECK(kRange.shifted(10) == TextRange{12, 15});
}

TEST_CASE("letters of ASCII have a lower case", "[text]") {
  CHECK(ascii_lower("AzZ-1\xC3\x89") == "azz-1\xC3\x89");
  CHECK(equals_ignoring_case("From", "fROM"));
  CHECK_FALSE(equals_ignoring_case("from", "fro"));
}

TEST_CASE("a near miss is found", "[near_miss]") {
  constexpr std::array<std::string_view, 3> kWords{"image", "volumes", "environment"};
  CHECK(near_miss("imgae", kWords) == "image");
  CHECK(near_miss("Volume", kWords) == "volumes");
  CHECK(near_miss("enviroment", kWords) == "environment");
  CHECK(near_miss("ports", kWords).empty());
}

}  // namespace
}  // namespace quaymaster
