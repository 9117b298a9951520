#include <fstream>
#include <iterator>
#include <string>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "cli/config_schema.h"
#include "cli/program.h"
#include "quaymaster/rule.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

constexpr std::string_view kFloating = "FROM node\nUSER node\n";

TEST_CASE("check uses the configuration nearest to each file") {
  const Workplace place;
  place.write("a/Dockerfile", kFloating);
  place.write("b/Dockerfile", kFloating);
  place.write("a/.quaymaster.yaml", "rules: {floating-image-tag: off}\n");
  place.write(".quaymaster.yaml", "preset: []\nselect: [floating-image-tag]\nrules: {floating-image-tag: error}\n");
  const Outcome both = quaymaster_run({"check"});
  CHECK(both.code == 1);
  CHECK(has(both.out, "b/Dockerfile:1:6: error"));
  CHECK_FALSE(has(both.out, "a/Dockerfile:1:6"));
  // One file alone gives what all give.
  CHECK_FALSE(has(quaymaster_run({"check", "a/Dockerfile"}).out, "floating-image-tag"));
  CHECK(has(quaymaster_run({"check", "--no-config", "a/Dockerfile"}).out, "floating-image-tag"));
  place.write("other.yaml", "select: [root-user]\n");
  CHECK(quaymaster_run({"check", "--config", "other.yaml"}).code == 0);
}

TEST_CASE("standard input has the configuration of the folder that it is said to be in") {
  const Workplace place;
  place.write("a/.quaymaster.yaml", "select: [floating-image-tag]\n");
  const auto check = [](const std::string& name) {
    return quaymaster_run({"check", "--stdin-filename", name, "-"}, {std::string(kFloating)});
  };
  CHECK(check("a/Dockerfile").code == 1);
  place.write("a/.quaymaster.yaml", "select: [root-user]\n");
  CHECK(check("a/Dockerfile").code == 0);
}

TEST_CASE("what is wrong with a configuration is reported, and the rest counts") {
  const Workplace place;
  place.write("Dockerfile", kFloating);
  place.write(".quaymaster.yaml", "select: [floating-image-tag]\nignroe: [all]\n");
  const Outcome text = quaymaster_run({"check"});
  CHECK(text.code == 1);
  CHECK(has(text.out, "Dockerfile:1:6: warning"));
  CHECK(has(text.out, ".quaymaster.yaml:2:1: warning"));
  CHECK(has(text.out, "there is no key `ignroe`; did you mean `ignore`?"));
  CHECK(has(quaymaster_run({"explain", "invalid-configuration"}).out, "extend-select"));
  const auto json = nlohmann::json::parse(quaymaster_run({"check", "--format", "json"}).out);
  CHECK(json["files"][1]["language"] == "configuration");
  CHECK(json["files"][1]["diagnostics"][0]["documentation"] == "docs/configuration.md");
}

TEST_CASE("a misspelt name in a configuration is repaired when that is asked for") {
  const Workplace place;
  place.write("Dockerfile", "FROM node:22.11.0\nUSER node\n");
  place.write(".quaymaster.yaml", "select: [floating-image-tag]\nignroe: [DL3007]\n");
  CHECK(quaymaster_run({"check", "--fix"}).code == 1);
  CHECK(has(quaymaster_run({"check", "--fix-unsafe", "--diff"}).out, "+ignore: [DL3007]"));
  CHECK(quaymaster_run({"check", "--fix-unsafe"}).code == 0);
  CHECK(place.read(".quaymaster.yaml") == "select: [floating-image-tag]\nignore: [DL3007]\n");
}

TEST_CASE("a configuration that cannot be read is an error, and everything is checked") {
  const Workplace place;
  place.write("Dockerfile", kFloating);
  SECTION("a folder") { place.write(".quaymaster.yaml/a", ""); }
  SECTION("a pipe") { REQUIRE(::mkfifo(".quaymaster.yaml", 0600) == 0); }
  SECTION("not UTF-8") { place.write(".quaymaster.yaml", "a: \xFF\n"); }
  SECTION("2 MiB") { place.write(".quaymaster.yaml", std::string(2 << 20, '#')); }
  const Outcome outcome = quaymaster_run({"check"});
  CHECK(outcome.code == 2);
  CHECK(has(outcome.out, "Dockerfile:1:6: warning"));
  CHECK(has(outcome.err, "error: .quaymaster.yaml: "));
}

