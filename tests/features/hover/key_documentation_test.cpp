#include "features/hover/key_documentation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "features/document.h"
#include "quaymaster/language.h"
#include "rules/support.h"
#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster::tests {
namespace {

std::optional<Hover> hover_on(std::string_view marked, std::string_view path = "compose.yaml") {
  const Document document(path, marked);
  return key_documentation(document.analysis, document.cursor());
}

std::string documentation(std::string_view marked, std::string_view path = "compose.yaml") {
  const auto found = hover_on(marked, path);
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

TEST_CASE("a field of a manifest says what it is for") {
  const Document document(
      "pod.yaml",
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Pod\n"
      "metadata: {name: a}\nspec:\n  containers:\n    - name: a\n      imagePull<|>Policy: Always\n");
  const auto found = key_documentation(document.analysis, document.cursor());
  REQUIRE(found.has_value());
  CHECK(document.at(found->range) == "imagePullPolicy");
  CHECK(found->markdown.starts_with("**`imagePullPolicy`** (a string): "));
  CHECK(found->markdown.ends_with("Allowed values: `Always`, `IfNotPresent`, `Never`"));
  const auto about = [](std::string_view spec) {
    return documentation(
        "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n    spec: " + std::string(spec) + "\n",
        "pods.yaml");
  };
  CHECK(about("{containers: [{na<|>me: a}]}").starts_with("**`name`** (a string, required): "));
  CHECK(about("{containers: [{resources: {li<|>mits: {}}}]}").starts_with("**`limits`** (a mapping): "));
  CHECK(about("{hostNet<|>work: true}").starts_with("**`hostNetwork`** (`true` or `false`): "));
  CHECK(about("{nodeSelector: {la<|>bel: a}}").empty());
  CHECK(about("{hostname: na<|>me}").empty());
  CHECK(about("{unheard<|>: of}").empty());
}

TEST_CASE("the kind of a manifest says what that is") {
  const Document document("pod.yaml", "apiVersion: v1\nkind: Po<|>d\nmetadata: {name: a}\n");
  const auto found = key_documentation(document.analysis, document.cursor());
  REQUIRE(found.has_value());
  CHECK(document.at(found->range) == "Pod");
  CHECK(found->markdown.starts_with("**`Pod`** (v1): "));
  CHECK(documentation("apiVersion: example.com/v1\nkind: Po<|>d\nspec: {}\n", "pod.yaml").empty());
  CHECK(documentation("apiVersion: example.com/v1\nkind: Pod\nsp<|>ec: {}\n", "pod.yaml").empty());
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
    const std::string as_pod = "apiVersion: v1\nkind: Pod\n" + text;
    if (detect_language("pod.yaml", as_pod) != Language::Kubernetes) continue;
    const Document manifest("pod.yaml", "<|>" + as_pod);
    for (std::uint32_t offset = 0; offset < manifest.fixture.text.size(); offset += 7)
      CHECK(key_documentation(manifest.analysis, offset).value_or(Hover{}).markdown.size() < 10'000);
  }
}

}  // namespace
}  // namespace quaymaster::tests
