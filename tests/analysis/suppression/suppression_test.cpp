#include <string>
#include <vector>

#include "quaymaster/analyzer.h"
#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// How many findings of `rules` are shown, and how many silenced: "1 shown, 2 silenced".
std::string counts(std::string_view path, std::string_view text,
                   const std::vector<std::string>& rules = {"floating-image-tag", "root-user"}) {
  const Analysis analysis = analyze(path, text, rules);
  return std::to_string(analysis.diagnostics.size()) + " shown, " + std::to_string(analysis.suppressed) + " silenced";
}

struct Row {
  const char* text;
  int shown;
  int silenced;

  [[nodiscard]] std::string expected() const {
    return std::to_string(shown) + " shown, " + std::to_string(silenced) + " silenced";
  }
};

TEST_CASE("our own comments silence what they stand above, inside of or behind") {
  struct PathRow {
    const char* path;
    Row row;
  };
  const PathRow rows[] = {
      {"Dockerfile", {"# quaymaster: ignore floating-image-tag\nFROM a\nFROM b\n", 1, 1}},
      {"Dockerfile", {"# quaymaster: ignore immutability\nFROM a\n", 0, 1}},
      {"Dockerfile", {"# quaymaster: ignore DL3006 -- built here\nFROM a\n", 0, 1}},
      {"Dockerfile", {"# quaymaster: ignore hadolint:DL3006\nFROM a\n", 0, 1}},
      {"Dockerfile", {"# quaymaster: ignore DL3007\nFROM a\n", 1, 0}},
      {"Dockerfile", {"# quaymaster: ignore floating-image-tag\n\nFROM a\n", 1, 0}},
      {"Dockerfile", {"# quaymaster: ignore floating-image-tag\n# more words\nFROM a\n", 0, 1}},
      {"Dockerfile", {"FROM \\\n# quaymaster: ignore floating-image-tag\n a\n", 0, 1}},
      {"Dockerfile", {"FROM a\nFROM b\n# quaymaster: ignore-file floating-image-tag\n", 0, 2}},
      {"compose.yaml",
       {"services:\n  a:\n    image: x # quaymaster: ignore floating-image-tag\n  b:\n    image: y\n", 1, 1}},
      {"compose.yaml",
       {"services:\n  # quaymaster: ignore floating-image-tag\n  a:\n    image: x\n  b:\n    image: y\n", 1, 1}},
      {"compose.yaml", {"# quaymaster: ignore-file\nservices:\n  a:\n    image: x\n", 0, 1}},
  };
  for (const auto& [path, row] : rows) {
    INFO(row.text);
    CHECK(counts(path, row.text) == row.expected());
  }
}

TEST_CASE("pragmas of hadolint") {
  const Row rows[] = {
      {"# hadolint ignore=DL3006\nFROM a\nFROM b\n", 1, 1},
      {"# hadolint ignore=DL3007,DL3006 # because\nFROM a\n", 0, 1},
      // One name that hadolint does not know makes it give up the whole pragma; the user meant the other one all the
      // same.
      {"# hadolint ignore=DL3006,dl3007x\nFROM a\n", 0, 1},
      {"# hadolint ignore=DL3006\n# of the team\nFROM a\n", 0, 1},
      {"# hadolint ignore=DL3006\n\nFROM a\n", 1, 0},
      {"# hadolint ignore=DL3006\nARG X=1\nFROM a\n", 1, 0},
      {"FROM a\nFROM b\n# hadolint global ignore=DL3006\n", 0, 2},
      // A rule that hadolint does not have is not its to silence.
      {"# hadolint ignore=DL3002\nFROM a:1\nCMD [\"a\"]\n", 1, 0},
      // The stage below, its FROM included (which hadolint forgets), and not the FROM of the next.
      {"# hadolint stage ignore=DL3006\nFROM a\nFROM b\n", 1, 1},
      {"FROM a:1 AS a\n# hadolint stage ignore=DL3002\nRUN true\nUSER root\nFROM b:1\nUSER root\nCMD b\n", 1, 1},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(counts("Dockerfile", row.text) == row.expected());
  }
}