TEST_CASE("files are left out, brought in and given a language") {
  const Workplace place;
  place.write("vendor/Dockerfile", kFloating);
  place.write("build/api.docker", kFloating);
  place.write(".quaymaster.yaml",
              "select: [floating-image-tag]\nfiles:\n  - exclude: vendor/\n  - {glob: \"*.docker\", language: "
              "dockerfile}\n");
  const Outcome outcome = quaymaster_run({"check"});
  CHECK(has(outcome.out, "build/api.docker:1:6"));
  CHECK_FALSE(has(outcome.out, "vendor/"));
  CHECK(has(quaymaster_run({"check", "vendor/Dockerfile"}).out, "vendor/Dockerfile:1:6"));
}

TEST_CASE("hadolint's threshold holds for Dockerfiles unless --fail-on says otherwise") {
  const Workplace place;
  place.write("Dockerfile", kFloating);
  place.write(".hadolint.yaml", "failure-threshold: error\n");
  CHECK(quaymaster_run({"check", "--select", "DL3006"}).code == 0);
  CHECK(quaymaster_run({"check", "--select", "DL3006", "--fail-on", "warning"}).code == 1);
  place.write(".hadolint.yaml", "ignored: [DL3006]\n");
  CHECK_FALSE(has(quaymaster_run({"check"}).out, "DL3006"));
}

TEST_CASE("the environment comes before options and after files") {
  const Workplace place;
  place.write("Dockerfile", kFloating);
  place.write(".quaymaster.yaml", "select: [root-user]\n");
  Surroundings around;
  around.environment = {{"QUAYMASTER_SELECT", "floating-image-tag,DL3007"}};
  CHECK(quaymaster_run({"check"}, around).code == 1);
  CHECK(quaymaster_run({"check", "--ignore", "DL3006"}, around).code == 0);
  around.environment = {{"QUAYMASTER_IGNORE", "no-such-rule"}};
  CHECK(quaymaster_run({"check"}, around).code == 2);
  place.write("xdg/hadolint.yaml", "ignored: [DL3006]\n");
  place.write(".quaymaster.yaml", "");
  around.environment = {{"XDG_CONFIG_HOME", "xdg"}};
  CHECK_FALSE(has(quaymaster_run({"check"}, around).out, "floating-image-tag"));
}

TEST_CASE("comments that ignore can be forbidden, or asked for their reason") {
  const Workplace place;
  const auto check = [&](const std::string& comment, std::vector<std::string> more) {
    place.write("Dockerfile", comment + "\n" + std::string(kFloating));
    more.insert(more.begin(), {"check", "--select", "floating-image-tag"});
    return quaymaster_run(more).code;
  };
  CHECK(check("# quaymaster: ignore DL3006", {}) == 0);
  CHECK(check("# quaymaster: ignore DL3006", {"--require-reason"}) == 1);
  CHECK(check("# quaymaster: ignore DL3006 -- thrown away", {"--require-reason"}) == 0);
  CHECK(check("# quaymaster: ignore DL3006 -- thrown away", {"--no-inline-suppressions"}) == 1);
  CHECK(check("# hadolint ignore=DL3006", {}) == 0);
  CHECK(check("# hadolint ignore=DL3006", {"--require-reason"}) == 1);
  place.write(".hadolint.yaml", "disable-ignore-pragma: true\n");
  CHECK(check("# hadolint ignore=DL3006", {}) == 1);
  CHECK(check("# quaymaster: ignore DL3006", {}) == 0);
}

TEST_CASE("config init writes a file that is understood, and never over another") {
  const Workplace place;
  CHECK(quaymaster_run({"config", "init"}).code == 0);
  const std::string written = place.read(".quaymaster.yaml");
  place.write("Dockerfile", "FROM node:22.11.0\n");
  CHECK_FALSE(has(quaymaster_run({"check"}).out, "invalid-configuration"));
  // What is commented out is understood, too.
  std::string all;
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t end = written.find('\n', at);
    std::string line = written.substr(at, end - at);
    const bool key =
        line.starts_with("#   ") || (line.starts_with("# ") && line.find_first_of(":") < line.find(' ', 2));
    all += (key ? line.substr(2) : line) + "\n";
    at = end + 1;
  }
  place.write(".quaymaster.yaml", all);
  CHECK(has(all, "\nlabels:\n"));
  INFO(all);
  CHECK_FALSE(has(quaymaster_run({"check"}).out, "invalid-configuration"));
  const Outcome again = quaymaster_run({"config", "init"});
  CHECK(again.code == 2);
  CHECK(place.read(".quaymaster.yaml") == all);
}

