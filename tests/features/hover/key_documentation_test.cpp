#include "features/hover/key_documentation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "features/document.h"
#include "rules/support.h"
#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster::tests {
namespace {

std::optional<Hover> hover_on(std::string_view marked) {
  const Document document("compose.yaml", marked);
  return key_documentation(document.analysis, document.cursor());
}

std::string documentation(std::string_view marked) {
  const auto found = hover_on(marked);
  return found ? found->markdown : std::string();
}

TEST_CASE("a key says what it is for and what it takes") {
  const Document document("compose.yaml", "services:\n  web:\n    ima<|>ge: nginx:1.27.2\n");
  const auto found = key_documentation(document.analysis, document.cursor());
  REQUIRE(found.has_value());
  CHECK(document.at(found->range) == "image");
  CHECK(found->markdown.starts_with("**`image`** (a string): "));
  CHECK(found->markdown.find("digest") != std::string::npos);
}

TEST_CASE("allowed values, defaults and what is required stand below") {
  const std::string condition =
      documentation("services: {web: {image: x, depends_on: {db: {condi<|>tion: service_started}}}}");
  CHECK(condition.starts_with("**`condition`** (a string, required): "));
  CHECK(condition.ends_with("Allowed values: `service_started`, `service_healthy`, `service_completed_successfully`"));
  CHECK(documentation("services: {web: {image: x, env_file: [{path: a, requir<|>ed: false}]}}")
            .ends_with("Default: `true`"));
  CHECK(documentation("vers<|>ion: '3'\nservices: {}\n").starts_with("**`version`** (a string, deprecated): "));
  CHECK(documentation("services: {web: {image: x, healthcheck: {inter<|>val: 30s}}}")
            .starts_with("**`interval`** (a duration like `30s`): "));
}

TEST_CASE("names, values and unknown keys have no documentation") {
  CHECK(documentation("services:\n  w<|>eb:\n    image: x\n").empty());
  CHECK(documentation("services:\n  web:\n    image: ng<|>inx\n").empty());
  CHECK(documentation("services:\n  web:\n    imag<|>: nginx\n").empty());
  CHECK(documentation("services:\n  web:\n    environment:\n      ima<|>ge: nginx\n").empty());
}

TEST_CASE("each document of a file is looked at where it begins") {
  const auto found = hover_on("services: {a: {image: x}}\n---\nservices:\n  b:\n    bu<|>ild: .\n");
  REQUIRE(found.has_value());
  CHECK(found->markdown.starts_with("**`build`** (a string or a mapping): "));
}

TEST_CASE("other languages have no keys") {
  const Document document("Dockerfile", "FR<|>OM alpine:3.21\n");
  CHECK_FALSE(key_documentation(document.analysis, document.cursor()).has_value());
}

TEST_CASE("a finding comes first, then the key") {
  const Fixture fixture("services:\n  web:\n    image: nginx:1.27.2\n    po<|>rts:\n");
  const auto found = hover(analyze("compose.yaml", fixture.text, {"wrong-type"}), fixture.cursor.value(), {});
  REQUIRE(found.has_value());
  const std::size_t finding = found->markdown.find("wrong-type/empty");
  const std::size_t key = found->markdown.find("**`ports`**");
  REQUIRE(finding != std::string::npos);
  REQUIRE(key != std::string::npos);
  CHECK(finding < key);
}

TEST_CASE("hostile texts have hovers or none, and nothing breaks") {
  for (const std::string& text : hostile_texts()) {
    const Document document("compose.yaml", "<|>" + text);
    for (std::uint32_t offset = 0; offset < document.fixture.text.size(); offset += 7)
      CHECK(key_documentation(document.analysis, offset).value_or(Hover{}).markdown.size() < 10'000);
  }
}

}  // namespace
}  // namespace quaymaster::tests
