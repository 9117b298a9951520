#include "text/one_of.h"

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

constexpr std::string_view kList[] = {"alpha", "beta"};

TEST_CASE("a text is compared with a list of texts") {
  CHECK(one_of(kList, "beta"));
  CHECK_FALSE(one_of(kList, "bet"));
  CHECK(one_of(std::vector<std::string>{"a", "b"}, "a"));
  CHECK(contains_any("the beta of it", kList));
  CHECK_FALSE(contains_any("gamma", kList));
  CHECK(starts_with_any("alphabet", kList));
  CHECK_FALSE(starts_with_any("an alphabet", kList));
  CHECK(ends_with_any("alphabeta", kList));
  CHECK_FALSE(ends_with_any("", kList));
}

}  // namespace
}  // namespace quaymaster::tests
