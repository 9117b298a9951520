#include "lsp/editor_settings.h"

#include "support/catch.h"

namespace quaymaster::lsp {
namespace {

using Names = std::vector<std::string>;

EditorSettings read(const char* settings) { return read_editor_settings(Json::parse(settings), built_in_rules()); }

}  // namespace

TEST_CASE("editor settings: the keys of the configuration file") {
  const EditorSettings settings = read(R"({
    "preset": ["strict", "buildkit"], "select": null, "extend-select": "state", "ignore": ["DL3008", "root-user"],
    "rules": {"floating-image-tag": {"severity": "hint", "allow": ["shop/*"]}},
    "registries": {"trusted": ["docker.io"]}, "kubernetes": {"version": "1.31"}, "builder": "kaniko",
    "labels": {"schema": {"a\u00e9/\"": "semver"}, "strict": true}, "suppressions": {"require-reason": true},
    "trace": {"server": "verbose"}, "x-mine": 1})");
  CHECK(settings.problems.empty());
  const Layer& layer = settings.layer;
  CHECK(layer.origin == "editor");
  CHECK(layer.presets == Names{"strict", "buildkit"});
  CHECK_FALSE(layer.select);
  CHECK(layer.extend_select == Names{"state"});
  CHECK(layer.ignore == Names{"DL3008", "root-user"});
  REQUIRE(layer.rules.size() == 1);
  CHECK(layer.rules[0].severity == Severity::Hint);
  CHECK(layer.rules[0].options.size() == 1);
  CHECK(layer.project.trusted_registries == Names{"docker.io"});
  CHECK(layer.project.kubernetes == KubernetesVersion{1, 31});
  CHECK(layer.project.builder == Builder::Kaniko);
  REQUIRE(layer.project.labels.size() == 1);
  CHECK(layer.project.labels[0].name == "a\xC3\xA9/\"");
  CHECK(layer.project.strict_labels == true);
  CHECK(layer.suppressions.require_reason == true);
}

TEST_CASE("editor settings: what does not count is told") {
  struct Case {
    const char* settings;
    Names problems;
  };
  const Case cases[] = {
      {"null", {}},
      {"{}", {}},
      {R"({"preset": null, "rules": null, "files": null, "ignore": []})", {}},
      {R"({"ignor": []})", {"there is no key `ignor`; did you mean `ignore`?"}},
      {R"({"ignore": ["root-usr"]})", {"there is no rule, preset or check `root-usr`; did you mean `root-user`?"}},
      {R"({"builder": "podman"})", {"`podman`: a builder is buildkit, docker, buildah or kaniko"}},
      {R"({"rules": {"root-user": "loud"}})",
       {"`\"loud\"`: a severity is error, warning, information, hint, on or off"}},
      {R"({"extends": "a.yaml"})", {"`extends` counts in configuration files only"}},
      {R"({"files": [{"exclude": "a"}]})", {"`files` counts in configuration files only"}},
  };
  for (const Case& item : cases) {
    INFO(item.settings);
    CHECK(read(item.settings).problems == item.problems);
  }
  for (const char* wrong : {"7", "true", "\"strict\"", "[1]", R"({"rules": [[[[1]]]], "select": {"a": {}}})"})
    CHECK_FALSE(read(wrong).problems.empty());
}

TEST_CASE("editor settings: the section among those of everything") {
  CHECK(quaymaster_section(Json::parse(R"({"quaymaster": {"a": 1}, "b": 2})")) == Json({{"a", 1}}));
  for (const char* none : {"null", "[]", "{}", "1", R"({"b": {"quaymaster": 1}})", R"({"quaymaster": null})"})
    CHECK(quaymaster_section(Json::parse(none)).is_null());
}

}  // namespace quaymaster::lsp
