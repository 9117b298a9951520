#include "workspace/configuration/peer_files.h"

#include <string>
#include <string_view>

#include "support/catch.h"

namespace quaymaster::workspace {
namespace {

/// What a file says about checks, one a line: "hadolint:DL3007 off", "hadolint:DL3007 error".
std::string said(const PeerFile& file) {
  std::string out;
  for (const RuleSetting& setting : file.layer.rules) {
    out += setting.item + " ";
    if (setting.state == RuleSetting::State::Off) out += "off\n";
    if (setting.state == RuleSetting::State::On)
      out += std::string(setting.severity ? to_string(*setting.severity) : "on") + "\n";
  }
  return out;
}

const RuleSet kRules = built_in_rules();

TEST_CASE("hadolint: what is ignored wins over overrides, and of several overrides the worst") {
  const PeerFile file = read_hadolint_file(R"(ignored: [DL3007]
override:
  error: [DL3006]
  style: [DL3006, DL3007]
trustedRegistries: [docker.io, "*.gcr.io"]
label-schema: {maintainer: email, note: ""}
strict-labels: true
disable-ignore-pragma: true
failure-threshold: info
)",
                                           kRules);
  CHECK(file.diagnostics.empty());
  CHECK(said(file) == "hadolint:DL3006 hint\nhadolint:DL3007 hint\nhadolint:DL3006 error\nhadolint:DL3007 off\n");
  CHECK(file.layer.languages == Languages(Language::Dockerfile));
  CHECK(file.layer.project.trusted_registries == StringList{"docker.io", "*.gcr.io"});
  CHECK(file.layer.project.labels.size() == 2);
  CHECK(file.layer.project.strict_labels == true);
  CHECK(file.layer.suppressions.hadolint_pragmas == false);
  REQUIRE(file.limit.has_value());
  CHECK(file.limit->from == Severity::Information);
}

TEST_CASE("hadolint: from when on it fails") {
  const auto limit = [](std::string_view text) {
    const PeerFile file = read_hadolint_file(text, kRules);
    if (!file.limit) return std::string("unsaid");
    return file.limit->from ? std::string(to_string(*file.limit->from)) : "never";
  };
  CHECK(limit("ignored: []\n") == "unsaid");
  CHECK(limit("failure-threshold: style\n") == "hint");
  CHECK(limit("failure-threshold: none\n") == "hint");
  CHECK(limit("failure-threshold: error\nno-fail: true\n") == "never");
  CHECK(limit("failure-threshold: loud\n") == "unsaid");
}

TEST_CASE("checks without a rule are passed over in silence") {
  const PeerFile file = read_hadolint_file("ignored: [DL9999]\n", kRules);
  CHECK(file.diagnostics.empty());
  CHECK(file.layer.rules.empty());
  CHECK(file.no_rule_for == std::vector<std::string>{"DL9999"});
}

TEST_CASE("kube-linter: defaults, what is included and what is excluded") {
  const PeerFile some =
      read_kube_linter_file("checks:\n  exclude: [latest-tag]\n  ignorePaths: [\"vendor/**\"]\n", kRules);
  CHECK(said(some) == "kube-linter:latest-tag off\n");
  REQUIRE(some.files.size() == 1);
  CHECK(some.files[0].exclude);
  CHECK(some.files[0].language == Language::Kubernetes);
  const std::string only =
      said(read_kube_linter_file("checks: {doNotAutoAddDefaults: true, include: [latest-tag]}\n", kRules));
  CHECK(only.ends_with("kube-linter:latest-tag on\n"));
  CHECK(only.find("kube-linter:privileged-container off\n") != std::string::npos);
  const std::string all = said(read_kube_linter_file("checks: {addAllBuiltIn: true, exclude: [latest-tag]}\n", kRules));
  CHECK(all.find("kube-linter:privileged-container on\n") != std::string::npos);
  CHECK(all.ends_with("kube-linter:latest-tag off\n"));
}

TEST_CASE("dclint: severities are numbers, in JSON too") {
  const PeerFile file = read_dclint_file(
      R"({"rules": {"service-image-require-explicit-tag": [1, {"prohibitedTags": ["latest"]}], "nothing": 2},
 "exclude": ["old"]})",
      kRules);
  CHECK(file.diagnostics.empty());
  CHECK(said(file) == "dclint:service-image-require-explicit-tag warning\n");
  CHECK(file.files.size() == 1);
  CHECK(said(read_dclint_file("rules:\n  service-image-require-explicit-tag: 0\n", kRules)) ==
        "dclint:service-image-require-explicit-tag off\n");
}

}  // namespace
}  // namespace quaymaster::workspace
