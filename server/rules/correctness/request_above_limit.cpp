#include <string>
#include <vector>

#include "model/kubernetes/resources.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule request_above_limit;
namespace {

void check_resources(const kubernetes::Resources& resources, RuleContext& ctx) {
  for (const kubernetes::Resource& resource : resources.named) {
    if (!resource.request || !resource.limit) continue;
    const kubernetes::ResourceAmount& request = *resource.request;
    const kubernetes::ResourceAmount& limit = *resource.limit;
    if (!request.quantity || !limit.quantity || *request.quantity <= *limit.quantity) continue;
    ctx.report({.range = request.value_range,
                .message = "asks for " + quoted(request.text, 12) + " of " + quoted(resource.name, 24) +
                           ", more than its limit " + quoted(limit.text, 12),
                .fixes = {{"Lower the request or raise the limit",
                           Applicability::DisplayOnly,
                           {},
                           "Which of the two numbers is wrong only you know."}},
                .related = {{limit.value_range, "the limit"}}});
  }
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  check_resources(kubernetes::pod_resources_of(workload), ctx);
  for (const kubernetes::PodContainer& container : workload.containers)
    check_resources(kubernetes::resources_of(container), ctx);
}

}  // namespace

constinit const Rule request_above_limit = checked({
    .name = "request-above-limit",
    .family = Family::Correctness,
    .title = "A container asks for more of a resource than it may have.",
    .consequence = "The memory limit was lowered from `2Gi` to `512Mi`, the request above it was forgotten. The API "
                   "server refuses "
                   "the Deployment; the pipeline stops in the middle of a release, with half of the manifests applied.",
    .fine_when = "Never: the API server does not take it. In a part that others complete, one of the two may change.",
    .fix = FixAvailability::None,
    .variants = {{.severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"},
    .examples =
        {{"memory and processor time", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n        requests:\n          memory: <|1Gi|>\n"
          "          cpu: \"<|1.5|>\"\n        limits:\n          memory: 1G\n          cpu: 1200m\n"},
         {"the same amounts, written otherwise", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n        requests: {memory: 1024Mi, cpu: 500m}\n"
          "        limits: {memory: 1Gi, cpu: 0.5}\n"},
         {"resources of the pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  resources:\n    requests: {memory: <|2Gi|>}\n"
          "    limits: {memory: 1Gi}\n  containers:\n    - name: web\n      image: shop:1.4.2\n"},
         {"a placeholder", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n        requests: {memory: \"${MEMORY}\"}\n"
          "        limits: {memory: 1Gi}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
