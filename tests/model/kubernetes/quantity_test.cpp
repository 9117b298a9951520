#include "model/kubernetes/quantity.h"

#include <limits>
#include <string_view>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using kubernetes::parse_quantity;
using kubernetes::Quantity;

TEST_CASE("a quantity is an amount, however it is written") {
  CHECK(parse_quantity("1") == Quantity{1, 0});
  CHECK(parse_quantity("+1.5") == Quantity{1, 500'000'000});
  CHECK(parse_quantity("250m") == Quantity{0, 250'000'000});
  CHECK(parse_quantity("1000m") == parse_quantity("1"));
  CHECK(parse_quantity("0.1") == parse_quantity("100m"));
  CHECK(parse_quantity(".5") == parse_quantity("500m"));
  CHECK(parse_quantity("5.") == Quantity{5, 0});
  CHECK(parse_quantity("1u") == Quantity{0, 1000});
  CHECK(parse_quantity("7n") == Quantity{0, 7});
  CHECK(parse_quantity("1k") == Quantity{1000, 0});
  CHECK(parse_quantity("1Ki") == Quantity{1024, 0});
  CHECK(parse_quantity("0.5Gi") == parse_quantity("512Mi"));
  CHECK(parse_quantity("1.5E") == Quantity{1'500'000'000'000'000'000, 0});
  CHECK(parse_quantity("12e6") == parse_quantity("12M"));
  CHECK(parse_quantity("12E+6") == parse_quantity("12M"));
  CHECK(parse_quantity("12E-3") == parse_quantity("12m"));
}

TEST_CASE("quantities compare by their amount") {
  CHECK(*parse_quantity("1Gi") > *parse_quantity("1G"));
  CHECK(*parse_quantity("999m") < *parse_quantity("1"));
  CHECK(*parse_quantity("-1.5") < *parse_quantity("-1"));
  CHECK(parse_quantity("-1.5") == Quantity{-2, 500'000'000});
  CHECK(parse_quantity("-1")->negative());
  CHECK(parse_quantity("-0m")->zero());
}

TEST_CASE("what is less than a billionth is rounded up, what is too large is the largest number") {
  CHECK(parse_quantity("0.0000000001") == Quantity{0, 1});
  CHECK(parse_quantity("0.5n") == Quantity{0, 1});
  CHECK(parse_quantity("1e-99") == Quantity{0, 1});
  CHECK(parse_quantity("99999999999999999999")->units == std::numeric_limits<std::int64_t>::max());
  CHECK(parse_quantity("64Ei")->units == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("what is no quantity") {
  for (const std::string_view text :
       {"", "m", "1GB", "1gb", "1K", "1 Gi", "1.2.3", "--1", "1e", "1e3m", "1mi", "${MEMORY}", "{{ .memory }}", "."})
    CHECK_FALSE(parse_quantity(text));
}

TEST_CASE("the parts of what may be a quantity") {
  CHECK(kubernetes::quantity_parts("512MB")->number == "512");
  CHECK(kubernetes::quantity_parts("512MB")->suffix == "MB");
  CHECK(kubernetes::quantity_parts("-0.5")->suffix.empty());
  CHECK_FALSE(kubernetes::quantity_parts("MB"));
}

}  // namespace
}  // namespace quaymaster::tests
