// How far the fixes of manifests may be trusted: what hands out a right, chooses among two policies or means something
// else in another release of Kubernetes is for people to judge.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

const std::string kPod = "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n";
const std::string kContainers = "  containers:\n    - name: web\n      image: shop:1.4.2\n";

Analysis analysis_in(std::string_view rule, std::string_view text, std::optional<std::uint32_t> release) {
  Layer layer;
  if (release) layer.project.kubernetes = KubernetesVersion{1, *release};
  return analyze("manifest.yaml", text, {std::string(rule)}, layer);
}

/// How far the only fix of the only finding may be trusted.
Applicability trust_of(std::string_view rule, std::string_view text, std::optional<std::uint32_t> release = {}) {
  const Analysis analysis = analysis_in(rule, text, release);
  INFO(shown(analysis));
  REQUIRE(analysis.diagnostics.size() == 1);
  REQUIRE(analysis.diagnostics.front().fixes.size() == 1);
  return analysis.diagnostics.front().fixes.front().applicability;
}

TEST_CASE("which policy a job gets is for people to judge") {
  const std::string begin = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: load}\nspec:\n  template:\n    spec:\n";
  const std::string end = "      containers: [{name: load, image: \"load:1.4.2\"}]\n";
  CHECK(trust_of("invalid-restart-policy", begin + end) == Applicability::Unsafe);
  CHECK(trust_of("invalid-restart-policy", begin + "      restartPolicy: Always\n" + end) == Applicability::Unsafe);
  CHECK(trust_of("invalid-restart-policy", begin + "      restartPolicy: onFailure\n" + end) == Applicability::Safe);
}

TEST_CASE("a key of a pod without effect goes safely, with a comment it does not") {
  const auto account = [](std::string_view comment) {
    return kPod + "  serviceAccountName: shop\n  serviceAccount: shop" + std::string(comment) + "\n" + kContainers;
  };
  CHECK(trust_of("old-service-account-key", account("")) == Applicability::Safe);
  CHECK(trust_of("old-service-account-key", account("  # may read")) == Applicability::Unsafe);
  const auto setting = [](std::string_view comment) {
    return kPod + "  securityContext:\n    fsGroup: 1000\n    runAsNonRoot: false" + std::string(comment) + "\n" +
           kContainers + "      securityContext: {runAsNonRoot: true}\n";
  };
  CHECK(trust_of("overruled-pod-setting", setting("")) == Applicability::Safe);
  CHECK(trust_of("overruled-pod-setting", setting("  # for the next one")) == Applicability::Unsafe);
  const auto ephemeral = [](std::string_view comment) {
    return kPod + kContainers + "  ephemeralContainers:\n    - name: debug" + std::string(comment) +
           "\n      image: busybox:1.37.0\n";
  };
  CHECK(trust_of("ephemeral-container", ephemeral("")) == Applicability::Safe);
  CHECK(trust_of("ephemeral-container", ephemeral("  # since May")) == Applicability::Unsafe);
}

std::string annotated(std::string_view pair) {
  return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  annotations:\n    owner: shop\n    " +
         std::string(pair) + "\nspec:\n" + kContainers;
}

TEST_CASE("a profile moves to its field safely where the cluster heeds both") {
  constexpr std::string_view kRule = "obsolete-profile-annotation";
  const std::string seccomp = annotated("seccomp.security.alpha.kubernetes.io/pod: runtime/default");
  CHECK(trust_of(kRule, seccomp) == Applicability::Unsafe);
  CHECK(trust_of(kRule, seccomp, 27) == Applicability::Unsafe);
  CHECK(trust_of(kRule, seccomp, 26) == Applicability::Safe);
  CHECK(trust_of(kRule, seccomp, 19) == Applicability::Safe);
  CHECK(analysis_in(kRule, seccomp, 18).diagnostics.empty());

  const std::string apparmor = "container.apparmor.security.beta.kubernetes.io/web: runtime/default";
  CHECK(trust_of(kRule, annotated(apparmor)) == Applicability::Unsafe);
  CHECK(trust_of(kRule, annotated(apparmor), 30) == Applicability::Safe);
  CHECK(trust_of(kRule, annotated(apparmor + "  # since May"), 30) == Applicability::Unsafe);
  CHECK(analysis_in(kRule, annotated(apparmor), 29).diagnostics.empty());
}

TEST_CASE("a capability that did not work so far is spelt right by people") {
  const auto with = [](std::string_view capabilities) {
    return kPod + kContainers + "      securityContext:\n        capabilities: {" + std::string(capabilities) + "}\n";
  };
  CHECK(trust_of("misspelt-capability", with("add: [CAP_CHOWN]")) == Applicability::Unsafe);
  CHECK(trust_of("misspelt-capability", with("drop: [CAP_NET_RAW]")) == Applicability::Unsafe);
  CHECK(trust_of("misspelt-capability", with("drop: [all]")) == Applicability::Safe);
}

}  // namespace
}  // namespace quaymaster::tests
