#include <memory>
#include <string>
#include <string_view>

#include "model/kubernetes/fragment.h"
#include "model/surroundings.h"
#include "quaymaster/analyzer.h"
#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

/// The errors and warnings in a manifest, with a space behind each rule.
std::string loud(std::string_view path, std::string_view text, bool is_patch) {
  auto around = std::make_shared<Surroundings>();
  KubernetesSurroundings of;
  of.by_kustomization = true;
  of.is_patch = is_patch;
  around->of = std::move(of);
  around->complete = true;
  const Analysis analysis =
      Analyzer(built_in_rules())
          .analyze({std::string(path), Language::Kubernetes, std::string(text), around}, settings_of({"recommended"}));
  std::string out;
  for (const Diagnostic& finding : analysis.diagnostics) out += std::string(finding.rule->name) + " ";
  return out;
}

TEST_CASE("what a patch lacks stands in the object that it is merged into") {
  const std::string_view job =
      "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec:\n  template:\n    spec:\n"
      "      initContainers:\n        - {name: s, image: 'x:2.1.4', readinessProbe: {tcpSocket: {port: 80}}}\n"
      "      containers:\n        - {name: a, image: 'x:2.1.4', volumeMounts: [{name: data, mountPath: /data}]}\n";
  CHECK(loud("job.yaml", job, true).empty());
  CHECK(loud("patches/job.yaml", job, false).empty());
  const std::string whole = loud("job.yaml", job, false);
  CHECK(whole.find("invalid-restart-policy") != std::string::npos);
  CHECK(whole.find("probe-of-init-container") != std::string::npos);
  CHECK(whole.find("unhardened-container") != std::string::npos);

  const std::string_view claim =
      "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}\nspec: {resources: {requests: {storage: "
      "20Gi}}}\n";
  CHECK(loud("claim.yaml", claim, true).empty());
  CHECK(loud("claim.yaml", claim, false) == "incomplete-claim ");
}

TEST_CASE("a CronJob without a schedule is a part of one") {
  CHECK(loud("job.yaml",
             "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: j}\nspec:\n  jobTemplate:\n    spec:\n"
             "      template:\n        spec: {containers: [{name: a, image: 'x:2.1.4'}]}\n",
             false)
            .empty());
}

TEST_CASE("names of files of patches") {
  for (const char* path : {"patch.yaml", "a/patch-web.yaml", "web_patch.yml", "a/patches/web.yaml", "web.patch.yaml"}) {
    CAPTURE(path);
    CHECK(kubernetes::is_patch_path(path));
  }
  for (const char* path : {"dispatch.yaml", "patchwork.yaml", "patches/base/web.yaml", "web.yaml", ""}) {
    CAPTURE(path);
    CHECK_FALSE(kubernetes::is_patch_path(path));
  }
}

}  // namespace
}  // namespace quaymaster::tests
