// Removals that change nothing for the program are safe, but a comment that would go along is for people to judge.
#include <string>
#include <string_view>

#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// How far the only fix of the only finding may be trusted.
Applicability trust_of(std::string_view rule, std::string_view text) {
  const Analysis analysis = analyze("compose.yaml", text, {std::string(rule)});
  INFO(shown(analysis));
  REQUIRE(analysis.diagnostics.size() == 1);
  REQUIRE(analysis.diagnostics.front().fixes.size() == 1);
  return analysis.diagnostics.front().fixes.front().applicability;
}

TEST_CASE("an entry without effect goes safely, one with a comment at its end does not") {
  const std::string begin = "services:\n  web:\n    image: shop/web:1.4.2\n    environment:\n      - LEVEL=1";
  CHECK(trust_of("duplicate-variable", begin + "\n      - LEVEL=2  # since May\n") == Applicability::Safe);
  CHECK(trust_of("duplicate-variable", begin + "  # until May\n      - LEVEL=2\n") == Applicability::Unsafe);
}

TEST_CASE("the key version goes safely, with a comment it does not") {
  const std::string services = "\nservices:\n  web:\n    image: shop/web:1.4.2\n";
  CHECK(trust_of("obsolete-version-key", "version: \"3\"" + services) == Applicability::Safe);
  CHECK(trust_of("obsolete-version-key", "version: \"3\"  # for the old server" + services) == Applicability::Unsafe);
}

TEST_CASE("an item that stands twice goes safely, with a comment it does not") {
  const std::string begin =
      "services:\n  web:\n    image: shop/web:1.4.2\n    dns:\n      - 192.0.2.53\n      - 192.0.2.53";
  CHECK(trust_of("duplicate-item", begin + "\n") == Applicability::Safe);
  CHECK(trust_of("duplicate-item", begin + "  # the spare one\n") == Applicability::Unsafe);
}

}  // namespace
}  // namespace quaymaster::tests
