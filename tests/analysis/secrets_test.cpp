#include <string>

#include "quaymaster/analyzer.h"
#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("secrets are known, whatever rules are on, and masked") {
  const Analysis analysis =
      analyze("Dockerfile", "FROM a:1\nENV DB_PASSWORD=\"hunter2-9\" NAME=x\n", {"floating-image-tag"});
  REQUIRE(analysis.secrets.size() == 1);
  CHECK(masked_slice(analysis, {9, 47}) == "ENV DB_PASSWORD=•••• NAME=x\n");
  CHECK(mask_secrets("say hunter2-9 twice: hunter2-9", analysis) == "say •••• twice: ••••");
}

TEST_CASE("a slice that begins or ends inside of a secret shows none of it") {
  const Analysis analysis = analyze("Dockerfile", "FROM a:1\nENV API_TOKEN=abcdefgh\n", {"floating-image-tag"});
  REQUIRE(analysis.secrets.size() == 1);
  const TextRange secret = analysis.secrets.front();
  CHECK(masked_slice(analysis, {secret.begin + 2, secret.end}) == "••••");
  CHECK(masked_slice(analysis, {9, secret.begin + 3}) == "ENV API_TOKEN=••••");
}

}  // namespace
}  // namespace quaymaster::tests
