#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule privileged_container;
namespace {

void check_container(const container::Container& container, RuleContext& ctx) {
  const std::optional<container::Flag>& privileged = container.isolation.privileged;
  if (!privileged || !privileged->value) return;
  std::vector<Fix> fixes;
  if (container.place)
    fixes = removal(
        *container.place->document, privileged->key_range, container.place->shared || privileged->shared,
        "Remove privileged",
        "What needs the host's devices or kernel stops working; give it that one device or capability instead.");
  ctx.report({.range = privileged->key_range,
              .message = quoted(container.name) + " is privileged: its root is root of the host",
              .fixes = std::move(fixes)});
}

}  // namespace

constinit const Rule privileged_container = checked({
    .name = "privileged-container",
    .family = Family::Isolation,
    .title = "The container is privileged.",
    .consequence =
        "A bug in the web service lets somebody run a command. In a privileged container `mount /dev/sda1 /mnt` works: "
        "they read every file of the host, put a key into root's `authorized_keys`, and own the machine with every "
        "other "
        "container on it.",
    .fine_when =
        "It is a tool for the host itself, such as a storage or network driver of a cluster or Docker in Docker on a "
        "build machine of its own, and runs nothing that comes from outside.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error},
                              {Preset::Strict, Severity::Error},
                              {Preset::PssBaseline, Severity::Error},
                              {Preset::PssRestricted, Severity::Error}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0002"},
                              {Language::Compose, "kics:privileged-containers-enabled"},
                              {Language::Kubernetes, "pss:privileged"},
                              {Language::Kubernetes, "kube-linter:privileged-container"},
                              {Language::Kubernetes, "kube-score:container-security-context-privileged"},
                              {Language::Kubernetes, "polaris:runAsPrivileged"},
                              {Language::Kubernetes, "trivy:KSV-0017"},
                              {Language::Kubernetes, "checkov:CKV_K8S_16"},
                              {Language::Kubernetes, "kubescape:C-0057"},
                              {Language::Kubernetes, "kubesec:Privileged"}},
                  .languages = Language::Compose | Language::Kubernetes}},
    .references = {"https://docs.docker.com/reference/cli/docker/container/run/#privileged",
                   "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"},
    .examples =
        {{"a service", "compose.yaml",
          "services:\n  runner:\n    image: runner:2.1.0\n    <|privileged|>: true\n    restart: always\n",
          "services:\n  runner:\n    image: runner:2.1.0\n    restart: always\n"},
         {"a container of a pod", "deployment.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  containers:\n    - name: agent\n"
          "      image: agent:2.1.0\n      securityContext:\n        <|privileged|>: true\n"
          "        readOnlyRootFilesystem: true\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  containers:\n    - name: agent\n"
          "      image: agent:2.1.0\n      securityContext:\n        readOnlyRootFilesystem: true\n"},
         {"the only key takes its parent along", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  initContainers:\n    - name: sysctl\n"
          "      image: busybox:1.37.0\n      securityContext:\n        <|privileged|>: true\n  containers:\n"
          "    - name: agent\n      image: agent:2.1.0\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  initContainers:\n    - name: sysctl\n"
          "      image: busybox:1.37.0\n  containers:\n    - name: agent\n      image: agent:2.1.0\n"},
         {"a setting that several services share is not edited", "compose.yaml",
          "x-base: &base\n  image: runner:2.1.0\n  <|privileged|>: true\nservices:\n  runner:\n    <<: *base\n"},
         {"not privileged", "compose.yaml",
          "services:\n  runner:\n    image: runner:2.1.0\n    privileged: false\n    cap_add: [NET_ADMIN]\n"}},
    .checks = {on(check_container)},
});

}  // namespace quaymaster::rules
