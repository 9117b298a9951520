#include <string>
#include <string_view>

#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unmanaged_pod;
namespace {

/// What starts such a pod brings it back, or nobody wants it back: a part of the cluster itself, a hook of a release.
bool is_looked_after(const kubernetes::Workload& workload) {
  const yaml::Value metadata = workload.object.value.get("metadata");
  if (workload.object.namespace_name == "kube-system" || metadata.get("ownerReferences").is_sequence()) return true;
  const yaml::Value annotations = metadata.get("annotations");
  return annotations.get("helm.sh/hook").present() || annotations.get("argocd.argoproj.io/hook").present();
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  const kubernetes::Object& object = workload.object;
  if (workload.partial || is_looked_after(workload)) return;
  const std::string name = object.name.empty() ? std::string("it") : quoted(object.name, 28);
  Fix fix{"Let a controller start it", Applicability::DisplayOnly, {}};
  fix.caveat =
      "A Deployment keeps as many pods as it is told and replaces them one after the other when the image changes; a "
      "Job runs one to its end. What is `spec` here becomes `spec.template.spec` there.";
  if (object.kind == "Pod") {
    ctx.report({.variant = "pod",
                .range = object.kind_range,
                .message = "nothing starts " + name + " again when its node is gone",
                .fixes = {std::move(fix)}});
  } else if (object.kind == "ReplicaSet" || object.kind == "ReplicationController") {
    ctx.report({.variant = "replicas",
                .range = object.kind_range,
                .message = "a new image for " + name + " replaces no pod that runs already",
                .fixes = {std::move(fix)}});
  }
}

}  // namespace

constinit const Rule unmanaged_pod = checked({
    .name = "unmanaged-pod",
    .family = Family::Immutability,
    .title = "The pod has no controller that replaces it.",
    .consequence =
        "The node is drained for an update on Sunday. Every Deployment on it moves elsewhere; this pod is deleted, and "
        "on Monday the service is missing. For a new image somebody has to delete the pod and apply the file again, "
        "and between the two there is none.",
    .fine_when = "The pod is for one look at something: a test, an example, a shell in the cluster.",
    .variants = {{.name = "pod",
                  .summary = "A Pod is written down by itself.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kubescape:C-0073"}},
                  .languages = Language::Kubernetes},
                 {.name = "replicas",
                  .summary = "A ReplicaSet or ReplicationController is written down in the place of a Deployment.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Kubernetes}},
    .references =
        {"https://kubernetes.io/docs/concepts/configuration/overview/#naked-pods-vs-replicasets-deployments-and-jobs",
         "https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/"},
    .examples =
        {{"a pod", "pod.yaml",
          "apiVersion: v1\n"
          "kind: <|Pod|>\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "shop/web:1.4.2\n"},
         {"replicas of one version", "rs.yaml",
          "apiVersion: apps/v1\n"
          "kind: <|ReplicaSet|>\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n"
          "    metadata: {labels: {app: web}}\n    spec:\n      containers:\n        - name: web\n"
          "          image: shop/web:1.4.2\n"},
         {"a hook, and a part of the cluster", "pods.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: test\n  annotations: {helm.sh/hook: test}\nspec:\n  containers:\n    - name: "
          "web\n"
          "      image: shop/web:1.4.2\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: proxy\n  namespace: "
          "kube-system\n"
          "spec:\n  containers:\n    - name: proxy\n      image: shop/proxy:1.4.2\n"},
         {"a controller", "deployment.yaml",
          "apiVersion: apps/v1\n"
          "kind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n"
          "    metadata: {labels: {app: web}}\n    spec:\n      containers:\n        - name: web\n"
          "          image: shop/web:1.4.2\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