TEST_CASE("BuildKit's check directive and comments") {
  const Row rows[] = {
      {"FROM a:1$TGA\n", 1, 0},
      {"# check=skip=UndefinedArgInFrom\nFROM a:1$TGA\n", 0, 1},
      {"#check=skip=UndefinedArgInFrom;error=true\nFROM a:1$TGA\nFROM b:1$TGA\n", 0, 2},
      {"# syntax=docker/dockerfile:1\n# check=skip=all\nFROM a:1$TGA\nFROM b\n", 1, 1},
      {"FROM a:1\n# check=skip=UndefinedArgInFrom\nFROM a:1$TGA\nFROM b:1$TGA\n", 1, 1},
      {"FROM a:1\n# check=skip=UndefinedArgInFrom\n\nFROM a:1$TGA\n", 0, 1},
      {"FROM a:1\n# check=skip=UndefinedArgInFrom\n#\nFROM a:1$TGA\n", 1, 0},
      {"FROM a:1\n# check=skip=UndefinedVar\nFROM a:1$TGA\n", 1, 0},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(counts("Dockerfile", row.text, {"undefined-variable", "floating-image-tag"}) == row.expected());
  }
}

TEST_CASE("comments of dclint") {
  const Row rows[] = {
      {"services:\n  a:\n    image: x\n", 1, 0},
      {"# dclint disable-file\nservices:\n  a:\n    image: x\n", 0, 1},
      {"---\n# dclint disable service-image-require-explicit-tag\nservices:\n  a:\n    image: x\n", 0, 1},
      {"# dclint disable no-version-field\nservices:\n  a:\n    image: x\n", 1, 0},
      {"services:\n# dclint disable\n  a:\n    image: x\n", 1, 0},
      {"services:\n  a:\n    image: x # dclint disable-line service-image-require-explicit-tag\n", 0, 1},
      {"services:\n  a:\n    # dclint disable-line\n    image: x\n  b:\n    image: y\n", 1, 1},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(counts("compose.yaml", row.text) == row.expected());
  }
}

/// A Deployment with two containers of a floating tag; `annotations` belong to it, `pod_annotations` to its template.
std::string deployment(std::string_view annotations, std::string_view pod_annotations = "{}") {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n  annotations: " + std::string(annotations) +
         "\nspec:\n  selector: {matchLabels: {a: a}}\n  template:\n    metadata:\n      labels: {a: a}\n      "
         "annotations: " +
         std::string(pod_annotations) +
         "\n    spec:\n      containers:\n      - {name: x, image: x:latest}\n      - {name: y, image: y:latest}\n";
}

