#include <algorithm>
#include <string>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/sidecars.h"

namespace quaymaster::rules {
extern const Rule several_app_containers;
namespace {

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.partial) return;
  std::vector<const kubernetes::PodContainer*> containers;
  for (const kubernetes::PodContainer& container : workload.containers)
    if (!container.ephemeral && container.container.kind == container::Container::Kind::PodContainer)
      containers.push_back(&container);
  if (containers.size() < 2) return;
  const bool has_sidecar = std::ranges::any_of(
      containers, [](const kubernetes::PodContainer* container) { return is_sidecar(container->container); });
  if (has_sidecar) return;
  const container::Container& second = containers[1]->container;
  ctx.report({.range = second.name_range,
              .message = quoted(second.name, 24) + " shares each start, move and scaling with " +
                         quoted(containers[0]->container.name, 24),
              .related = {{containers[0]->container.name_range, "the other container of the pod"}}});
}

}  // namespace

constinit const Rule several_app_containers = checked({
    .name = "several-app-containers",
    .family = Family::SingleService,
    .title = "A pod runs several containers, and none of them is known as a helper of the other.",
    .consequence = "The front end needs four replicas on Friday, so the pod is scaled to four, and with it the worker "
                   "that was put "
                   "beside it: each mail goes out four times. A new version of one restarts both.",
    .fine_when =
        "The containers cannot do without each other: they share files or a socket, or one looks after the other.",
    .variants = {{.severity = Severity::Hint, .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/pods/#how-pods-manage-multiple-containers"},
    .examples =
        {{"two services", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n"
          "    - name: <|worker|>\n      image: shop/worker:1.4.2\n"},
         {"a helper, and what runs before", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: shop\nspec:\n  initContainers:\n    - name: migrate\n      image: "
          "shop/web:1.4.2\n"
          "  containers:\n    - name: web\n      image: shop/web:1.4.2\n    - name: proxy\n"
          "      image: envoyproxy/envoy:v1.32.1\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
