#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/security.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule low_user_id;
namespace {

using kubernetes::Number;

/// Below it are the users that hosts make for their own services and people.
constexpr std::int64_t kFirstFree = 10000;

struct Kind {
  std::string_view key;
  std::string_view variant;
  std::string_view unset;
  std::string_view what;
};

constexpr Kind kUser{"runAsUser", "user", "user-unset", "user"};
constexpr Kind kGroup{"runAsGroup", "group", "group-unset", "group"};

/// The first says it for itself, the second for all.
const std::optional<Number>& effective(const std::optional<Number>& own, const std::optional<Number>& pod) {
  return own ? own : pod;
}

Fix advice(const Kind& kind) {
  return {"Set " + std::string(kind.key),
          Applicability::DisplayOnly,
          {},
          "Choose a number from 10000 on that no other service has, and let the files of its volumes belong to it."};
}

void check(const kubernetes::PodContainer& container, const std::optional<Number>& number, bool written,
           const Kind& kind, RuleContext& ctx) {
  const std::string name = quoted(container.container.name, 24);
  if (!number && !written)
    return ctx.report({.variant = kind.unset,
                       .range = container.container.name_range,
                       .message = name + " leaves the number of its " + std::string(kind.what) + " to the image",
                       .fixes = {advice(kind)}});
  if (!number || number->value > kFirstFree || number->value < 0) return;
  std::optional<std::vector<std::string_view>> aliases;
  if (number->value == kFirstFree && kind.variant == "user")
    aliases = std::vector<std::string_view>{"trivy:KSV-0020", "kubesec:RunAsUser"};
  if (number->value == kFirstFree && kind.variant == "group")
    aliases = std::vector<std::string_view>{"trivy:KSV-0021", "kubesec:RunAsGroup"};
  ctx.report({.variant = kind.variant,
              .range = number->value_range,
              .message = std::string(kind.what) + " " + std::to_string(number->value) + " of " + name +
                         " may be somebody on its node, too",
              .fixes = {advice(kind)},
              .aliases = std::move(aliases)});
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (kubernetes::has_own_users(workload) || workload.windows) return;
  const kubernetes::SecuritySettings pod = kubernetes::pod_security_of(workload);
  for (const kubernetes::PodContainer& container : workload.containers) {
    if (container.container.template_only && !container.container.image) continue;
    const kubernetes::SecuritySettings own = kubernetes::security_of(container);
    const auto written = [&](std::string_view key) { return own.value.get(key) || pod.value.get(key); };
    check(container, effective(own.user, pod.user), written("runAsUser"), kUser, ctx);
    check(container, effective(own.group, pod.group), written("runAsGroup"), kGroup, ctx);
  }
}

}  // namespace

constinit const Rule low_user_id = checked({
    .name = "low-user-id",
    .family = Family::Isolation,
    .title = "The container's user or group has a number that the node may use as well.",
    .consequence =
        "The program runs as user 1000, and so does the administrator of the node. Somebody breaks out through a hole "
        "in the kernel, not even as root, and reads the administrator's keys: to the kernel both are the same user.",
    .fine_when = "The nodes have no users of their own, or the pod's users are not the node's (`hostUsers: false`).",
    .fix = FixAvailability::None,
    .variants = {{.name = "user",
                  .summary = "The user's number is 10000 or less.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-score:container-security-context-user-group-id"},
                              {Language::Kubernetes, "trivy:KSV-0020"},
                              {Language::Kubernetes, "checkov:CKV_K8S_40"},
                              {Language::Kubernetes, "kubesec:RunAsUser"}},
                  .languages = Language::Kubernetes},
                 {.name = "user-unset",
                  .summary = "The user's number is not said.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-score:container-security-context-user-group-id"},
                              {Language::Kubernetes, "trivy:KSV-0020"},
                              {Language::Kubernetes, "checkov:CKV_K8S_40"},
                              {Language::Kubernetes, "kubesec:RunAsUser"}},
                  .languages = Language::Kubernetes},
                 {.name = "group",
                  .summary = "The group's number is 10000 or less.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-score:container-security-context-user-group-id"},
                              {Language::Kubernetes, "trivy:KSV-0021"},
                              {Language::Kubernetes, "kubesec:RunAsGroup"}},
                  .languages = Language::Kubernetes},
                 {.name = "group-unset",
                  .summary = "The group's number is not said.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-score:container-security-context-user-group-id"},
                              {Language::Kubernetes, "trivy:KSV-0021"},
                              {Language::Kubernetes, "kubesec:RunAsGroup"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
                   "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/"},
    .examples =
        {{"numbers of the node", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext: {runAsGroup: <|100|>}\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n      securityContext: {runAsUser: <|1000|>}\n"},
         {"nothing is said", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext: {runAsUser: 20000}\n"
          "  containers:\n    - name: <|web|>\n      image: shop:1.4.2\n"},
         {"no user is said", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext: {runAsGroup: 20000}\n"
          "  containers:\n    - name: <|web|>\n      image: shop:1.4.2\n"},
         {"numbers of its own", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext: {runAsUser: 20000}\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n      securityContext: {runAsGroup: 20000}\n"
          "    - name: log\n      image: log:1.4.2\n      securityContext: {runAsGroup: \"${GROUP}\"}\n"},
         {"users of its own", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  hostUsers: false\n  containers:\n"
          "    - name: web\n      image: shop:1.4.2\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
