#include "text/natural_order.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

bool strictly_ascending(const std::vector<std::string_view>& names, DigitOrder digits) {
  for (std::size_t i = 0; i < names.size(); ++i)
    for (std::size_t j = 0; j < names.size(); ++j)
      if (natural_order(names[i], names[j], digits) != (i <=> j)) return false;
  return true;
}

TEST_CASE("names stand in the order of the Unicode collation") {
  CHECK(strictly_ascending({"", "a", "A", "a b", "a_b", "a-b", "a.b", "a/b", "a1", "a10", "a2", "ab", "aB", "Ab", "ab1",
                            "a\xC3\xA9", "b", "B"},
                           DigitOrder::Characters));
}

TEST_CASE("punctuation has an order of its own, before digits and letters") {
  constexpr std::string_view kOrder = "\t _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$09aAzZ";
  std::vector<std::string_view> characters;
  for (std::size_t i = 0; i < kOrder.size(); ++i) characters.push_back(kOrder.substr(i, 1));
  CHECK(strictly_ascending(characters, DigitOrder::Characters));
}

TEST_CASE("numbers count as such when they are asked to") {
  CHECK(strictly_ascending({"80", "80-90", "443", "8080", "9000", "10000", "a2", "a10", "99999999999999999999999a"},
                           DigitOrder::Numbers) == false);
  CHECK(strictly_ascending({"80", "80-90", "443", "8080", "9000", "10000", "99999999999999999999999", "a2", "a10"},
                           DigitOrder::Numbers));
  CHECK(natural_order("080", "80", DigitOrder::Numbers) == std::weak_ordering::equivalent);
}

}  // namespace
}  // namespace quaymaster::tests
