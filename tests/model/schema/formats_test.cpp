#include "model/schema/formats.h"

#include <string_view>

#include "support/catch.h"

namespace quaymaster::tests {
namespace {

using schema::Format;
using schema::has_format;

TEST_CASE("durations are numbers with units") {
  for (const std::string_view good :
       {"0", "30s", "1m30s", "1.5h", ".5s", "5.s", "500ms", "1us", "1µs", "7d", "1w", "-1s", "+1s", "1s1m"}) {
    CAPTURE(good);
    CHECK(has_format(good, Format::Duration));
  }
  for (const std::string_view bad :
       {"", "30", "30sec", "1m 30s", "1m30", "30S", "1y", "s", ".s", "-", "one", "1m30s "}) {
    CAPTURE(bad);
    CHECK_FALSE(has_format(bad, Format::Duration));
  }
}

TEST_CASE("sizes are numbers of bytes") {
  for (const std::string_view good :
       {"0", "1000", "512m", "512M", "1.5g", "1 gb", "64KiB", "1PiB", "10b", "-1", ".5g", "1e3"}) {
    CAPTURE(good);
    CHECK(has_format(good, Format::Size));
  }
  for (const std::string_view bad : {"", "512Mi", "50%", "1x", "1eb", "5kk", "1bb", "1ib", "m", "1 000m", "abc"}) {
    CAPTURE(bad);
    CHECK_FALSE(has_format(bad, Format::Size));
  }
}

TEST_CASE("numbers, Booleans and pull policies") {
  for (const std::string_view good : {"0", "-1", "+12", "007"}) CHECK(has_format(good, Format::Integer));
  for (const std::string_view bad : {"", "1.5", "two", "-", "1_000", " 1"})
    CHECK_FALSE(has_format(bad, Format::Integer));
  for (const std::string_view good : {"0.5", ".5", "1e-3", "Inf", "2"}) CHECK(has_format(good, Format::Number));
  for (const std::string_view bad : {"", "500m", "1.2.3", "e3", "1e", "50%"})
    CHECK_FALSE(has_format(bad, Format::Number));
  for (const std::string_view good : {"true", "NO", "On", "y"}) CHECK(has_format(good, Format::Boolean));
  for (const std::string_view bad : {"", "maybe", "1"}) CHECK_FALSE(has_format(bad, Format::Boolean));
  for (const std::string_view good : {"always", "every_12h", "every_1d12h"})
    CHECK(has_format(good, Format::PullPolicy));
  for (const std::string_view bad : {"", "Always", "every_", "every_12", "every_h", "alway"})
    CHECK_FALSE(has_format(bad, Format::PullPolicy));
}

TEST_CASE("anything is any text") { CHECK(has_format("\0\xFF", Format::Any)); }

TEST_CASE("quantities of Kubernetes have a unit of a thousand or of 1024") {
  for (const std::string_view good : {"0", "1", "-1", "+0.5", ".5", "5.", "100m", "1k", "1M", "1Ki", "1.5Gi", "2Ei",
                                      "1e3", "1E-3", "5u", "7n", "1E"}) {
    CAPTURE(good);
    CHECK(has_format(good, Format::Quantity));
  }
  for (const std::string_view bad :
       {"", "m", "1e", "1K", "1g", "512MB", "1 Gi", "1GiB", "1mi", "one", "50%", "1e1.5", "0x10"}) {
    CAPTURE(bad);
    CHECK_FALSE(has_format(bad, Format::Quantity));
  }
}

}  // namespace
}  // namespace quaymaster::tests
