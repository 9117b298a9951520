#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/resources.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/object_name.h"

namespace quaymaster::rules {
extern const Rule missing_resources;
namespace {

using Kind = container::Container::Kind;

/// A number that can be missing.
struct Wanted {
  std::string_view variant;
  std::string_view resource;
  bool limit;
  std::string_view what;     ///< in a list: "no memory limit, cpu request"
  std::string_view message;  ///< follows the container's name
  std::string_view caveat;
  std::vector<std::string_view> aliases;
};

const std::array<Wanted, 6>& wanted() {
  static const std::array<Wanted, 6> kWanted{{
      {"memory-limit",
       "memory",
       true,
       "memory limit",
       " may take all memory of its node: it has no limit",
       "A bit more than what `kubectl top pod` shows at its busiest. Beyond the limit it is ended and started anew.",
       {"kube-linter:unset-memory-requirements", "kube-score:container-resources", "polaris:memoryLimitsMissing",
        "trivy:KSV-0018", "checkov:CKV_K8S_13", "kubescape:C-0271", "kubescape:C-0004", "kubescape:C-0009",
        "kubesec:LimitsMemory"}},
      {"memory-request",
       "memory",
       false,
       "memory request",
       " does not say how much memory it needs",
       "What `kubectl top pod` shows on a usual day. The scheduler keeps that much free for it.",
       {"kube-score:container-resources", "polaris:memoryRequestsMissing", "trivy:KSV-0016", "checkov:CKV_K8S_12",
        "kubescape:C-0269", "kubescape:C-0004", "kubesec:RequestsMemory"}},
      {"cpu-request",
       "cpu",
       false,
       "cpu request",
       " does not say how much processor time it needs",
       "What `kubectl top pod` shows on a usual day. Under load it gets at least that share.",
       {"kube-linter:unset-cpu-requirements", "kube-score:container-resources", "polaris:cpuRequestsMissing",
        "trivy:KSV-0015", "checkov:CKV_K8S_10", "kubescape:C-0268", "kubescape:C-0050", "kubesec:RequestsCPU"}},
      {"cpu-limit",
       "cpu",
       true,
       "cpu limit",
       " may use all processors of its node that are free",
       "Beyond the limit it is slowed down, even when the node has nothing else to do.",
       {"kube-score:container-resources", "polaris:cpuLimitsMissing", "trivy:KSV-0011", "checkov:CKV_K8S_11",
        "kubescape:C-0270", "kubescape:C-0050", "kubescape:C-0009", "kubesec:LimitsCPU"}},
      {"ephemeral-storage",
       "ephemeral-storage",
       false,
       "request for ephemeral storage",
       " does not say how much of the node's disk it needs",
       "Logs, emptyDir volumes and what it writes beside its volumes count.",
       {"kube-score:container-ephemeral-storage-request-and-limit",
        "kube-linter:unset-ephemeral-storage-requirements"}},
      {"ephemeral-storage",
       "ephemeral-storage",
       true,
       "limit for ephemeral storage",
       " may fill the disk of its node",
       "Logs, emptyDir volumes and what it writes beside its volumes count. Beyond the limit the pod is evicted.",
       {"kube-score:container-ephemeral-storage-request-and-limit"}},
  }};
  return kWanted;
}

/// What is said of a container and, for all of its containers together, of the pod.
struct Said {
  kubernetes::Resources container;
  kubernetes::Resources pod;