TEST_CASE("annotations silence the object that has them") {
  const auto [annotations, silenced] = GENERATE(table<std::string, bool>({
      {"{}", false},
      {"{ignore-check.kube-linter.io/latest-tag: built here}", true},
      {"{ignore-check.kube-linter.io/run-as-non-root: x}", false},
      {"{kube-linter.io/ignore-all: x}", true},
      {"{kube-score/ignore: 'container-resources, container-image-tag'}", true},
      {"{kube-score/ignore: \"container-image-tag\\n, no-such-check\"}", true},
      {"{kube-score/ignore: no-such-check}", false},
      {"{kube-score/ignore: ''}", false},
      {"{kube-score/enable: container-image-tag}", false},
      {"{ignore-check.kube-linter.io/latest-tag: ''}", true},
      {"{ignore-check.kube-linter.io/no-such-check: x}", false},
      {"{ignore-check.kube-linter.io/: x}", false},
      {"{kube-linter.io/ignore-all: ''}", true},
      {"{polaris.fairwinds.com/tagNotSpecified-exempt: true}", true},
      {"{polaris.fairwinds.com/exempt: 'false'}", false},
      {"{polaris.fairwinds.com/runAsPrivileged-exempt: 'true'}", false},
      {"{polaris.fairwinds.com/tagNotSpecified: 'true'}", false},
      {"{checkov.io/skip12: 'CKV_K8S_14=a = b'}", true},
      {"{cortex.io/skip: CKV_K8S_14}", true},
      {"{checkov.io/skip1: CKV_K8S_20=x, checkov.io/skip2: CKV_K8S_14=y}", true},
      {"{checkov.io/skip1: ''}", false},
      {"{example.org/skip1: CKV_K8S_14=x}", false},
      {"[]", false},
      {"x", false},
      {"{polaris.fairwinds.com/tagNotSpecified-exempt: 'true'}", true},
      {"{polaris.fairwinds.com/tagNotSpecified-exempt: 'yes'}", false},
      {"{polaris.fairwinds.com/exempt: 'true'}", true},
      {"{checkov.io/skip1: CKV_K8S_14=built here}", true},
      {"{bridgecrew.io/skip2: CKV_K8S_14}", true},
      {"{checkov.io/skip1: CKV_K8S_20=x}", false},
  }));
  CAPTURE(annotations);
  const auto tags = [](const std::string& text) { return counts("a.yaml", text, {"floating-image-tag"}); };
  CHECK(tags(deployment(annotations)) == (silenced ? "0 shown, 2 silenced" : "2 shown, 0 silenced"));
  CHECK(tags(deployment("{}", annotations)) == (silenced ? "0 shown, 2 silenced" : "2 shown, 0 silenced"));
  CHECK(tags(deployment(annotations) + "---\n" + deployment("{}")) ==
        (silenced ? "2 shown, 2 silenced" : "4 shown, 0 silenced"));
}

TEST_CASE("annotations of an item of a List, and of what a CronJob makes, silence that alone") {
  const std::string pod = "  spec: {containers: [{name: x, image: 'x:latest'}]}\n";
  const std::string list =
      "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a, annotations: "
      "{kube-linter.io/ignore-all: x}}\n" +
      pod + "- apiVersion: v1\n  kind: Pod\n  metadata: {name: b}\n" + pod;
  CHECK(counts("a.yaml", list, {"floating-image-tag"}) == "1 shown, 1 silenced");
  const std::string job =
      "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec:\n  schedule: '* * * * *'\n  jobTemplate:\n"
      "    spec:\n      template:\n        metadata: {annotations: {kube-score/ignore: container-image-tag}}\n"
      "        spec: {containers: [{name: x, image: 'x:latest'}]}\n";
  CHECK(counts("a.yaml", job, {"floating-image-tag"}) == "0 shown, 1 silenced");
}

TEST_CASE("a policy admits some suppressions and no others") {
  const auto [text, without_any, reasoned, without_pragmas] = GENERATE(table<std::string, bool, bool, bool>({
      // The comment; whether the finding is silent under each policy.
      {"# quaymaster: ignore floating-image-tag", false, false, true},
      {"# quaymaster: ignore floating-image-tag -- built here", false, true, true},
      {"# hadolint ignore=DL3006", false, false, false},
      {"# hadolint ignore=DL3006 # built here", false, true, false},
  }));
  CAPTURE(text);
  const Analyzer analyzer(built_in_rules());
  const auto silent = [&, &text = text](SuppressionPolicy policy) {
    Layer layer;
    layer.select = {"floating-image-tag"};
    layer.suppressions = policy;
    const Settings settings = resolve_layers(analyzer.rules(), {layer}).settings;
    return analyzer.analyze({"Dockerfile", Language::Dockerfile, text + "\nFROM a\n"}, settings).diagnostics.empty();
  };
  CHECK(silent({}));
  CHECK(silent({.inline_comments = false}) == without_any);
  CHECK(silent({.require_reason = true}) == reasoned);
  CHECK(silent({.hadolint_pragmas = false}) == without_pragmas);
}

}  // namespace
}  // namespace quaymaster::tests
