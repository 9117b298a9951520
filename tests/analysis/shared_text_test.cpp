// What several services share through an anchor is said once, with the others as related places, and not repaired.
#include "quaymaster/analyzer.h"
#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

TEST_CASE("a finding at an anchor's text is reported once") {
  const Analysis analysis =
      analyze("compose.yaml", "services:\n  a: &a\n    image: node:latest\n  b:\n    <<: *a\n  c:\n    <<: *a\n",
              {"floating-image-tag"});
  INFO(shown(analysis));
  REQUIRE(analysis.diagnostics.size() == 1);
  const Diagnostic& diagnostic = analysis.diagnostics.front();
  CHECK(slice(analysis.source.text, diagnostic.range) == "latest");
  REQUIRE(diagnostic.related.size() == 2);
  CHECK(slice(analysis.source.text, diagnostic.related[0].range) == "b");
  CHECK(diagnostic.related[0].message == "also used by `b`");
  CHECK(slice(analysis.source.text, diagnostic.related[1].range) == "c");
}

}  // namespace
}  // namespace quaymaster::tests