  [[nodiscard]] bool has_limit(std::string_view name) const {
    return container.of(name).has_limit() || pod.of(name).has_limit();
  }
  [[nodiscard]] bool has_request(std::string_view name) const {
    return container.of(name).has_request() || pod.of(name).has_request();
  }
  [[nodiscard]] bool lacks(const Wanted& each) const {
    return each.limit ? !has_limit(each.resource) : !has_request(each.resource);
  }
  /// There is no request, but the limit counts as one.
  [[nodiscard]] bool implies(const Wanted& each) const { return !each.limit && has_limit(each.resource); }
};

TextRange place_of(const kubernetes::PodContainer& container) { return container.container.name_range; }

std::string container_name(const kubernetes::PodContainer& container, const kubernetes::Workload& workload) {
  return container.container.name.empty() ? name_of(workload.object) : quoted(container.container.name, 24);
}

/// One finding for all that is missing, where single ones would be too many.
void report_together(const kubernetes::PodContainer& container, const kubernetes::Workload& workload, const Said& said,
                     std::string_view variant, RuleContext& ctx) {
  std::string list;
  std::vector<std::string_view> aliases;
  for (const Wanted& each : wanted()) {
    if (!said.lacks(each) || said.implies(each)) continue;
    aliases.insert(aliases.end(), each.aliases.begin(), each.aliases.end());
    if (each.resource == "ephemeral-storage") continue;
    if (!list.empty()) list += ", ";
    list += each.what;
  }
  if (list.empty()) return;
  ctx.report({.variant = variant,
              .range = place_of(container),
              .message = container_name(container, workload) + " has no " + list,
              .aliases = std::move(aliases)});
}

/// One finding for all requests that there are only because of the limits.
void report_implied(const kubernetes::PodContainer& container, const kubernetes::Workload& workload, const Said& said,
                    RuleContext& ctx) {
  std::vector<std::string_view> aliases;
  for (const Wanted& each : wanted())
    if (each.resource != "ephemeral-storage" && said.lacks(each) && said.implies(each))
      aliases.insert(aliases.end(), each.aliases.begin(), each.aliases.end());
  if (aliases.empty()) return;
  ctx.report({.variant = "implied-request",
              .range = place_of(container),
              .message = container_name(container, workload) + " asks, without saying so, for as much as its limits",
              .aliases = std::move(aliases)});
}

void report_singly(const kubernetes::PodContainer& container, const kubernetes::Workload& workload, const Said& said,
                   RuleContext& ctx) {
  const Wanted* reported = nullptr;
  for (const Wanted& each : wanted()) {
    if (!said.lacks(each) || (said.implies(each) && each.resource != "ephemeral-storage")) continue;
    // The two sides of ephemeral storage are one variant.
    if (reported != nullptr && reported->variant == each.variant) continue;
    reported = &each;
    ctx.report({.variant = each.variant,
                .range = place_of(container),
                .message = container_name(container, workload) + std::string(each.message),
                .fixes = {{"Say how much", Applicability::DisplayOnly, {}, std::string(each.caveat)}},
                .aliases = each.aliases});
  }
  report_implied(container, workload, said, ctx);
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  const kubernetes::Resources pod = kubernetes::pod_resources_of(workload);
  for (const kubernetes::PodContainer& container : workload.containers) {
    const Said said{kubernetes::resources_of(container), pod};
    if (container.ephemeral || said.container.unknown || pod.unknown) continue;
    if (container.container.template_only)
      report_together(container, workload, said, "fragment", ctx);
    else if (container.container.kind == Kind::InitContainer && !container.sidecar)
      report_together(container, workload, said, "init-container", ctx);
    else
      report_singly(container, workload, said, ctx);
  }
}

}  // namespace

constinit const Rule missing_resources = checked({
    .name = "missing-resources",
    .family = Family::BillOfMaterials,
    .title = "A container does not say how much of its node it needs, or may take.",
    .consequence =
        "A report that somebody starts once a month reads a whole table into memory. Without a limit the node runs out "
        "of it, and the kernel ends whatever is largest: the database on the same node. Without requests the scheduler "
        "takes every pod for weightless and puts all of them on one node.",
    .fine_when =
        "A LimitRange of the namespace fills in defaults, or an autoscaler sets the numbers. Limits of processor time "
        "are left out by many on purpose: what is free costs nothing, and a limit slows down even then.",
    .variants = {{.name = "memory-limit",
                  .summary = "A container may take all memory of its node.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:unset-memory-requirements"},
                              {Language::Kubernetes, "kube-score:container-resources"},
                              {Language::Kubernetes, "polaris:memoryLimitsMissing"},
                              {Language::Kubernetes, "trivy:KSV-0018"},
                              {Language::Kubernetes, "checkov:CKV_K8S_13"},
                              {Language::Kubernetes, "kubescape:C-0271"},
                              {Language::Kubernetes, "kubescape:C-0004"},
                              {Language::Kubernetes, "kubescape:C-0009"},
                              {Language::Kubernetes, "kubesec:LimitsMemory"}},
                  .languages = Language::Kubernetes},
                 {.name = "memory-request",
                  .summary = "A container asks for no memory.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-score:container-resources"},
                              {Language::Kubernetes, "polaris:memoryRequestsMissing"},
                              {Language::Kubernetes, "trivy:KSV-0016"},
                              {Language::Kubernetes, "checkov:CKV_K8S_12"},
                              {Language::Kubernetes, "kubescape:C-0269"},
                              {Language::Kubernetes, "kubescape:C-0004"},
                              {Language::Kubernetes, "kubesec:RequestsMemory"}},
                  .languages = Language::Kubernetes},
                 {.name = "cpu-request",
                  .summary = "A container asks for no processor time.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:unset-cpu-requirements"},
                              {Language::Kubernetes, "kube-score:container-resources"},
                              {Language::Kubernetes, "polaris:cpuRequestsMissing"},
                              {Language::Kubernetes, "trivy:KSV-0015"},
                              {Language::Kubernetes, "checkov:CKV_K8S_10"},
                              {Language::Kubernetes, "kubescape:C-0268"},
                              {Language::Kubernetes, "kubescape:C-0050"},
                              {Language::Kubernetes, "kubesec:RequestsCPU"}},
                  .languages = Language::Kubernetes},
                 {.name = "cpu-limit",
                  .summary = "A container may use all free processors of its node.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-score:container-resources"},
                              {Language::Kubernetes, "polaris:cpuLimitsMissing"},
                              {Language::Kubernetes, "trivy:KSV-0011"},
                              {Language::Kubernetes, "checkov:CKV_K8S_11"},
                              {Language::Kubernetes, "kubescape:C-0270"},
                              {Language::Kubernetes, "kubescape:C-0050"},
                              {Language::Kubernetes, "kubescape:C-0009"},
                              {Language::Kubernetes, "kubesec:LimitsCPU"}},
                  .languages = Language::Kubernetes},
                 {.name = "ephemeral-storage",
                  .summary = "A container does not say how much of the node's disk it needs, or may fill.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-score:container-ephemeral-storage-request-and-limit"},
                              {Language::Kubernetes, "kube-linter:unset-ephemeral-storage-requirements"}},
                  .languages = Language::Kubernetes},
                 {.name = "implied-request",
                  .summary = "A container has a limit and no request, which is then as large as the limit.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:unset-cpu-requirements"},
                              {Language::Kubernetes, "kube-score:container-resources"},
                              {Language::Kubernetes, "polaris:cpuRequestsMissing"},
                              {Language::Kubernetes, "polaris:memoryRequestsMissing"},
                              {Language::Kubernetes, "trivy:KSV-0015"},
                              {Language::Kubernetes, "trivy:KSV-0016"},
                              {Language::Kubernetes, "checkov:CKV_K8S_10"},
                              {Language::Kubernetes, "checkov:CKV_K8S_12"},
                              {Language::Kubernetes, "kubescape:C-0268"},
                              {Language::Kubernetes, "kubescape:C-0269"},
                              {Language::Kubernetes, "kubescape:C-0004"},
                              {Language::Kubernetes, "kubescape:C-0050"}},
                  .languages = Language::Kubernetes},
                 {.name = "init-container",
                  .summary = "A container that prepares the pod, and then ends, lacks one of these numbers.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:unset-cpu-requirements"},
                              {Language::Kubernetes, "kube-linter:unset-memory-requirements"},
                              {Language::Kubernetes, "kube-score:container-resources"},
                              {Language::Kubernetes, "kube-score:container-ephemeral-storage-request-and-limit"},
                              {Language::Kubernetes, "trivy:KSV-0011"},
                              {Language::Kubernetes, "trivy:KSV-0015"},
                              {Language::Kubernetes, "trivy:KSV-0016"},
                              {Language::Kubernetes, "trivy:KSV-0018"},
                              {Language::Kubernetes, "checkov:CKV_K8S_10"},
                              {Language::Kubernetes, "checkov:CKV_K8S_11"},
                              {Language::Kubernetes, "checkov:CKV_K8S_12"},
                              {Language::Kubernetes, "checkov:CKV_K8S_13"}},
                  .languages = Language::Kubernetes},
                 {.name = "fragment",
                  .summary = "A container lacks one of these numbers here; it may be a part that others complete.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:unset-cpu-requirements"},
                              {Language::Kubernetes, "kube-linter:unset-memory-requirements"},
                              {Language::Kubernetes, "kube-linter:unset-ephemeral-storage-requirements"},
                              {Language::Kubernetes, "kube-score:container-resources"},
                              {Language::Kubernetes, "kube-score:container-ephemeral-storage-request-and-limit"},
                              {Language::Kubernetes, "polaris:cpuRequestsMissing"},
                              {Language::Kubernetes, "polaris:cpuLimitsMissing"},
                              {Language::Kubernetes, "polaris:memoryRequestsMissing"},
                              {Language::Kubernetes, "polaris:memoryLimitsMissing"},
                              {Language::Kubernetes, "trivy:KSV-0011"},
                              {Language::Kubernetes, "trivy:KSV-0015"},
                              {Language::Kubernetes, "trivy:KSV-0016"},
                              {Language::Kubernetes, "trivy:KSV-0018"},
                              {Language::Kubernetes, "checkov:CKV_K8S_10"},
                              {Language::Kubernetes, "checkov:CKV_K8S_11"},
                              {Language::Kubernetes, "checkov:CKV_K8S_12"},
                              {Language::Kubernetes, "checkov:CKV_K8S_13"},
                              {Language::Kubernetes, "kubescape:C-0268"},
                              {Language::Kubernetes, "kubescape:C-0269"},
                              {Language::Kubernetes, "kubescape:C-0270"},
                              {Language::Kubernetes, "kubescape:C-0271"},
                              {Language::Kubernetes, "kubescape:C-0004"},
                              {Language::Kubernetes, "kubescape:C-0009"},
                              {Language::Kubernetes, "kubescape:C-0050"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
                   "https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/"},
    .examples =
        {{"nothing is said: a finding for each number", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n"
          "    - name: <|<|<|<|<|web|>|>|>|>|>\n      image: shop:1.4.2\n"},
         {"zero is nothing, and null is nothing", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: <|<|web|>|>\n"
          "      image: shop:1.4.2\n      resources:\n        requests: {cpu: 100m, memory: 64Mi, ephemeral-storage: "
          "1Gi}\n"
          "        limits: {cpu: 1, memory: 0, ephemeral-storage: null}\n"},
         {"requests that follow from limits", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: <|web|>\n"
          "      image: shop:1.4.2\n      resources:\n        requests: {ephemeral-storage: 1Gi}\n"
          "        limits: {cpu: 1, memory: 64Mi, ephemeral-storage: 1Gi}\n"},
         {"a container that prepares, and one that stays", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  initContainers:\n    - name: <|migrate|>\n"
          "      image: shop:1.4.2\n    - name: <|<|<|<|<|proxy|>|>|>|>|>\n      image: proxy:2.1.0\n"
          "      restartPolicy: Always\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n      resources: &all\n"
          "        requests: {cpu: 100m, memory: 64Mi, ephemeral-storage: 1Gi}\n"
          "        limits: {cpu: 1, memory: 64Mi, ephemeral-storage: 1Gi}\n"},
         {"a patch", "patch.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n"
          "      containers:\n        - name: <|web|>\n          env: [{name: MODE, value: fast}]\n"},
         {"numbers of the pod stand for its containers", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  resources:\n"
          "    limits: {cpu: 2, memory: 2Gi}\n    requests: {cpu: 1, memory: 1Gi}\n  containers:\n"
          "    - name: <|web|>\n      image: shop:1.4.2\n"},
         {"all is said", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n"
          "        requests: {cpu: 100m, memory: 64Mi, ephemeral-storage: 1Gi}\n"
          "        limits: {cpu: 1, memory: 64Mi, ephemeral-storage: 1Gi}\n"},
         {"a placeholder", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources: ${RESOURCES}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
