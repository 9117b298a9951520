#include <string>

#include "model/compose/compose.h"
#include "model/yaml/edit.h"
#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

compose::File model(const std::string& text) {
  shell::ScriptParser scripts;
  return compose::model(parse_yaml(text), scripts);
}

/// `web`, which extends `base`, merged; without the key `extends`.
std::string merged(const std::string& base, const std::string& own) {
  const compose::File file =
      model("services: {base: {" + base + "}, web: {extends: base" + (own.empty() ? "" : ", ") + own + "}}\n");
  std::string out = dump(file.service("web")->value);
  const std::string extends = "extends: \"base\"";
  out.erase(out.find(extends), extends.size());
  if (const std::size_t comma = out.find("{, "); comma != std::string::npos) out.erase(comma + 1, 2);
  return out;
}

TEST_CASE("a service is read with what it extends in the same file") {
  const auto [base, own, result] = GENERATE(table<std::string, std::string, std::string>({
      {"image: a, user: u", "image: b", R"({image: "b", user: ^"u"})"},
      {"image: a", "", R"({image: ^"a"})"},
      {"environment: {A: x, B: y}", "environment: {B: z, C: w}", R"({environment: {B: "z", C: "w", A: ^"x"}})"},
      {"environment: [A=x, B=y]", "environment: [B=z]", R"({environment: [^"A=x", "B=z"]})"},
      {"environment: {A: x, B: y}", "environment: [B=z]", R"({environment: [^{A: ^"x"}, "B=z"]})"},
      {"command: [a, b], entrypoint: x", "command: [c]", R"({command: ["c"], entrypoint: ^"x"})"},
      {"healthcheck: {test: [CMD, a], interval: 5s}", "healthcheck: {test: [CMD, b]}",
       R"({healthcheck: {test: ["CMD", "b"], interval: ^"5s"}})"},
      {"ports: ['80:80', '81:81']", "ports: ['81:81', '82:82']", R"({ports: [^"80:80", "81:81", "82:82"]})"},
      {"ports: ['80:80']", "ports: [{target: 80, published: '80'}]", R"({ports: [{target: "80", published: "80"}]})"},
      {"volumes: ['one:/x', 'two:/y']", "volumes: ['new:/x:ro']", R"({volumes: [^"two:/y", "new:/x:ro"]})"},
      {"cap_drop: [ALL]", "cap_drop: [ALL, X]", R"({cap_drop: ["ALL", "X"]})"},
      {"dns: 1.1.1.1", "dns: [8.8.8.8]", R"({dns: [^"1.1.1.1", "8.8.8.8"]})"},
      {"depends_on: [a]", "depends_on: {b: {condition: c}}", R"({depends_on: {b: {condition: "c"}, a: ^null}})"},
      {"build: ./app", "build: {target: t}", R"({build: {target: "t", context: ^"./app"}})"},
      {"build: {context: ., args: {A: x}}", "build: {args: {B: y}}",
       R"({build: {args: {B: "y", A: ^"x"}, context: ^"."}})"},
      {"logging: {driver: a, options: {x: y}}", "logging: {driver: b}", R"({logging: {driver: "b"}})"},
      {"environment: {A: x}", "environment: ", R"({environment: ^{A: ^"x"}})"},
      {"environment: {A: x}", "environment: !override {B: y}", R"({environment: {B: "y"}})"},
      {"deploy: {resources: {limits: {cpus: 1}}}", "deploy: {resources: {limits: {memory: 1g}}}",
       R"({deploy: {resources: {limits: {memory: "1g", cpus: ^"1"}}}})"},
  }));
  CAPTURE(base, own);
  CHECK(merged(base, own) == result);
}

TEST_CASE("edits go to the service itself") {
  const compose::File file = model(
      "services:\n  base:\n    image: a\n    environment:\n      A: x\n  web:\n    extends: base\n    environment:\n"
      "      B: y\n");
  const compose::Service& web = *file.service("web");
  CHECK(web.container.image->shared);
  REQUIRE(web.container.environment.size() == 2);
  CHECK_FALSE(web.container.environment[0].shared);
  CHECK(web.container.environment[1].shared);
  CHECK(web.container.place->mapping == web.written.node());
  CHECK(web.value.place().mapping == web.written.node());
  const std::optional<Edit> edit =
      yaml::insert(web.value.get("environment").place(), {"C"}, yaml::NewValue::plain("z"));
  REQUIRE(edit);
  CHECK(edit->range.begin + 1 == file.document->text().size());
  CHECK(file.service("base")->container.template_only == false);
}

TEST_CASE("chains of extends end") {
  const compose::File file = model(
      "services: {a: {extends: b}, b: {extends: c, user: u}, c: {image: x}, d: {extends: e}, e: {extends: d, image: "
      "y}, "
      "f: {extends: f}, g: {extends: nothing}}");
  CHECK(file.service("a")->container.image->reference.canonical_name() == "x");
  CHECK(file.service("a")->container.user->user == "u");
  CHECK(file.service("a")->container.complete);
  for (const char* name : {"d", "e", "f", "g"}) CHECK_FALSE(file.service(name)->container.complete);
}

TEST_CASE("long chains and many heirs of a big service are read in time") {
  std::string chain = "services:\n  s0: {image: x}\n";
  for (int i = 1; i < 20000; ++i) chain += "  s" + std::to_string(i) + ": {extends: s" + std::to_string(i - 1) + "}\n";
  CHECK(model(chain).services.size() == 20000);
  std::string heirs = "services:\n  base:\n    image: x\n    ports:\n";
  for (int i = 0; i < 5000; ++i) heirs += "    - '" + std::to_string(i) + ":80'\n";
  for (int i = 0; i < 5000; ++i) heirs += "  h" + std::to_string(i) + ": {extends: base, ports: [90]}\n";
  CHECK(model(heirs).services.size() == 5001);
}

}  // namespace
}  // namespace quaymaster::tests
