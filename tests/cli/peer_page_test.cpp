#include <fstream>
#include <iterator>
#include <string>

#include "cli/program.h"
#include "features/rule_page/peer_checks.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("docs/hadolint-and-buildkit.md is what ./dev docs writes") {
  const Workplace place;
  REQUIRE(quaymaster_run({"docs", "docs/rules"}).code == 0);
  const std::string page = peer_page(built_in_rules());
  CHECK(place.read("docs/hadolint-and-buildkit.md") == page);
  std::ifstream file(QUAYMASTER_SOURCE_DIR "/docs/hadolint-and-buildkit.md", std::ios::binary);
  const std::string committed{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  INFO("stale: run ./dev docs");
  const bool current = committed == page;
  CHECK(current);
}

}  // namespace
}  // namespace quaymaster::tests