TEST_CASE("config show says what counts, where it comes from and what a file is taken for") {
  const Workplace place;
  place.write(".quaymaster.yaml",
              "rules: {floating-image-tag: {severity: error, allow: [shop/*]}, root-user: off}\nfiles: [{exclude: "
              "old/}]\nkubernetes: {version: \"1.31\"}\n");
  place.write("Dockerfile", kFloating);
  place.write("old/Dockerfile", kFloating);
  place.write("pod.yaml", "apiVersion: v1\nkind: Pod\n");
  place.write("values.yaml", "a: 1\n");
  place.write("notes.txt", "a\n");
  const auto show = [](const std::string& path) { return quaymaster_run({"config", "show", path}).out; };
  const std::string dockerfile = show("Dockerfile");
  CHECK(has(dockerfile, "is dockerfile: its name says so\n"));
  CHECK(has(dockerfile, "  .quaymaster.yaml\n"));
  CHECK(has(dockerfile, "error        .quaymaster.yaml\n"));
  CHECK(has(dockerfile, "floating-image-tag.allow: [shop/*]  .quaymaster.yaml\n"));
  CHECK(has(dockerfile, "preset recommended"));
  CHECK(has(dockerfile, "kubernetes.version: 1.31\n"));
  CHECK(has(show("old/Dockerfile"), "is left alone: `files` in the configuration leaves it out"));
  CHECK(has(show("pod.yaml"), "is kubernetes: all its documents"));
  CHECK(has(show("values.yaml"), "is left alone: it has no `services`"));
  CHECK(has(show("notes.txt"), "is left alone: it has the name of no Dockerfile"));
  CHECK(quaymaster_run({"config", "show"}).code == 0);
  CHECK(quaymaster_run({"config", "show", "missing"}).code == 2);
  CHECK(has(quaymaster_run({"config", "show", "--ignore", "DL3006"}).out, "command line"));
}

TEST_CASE("config migrate says in our words what other tools' files say") {
  const Workplace place;
  CHECK(quaymaster_run({"config", "migrate"}).code == 2);
  place.write(".hadolint.yaml",
              "ignored: [DL3007, DL9999]\noverride: {error: [DL3006]}\ntrustedRegistries: [docker.io]\nlabel-schema: "
              "{maintainer: email}\n");
  place.write(".dclintrc", R"({"rules": {"service-image-require-explicit-tag": 0}, "exclude": ["old"]})");
  const Outcome outcome = quaymaster_run({"config", "migrate"});
  CHECK(outcome.code == 0);
  CHECK(outcome.out == R"(# Made by quaymaster config migrate from .hadolint.yaml .dclintrc.
# Left out, since there is no rule for them: "DL9999"
rules:
  "hadolint:DL3006": error
  "hadolint:DL3007": off
  "dclint:service-image-require-explicit-tag": off
registries:
  trusted:
    - "docker.io"
labels:
  schema:
    "maintainer": email
files:
  - language: compose
    exclude:
      - "old"
)");
  place.write("new/.quaymaster.yaml", outcome.out);
  place.write("new/Dockerfile", "FROM node:22.11.0\n");
  CHECK_FALSE(has(quaymaster_run({"check", "new"}).out, "invalid-configuration"));
}

TEST_CASE("the schema in docs/ is the one that the rules give") {
  std::ifstream file(QUAYMASTER_SOURCE_DIR "/docs/config.schema.json", std::ios::binary);
  const std::string committed{std::istreambuf_iterator<char>(file), {}};
  INFO("stale: run ./dev docs");
  const bool current = committed == cli::configuration_schema(built_in_rules());
  CHECK(current);
  const auto schema = nlohmann::json::parse(committed);
  CHECK(schema["properties"]["rules"]["properties"].contains("floating-image-tag"));
  CHECK(schema["properties"]["rules"]["properties"]["floating-image-tag"]["anyOf"][1]["properties"].contains("allow"));
  CHECK(schema["properties"]["files"]["type"] == "array");
}

}  // namespace
}  // namespace quaymaster::tests
