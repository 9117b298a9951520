#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule retired_component;
namespace {

using kubernetes::PodContainer;

/// The last part of the image's name; empty when it is not known.
std::string_view image_name(const PodContainer& container) {
  const auto& image = container.container.image;
  return image && image->known ? image->reference.base_name() : std::string_view();
}

bool has_label(const yaml::Value& labels, std::string_view value) {
  return std::ranges::any_of(labels.entries(), [&](const yaml::Entry& label) { return label.value.string() == value; });
}

/// Tiller that only its own pod can reach.
bool listens_locally(const PodContainer& container) {
  return std::ranges::any_of(container.value.get("args").items(), [](const yaml::Element& item) {
    const std::string_view word = item.value.string().value_or("");
    return word.find("127.0.0.1") != std::string_view::npos || word.find("localhost") != std::string_view::npos;
  });
}

void report_tiller(const kubernetes::Workload& workload, const PodContainer& container, RuleContext& ctx) {
  std::vector<std::string_view> aliases{"trivy:KSV-0102", "checkov:CKV_K8S_34"};
  if (!listens_locally(container)) aliases.emplace_back("checkov:CKV_K8S_45");
  ctx.report({.variant = "tiller",
              .range = container.container.image->range,
              .message = quoted(workload.object.name, 24) + " runs Tiller, which does for anybody what it may",
              .aliases = std::move(aliases)});
}

/// The dashboard, by its image or by the label that everybody knows it by.
bool is_dashboard(const kubernetes::Workload& workload, std::string_view image) {
  const yaml::Value labels = workload.pod_metadata.get("labels");
  constexpr std::string_view kName = "kubernetes-dashboard";
  return image.starts_with(kName) || labels.get("app").string() == kName || labels.get("k8s-app").string() == kName;
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const PodContainer& container : workload.containers) {
    const std::string_view image = image_name(container);
    if (image == "tiller") report_tiller(workload, container, ctx);
    if (is_dashboard(workload, image) && container.container.image)
      ctx.report({.variant = "dashboard",
                  .range = container.container.image->range,
                  .message = quoted(workload.object.name, 24) + " runs the dashboard, which gets no more repairs"});
    const bool ingress_nginx =
        image == "nginx-ingress-controller" ||
        (image == "controller" && has_label(workload.pod_metadata.get("labels"), "ingress-nginx"));
    if (ingress_nginx)
      ctx.report({.variant = "ingress-nginx",
                  .range = container.container.image->range,
                  .message = quoted(workload.object.name, 24) + " runs ingress-nginx, which gets no more repairs"});
  }
}

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  if (object.kind == "Service" && object.api_version == "v1" &&
      has_label(object.value.get({"spec", "selector"}), "tiller"))
    ctx.report({.variant = "tiller",
                .range = object.name_range,
                .message = "the Service " + quoted(object.name, 24) + " opens Tiller to the cluster",
                .aliases = std::vector<std::string_view>{"checkov:CKV_K8S_44"}});
}

}  // namespace

constinit const Rule retired_component = checked({
    .name = "retired-component",
    .family = Family::BillOfMaterials,
    .title = "A part of the cluster is run whose makers have stopped looking after it.",
    .consequence =
        "The next hole in the Ingress controller is published with a demonstration and without a new version. The "
        "controller reads the Secrets of the whole cluster, and moving away takes weeks that are not there.",
    .fine_when = "It stands in a cluster for tests that nobody else reaches, or somebody else makes the repairs.",
    .variants = {{.name = "tiller",
                  .summary = "The server of Helm 2, which ended in 2020 and asks nobody who they are.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "trivy:KSV-0102"},
                              {Language::Kubernetes, "checkov:CKV_K8S_34"},
                              {Language::Kubernetes, "checkov:CKV_K8S_44"},
                              {Language::Kubernetes, "checkov:CKV_K8S_45"}},
                  .languages = Language::Kubernetes},
                 {.name = "ingress-nginx",
                  .summary = "The controller ingress-nginx, which was retired in March 2026.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kubescape:C-0292"}},
                  .languages = Language::Kubernetes},
                 {.name = "dashboard",
                  .summary = "The Kubernetes Dashboard, which was retired in January 2026.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "checkov:CKV_K8S_33"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://helm.sh/blog/helm-v2-deprecation-timeline/",
                   "https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/"},
    .examples =
        {{"Tiller", "tiller.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: tiller\nspec:\n"
          "  selector: {matchLabels: {app: helm}}\n  template:\n    metadata: {labels: {app: helm}}\n    spec:\n"
          "      containers:\n        - name: tiller\n          image: <|ghcr.io/helm/tiller:v2.17.0|>\n---\n"
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: <|tiller-deploy|>\nspec:\n"
          "  selector: {app: helm, name: tiller}\n  ports: [{port: 44134}]\n"},
         {"ingress-nginx", "ingress.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ingress\nspec:\n"
          "  selector: {matchLabels: {app.kubernetes.io/name: ingress-nginx}}\n  template:\n"
          "    metadata: {labels: {app.kubernetes.io/name: ingress-nginx}}\n    spec:\n      containers:\n"
          "        - name: controller\n          image: <|registry.k8s.io/ingress-nginx/controller:v1.12.0|>\n"},
         {"the dashboard", "dashboard.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: board\n  labels: {k8s-app: kubernetes-dashboard}\nspec:\n"
          "  containers:\n    - name: board\n      image: <|docker.io/kubernetesui/dashboard:v2.7.0|>\n"},
         {"other controllers", "ingress.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: traefik\nspec:\n  containers:\n    - name: traefik\n"
          "      image: traefik:3.3\n    - name: controller\n      image: ghcr.io/shop/controller:1.4.2\n"}},
    .checks = {on(check_workload), on(check_object)},
});

}  // namespace quaymaster::rules
