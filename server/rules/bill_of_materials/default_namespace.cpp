#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/value.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule default_namespace;
namespace {

/// Kinds of Kubernetes that live in a namespace and run no pods.
constexpr std::array<std::string_view, 20> kNamespaced{"ConfigMap",
                                                       "Secret",
                                                       "Service",
                                                       "ServiceAccount",
                                                       "Endpoints",
                                                       "EndpointSlice",
                                                       "Ingress",
                                                       "NetworkPolicy",
                                                       "Role",
                                                       "RoleBinding",
                                                       "PersistentVolumeClaim",
                                                       "PodDisruptionBudget",
                                                       "HorizontalPodAutoscaler",
                                                       "LimitRange",
                                                       "ResourceQuota",
                                                       "Lease",
                                                       "CSIStorageCapacity",
                                                       "ControllerRevision",
                                                       "Event",
                                                       "PodTemplate"};

constexpr std::array<std::string_view, 9> kRunsPods{"Pod",       "Deployment", "StatefulSet",
                                                    "DaemonSet", "ReplicaSet", "ReplicationController",
                                                    "Job",       "CronJob",    "DeploymentConfig"};

/// What Kubernetes itself keeps in the namespace `default`.
bool is_of_kubernetes(const kubernetes::Object& object) {
  return object.name == "kubernetes" && object.kind == "Service";
}

/// What runs in the namespace of Kubernetes itself, parts of Kubernetes aside.
void check_system_namespace(const kubernetes::Object& object, RuleContext& ctx) {
  const yaml::Value labels = object.value.get({"metadata", "labels"});
  const bool part_of_it = labels.get("tier").string() == "control-plane" || labels.get("k8s-app") ||
                          labels.get("kubernetes.io/cluster-service");
  if (object.namespace_name != "kube-system" || part_of_it) return;
  ctx.report({.variant = "system",
              .range = object.namespace_range,
              .message = object.kind + " " + quoted(object.name, 24) + " runs among the parts of Kubernetes"});
}

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  const bool runs_pods = std::ranges::find(kRunsPods, object.kind) != kRunsPods.end();
  if (!runs_pods && std::ranges::find(kNamespaced, object.kind) == kNamespaced.end()) return;
  if (runs_pods) check_system_namespace(object, ctx);
  const bool written = object.namespace_name.has_value();
  if ((written && *object.namespace_name != "default") || is_of_kubernetes(object)) return;
  std::vector<std::string_view> aliases{"kube-linter:use-namespace", "checkov:CKV_K8S_21", "trivy:KSV-0110",
                                        "kubescape:C-0212"};
  if (runs_pods) aliases.emplace_back("kubescape:C-0061");
  ctx.report({.variant = written ? "written" : "absent",
              .range = written ? object.namespace_range : object.name_range,
              .message = object.kind + " " + quoted(object.name, 24) +
                         (written ? " is put into the namespace `default`" : " says no namespace"),
              .aliases = std::move(aliases)});
}

consteval Variant of(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Hint,
          .aliases = {{Language::Kubernetes, "kube-linter:use-namespace"},
                      {Language::Kubernetes, "checkov:CKV_K8S_21"},
                      {Language::Kubernetes, "trivy:KSV-0110"},
                      {Language::Kubernetes, "kubescape:C-0061"},
                      {Language::Kubernetes, "kubescape:C-0212"}},
          .languages = Language::Kubernetes};
}

}  // namespace

constinit const Rule default_namespace = checked({
    .name = "default-namespace",
    .family = Family::BillOfMaterials,
    .title = "An object belongs to no namespace of its own.",
    .consequence =
        "Whoever applies the file decides by the context of their shell where the shop runs. One evening that is "
        "`default` of the wrong cluster, and `kubectl delete -f` later takes along what somebody else keeps there.",
    .fine_when = "Helm or Kustomize sets the namespace, or the cluster has one user and one program.",
    .variants = {of("written", "The namespace `default` is written down."),
                 of("absent", "No namespace is written."),
                 {.name = "system",
                  .summary = "A program runs in `kube-system`, among the parts of Kubernetes.",
                  .severity = Severity::Information,
                  .aliases = {{Language::Kubernetes, "trivy:KSV-0037"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/"},
    .examples =
        {{"written", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: <|default|>\nspec:\n  containers:\n"
          "    - {name: web, image: web:1.4.2}\n"},
         {"absent", "service.yaml",
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: <|web|>\nspec:\n  ports: [{port: 80}]\n"},
         {"among the parts of Kubernetes", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: <|kube-system|>\nspec:\n  containers:\n"
          "    - {name: web, image: web:1.4.2}\n"},
         {"one of its own, and what has none", "service.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: [{port: 80}]}\n---\n"
          "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\napiVersion: v1\nkind: Service\n"
          "metadata: {name: kubernetes, namespace: default}\nspec: {ports: [{port: 443}]}\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
