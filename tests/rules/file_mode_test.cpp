#include "rules/support/file_mode.h"

#include <string_view>

#include "support/catch.h"

namespace quaymaster::rules {
namespace {

struct Case {
  std::string_view text;
  bool others_write;
  bool setuid;
  std::string_view without_writing;
};

TEST_CASE("a mode says what it grants") {
  constexpr Case kCases[] = {
      {"777", true, false, "755"},    {"0666", true, false, "0644"},   {"757", true, false, "755"},
      {"1777", false, false, ""},     {"755", false, false, ""},       {"4755", false, true, ""},
      {"4777", true, true, "4755"},   {"2", true, false, ""},          {"a+w", true, false, ""},
      {"ugo+rwX", true, false, ""},   {"+w", false, false, ""},        {"o-w,u+x", false, false, ""},
      {"u=rwx,o=w", true, false, ""}, {"u+s", false, true, ""},        {"+s", false, true, ""},
      {"g+s", false, false, ""},      {"a-s", false, false, ""},       {"g=u", false, false, ""},
      {"a+rwxt", false, false, ""},   {"a+rwx,o+t", false, false, ""}, {"+t,a+w", false, false, ""},
      {"a+w,-t", true, false, ""},
  };
  for (const Case& expected : kCases) {
    INFO(expected.text);
    const auto mode = file_mode(expected.text);
    REQUIRE(mode.has_value());
    CHECK(mode->others_write == expected.others_write);
    CHECK(mode->setuid == expected.setuid);
    CHECK(mode->without_writing == expected.without_writing);
  }
}

TEST_CASE("what is no mode is none") {
  for (const std::string_view text : {"", "789", "/app", "$MODE", "a+q", "777777", "+x,", "rwx"}) {
    INFO(text);
    CHECK_FALSE(file_mode(text).has_value());
  }
}

}  // namespace
}  // namespace quaymaster::rules
