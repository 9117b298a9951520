#include <cstdint>
#include <string>
#include <string_view>

#include "quaymaster/analyzer.h"
#include "rules/support.h"
#include "support/catch.h"
#include "support/fixture.h"

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

TEST_CASE("secrets of commands, files, ConfigMaps and comments are known in every format") {
  struct Case {
    std::string_view path;
    std::string_view marked;
  };
  constexpr std::string_view kMarker = "<|tr0ub4dor|>";
  for (const Case& each :
       {Case{"Dockerfile", "FROM a:1\n# https://ci:<|tr0ub4dor|>@git.shop.eu\nRUN x\n"},
        Case{"Dockerfile", "FROM a:1\nRUN apk add curl && \\\n  curl -u ci:<|tr0ub4dor|> x\n"},
        Case{"Dockerfile", "FROM a:1\nONBUILD RUN echo '_authToken=<|tr0ub4dor|>' > .npmrc\n"},
        Case{"Dockerfile", "FROM a:1\nCMD [\"app\", \"--password\", \"<|tr0ub4dor|>\"]\n"},
        Case{"Dockerfile", "FROM a:1\nLABEL url=http://a:<|tr0ub4dor|>@b\n"},
        Case{"Dockerfile", "FROM a:1\nCOPY <<EOF /root/.netrc\nmachine x password <|tr0ub4dor|>\nEOF\n"},
        Case{"compose.yaml",
             "services:\n  a:\n    image: a:1\n    command: redis-server --requirepass <|tr0ub4dor|>\n"},
        Case{"compose.yaml", "services:\n  a:\n    image: a:1\n    labels: [\"x=http://a:<|tr0ub4dor|>@b\"]\n"},
        Case{"config.yaml",
             "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  x: |\n    db.password=<|tr0ub4dor|>\n"}}) {
    INFO(each.path << ":\n" << each.marked);
    const Fixture fixture(each.marked);
    const Analysis analysis = analyze(each.path, fixture.text, {"floating-image-tag"});
    CHECK(analysis.secrets == fixture.ranges);
    std::string expected(each.marked);
    expected.replace(expected.find(kMarker), kMarker.size(), "••••");
    CHECK(masked_slice(analysis, {0, static_cast<std::uint32_t>(fixture.text.size())}) == expected);
  }
}

}  // namespace
}  // namespace quaymaster::tests
