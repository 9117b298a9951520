#include <fstream>
#include <iterator>
#include <string>

#include "cli/program.h"
#include "features/rule_page/peer_checks.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// Writes the documentation and compares `name`, a path, with `page` and with what is in the project.
void check_page(const std::string& name, const std::string& page) {
  const Workplace place;
  REQUIRE(quaymaster_run({"docs", "docs/rules"}).code == 0);
  CHECK(place.read(name) == page);
  std::ifstream file(QUAYMASTER_SOURCE_DIR "/" + name, std::ios::binary);
  const std::string committed{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  INFO("stale: run ./dev docs");
  const bool current = committed == page;
  CHECK(current);
}

TEST_CASE("the pages about other tools' checks are what ./dev docs writes") {
  check_page("docs/hadolint-and-buildkit.md", peer_page(built_in_rules()));
  check_page("docs/compose.md", compose_page(built_in_rules()));
  check_page("docs/kubernetes.md", kubernetes_page(built_in_rules()));
}

}  // namespace
}  // namespace quaymaster::tests
