#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/resources.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unequal_resources;
namespace {

struct Compared {
  std::string_view variant;
  std::string_view resource;
};

constexpr std::array<Compared, 3> kCompared{{
    {"cpu", "cpu"},
    {"memory", "memory"},
    {"ephemeral-storage", "ephemeral-storage"},
}};

std::vector<Fix> fixes_of(const kubernetes::ResourceAmount& request, const kubernetes::ResourceAmount& limit) {
  if (request.shared) return {};
  const std::string_view written = slice(limit.value.document()->text(), limit.value.range());
  std::optional<Edit> edit = yaml::replace_with_plain(request.value, written);
  if (!edit) return {};
  return {{"Ask for the limit " + quoted(limit.text, 12),
           Applicability::Unsafe,
           {*std::move(edit)},
           "The pod then needs a node with so much left, and may find none."}};
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::PodContainer& container : workload.containers) {
    const kubernetes::Resources resources = kubernetes::resources_of(container);
    for (const Compared& each : kCompared) {
      const kubernetes::Resource resource = resources.of(each.resource);
      if (!resource.request || !resource.limit) continue;
      const kubernetes::ResourceAmount& request = *resource.request;
      const kubernetes::ResourceAmount& limit = *resource.limit;
      if (!request.quantity || !limit.quantity || *request.quantity >= *limit.quantity) continue;
      ctx.report({.variant = each.variant,
                  .range = request.value_range,
                  .message = "asks for " + quoted(request.text, 12) + " of " + std::string(each.resource) +
                             " and may take " + quoted(limit.text, 12),
                  .fixes = fixes_of(request, limit)});
    }
  }
}

}  // namespace

constinit const Rule unequal_resources = checked({
    .name = "unequal-resources",
    .family = Family::BillOfMaterials,
    .title = "A container may take more of its node than it asked for.",
    .consequence = "Ten pods ask for 256 MiB each and may take a GiB. The node has three. On the day when four of them "
                   "are busy at "
                   "once, the kernel has to end one, and it is not always one of the four.",
    .fine_when =
        "The pods are rarely busy at the same time and may be ended: sharing what lies idle is what the difference is "
        "for. Only a pod whose numbers are all equal is of the class Guaranteed.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "cpu",
                  .summary = "The request of processor time is below the limit.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-score:container-cpu-requests-equal-limits"},
                              {Language::Kubernetes, "kube-score:container-resource-requests-equal-limits"}},
                  .languages = Language::Kubernetes},
                 {.name = "memory",
                  .summary = "The request of memory is below the limit.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-score:container-memory-requests-equal-limits"},
                              {Language::Kubernetes, "kube-score:container-resource-requests-equal-limits"}},
                  .languages = Language::Kubernetes},
                 {.name = "ephemeral-storage",
                  .summary = "The request of the node's disk is below the limit.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-score:container-ephemeral-storage-request-equals-limit"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/"},
    .examples =
        {{"less is asked for", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n        requests:\n          cpu: <|250m|> # measured\n"
          "          memory: \"<|64Mi|>\"\n          ephemeral-storage: <|1Gi|>\n"
          "        limits: {cpu: 1, memory: 128Mi, ephemeral-storage: 2Gi}\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n        requests:\n          cpu: 1 # measured\n"
          "          memory: 128Mi\n          ephemeral-storage: 2Gi\n"
          "        limits: {cpu: 1, memory: 128Mi, ephemeral-storage: 2Gi}\n"},
         {"the same text as others", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n        requests: &small {cpu: <|250m|>}\n"
          "        limits: {cpu: 1}\n    - name: log\n      image: log:2.1.0\n      resources: {requests: *small}\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n        requests: &small {cpu: 1}\n"
          "        limits: {cpu: 1}\n    - name: log\n      image: log:2.1.0\n      resources: {requests: *small}\n"},
         {"equal, a limit alone, and a placeholder", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n        requests: {cpu: 500m, ephemeral-storage: \"${DISK}\"}\n"
          "        limits: {cpu: 0.5, memory: 1Gi, ephemeral-storage: 2Gi}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
