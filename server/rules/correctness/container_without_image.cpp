#include <string>

#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule container_without_image;
namespace {

/// Whether the object is all there is, and no patch for one that stands elsewhere, which has a selector and images.
bool is_whole(const kubernetes::Workload& workload) {
  return !workload.partial && workload.object.api_version == "apps/v1";
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.custom) return;
  for (const kubernetes::PodContainer& container : workload.containers) {
    const yaml::Value image = container.value.get("image");
    const bool empty = image.is_null() || image.string() == "";
    // What a service mesh fills in.
    const bool injected = container.container.name == "istio-proxy" || container.container.name == "linkerd-proxy";
    if (!(empty || (!image && is_whole(workload))) || injected || container.ephemeral) continue;
    ctx.report({.range = container.container.name_range,
                .message = "the container " + quoted(container.container.name, 28) + " has no image to run"});
  }
}

}  // namespace

constinit const Rule container_without_image = checked({
    .name = "container-without-image",
    .family = Family::Correctness,
    .title = "A container has no image.",
    .consequence =
        "The schema lets it pass, since a patch may leave the image out, and so do many checks. The API server then "
        "refuses the pods one after the other: the Deployment is there, and stays at none of three.",
    .fine_when = "Something in the cluster fills the image in before the pod is made, as a service mesh does.",
    .variants = {{.severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "checkov:CKV_K8S_14"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/containers/images/"},
    .examples =
        {{"nothing, and an empty text", "deployment.yaml",
          "apiVersion: apps/v1\n"
          "kind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n"
          "    metadata: {labels: {app: web}}\n    spec:\n      containers:\n        - name: <|web|>\n"
          "          ports: [{containerPort: 8080}]\n        - name: side\n          image: shop/side:1.4.2\n        - "
          "name: <|more|>\n          image: \"\"\n"},
         {"a patch, and what a mesh fills in", "deployments.yaml",
          "apiVersion: apps/v1\n"
          "kind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: "
          "web\n"
          "          resources: {}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n"
          "  selector: {matchLabels: {app: api}}\n  template:\n    metadata: {labels: {app: api}}\n    spec:\n"
          "      containers:\n        - name: api\n          image: ${IMAGE}\n        - name: istio-proxy\n"
          "          resources: {}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
