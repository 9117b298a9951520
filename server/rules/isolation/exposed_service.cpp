#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/service.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule exposed_service;
namespace {

/// Images whose pages administer something, and the names that their pods usually have.
constexpr std::array<std::string_view, 14> kAdminPages{
    "kubernetes-dashboard", "dashboard", "argocli", "argo-server", "argocd-server", "jenkins", "phpmyadmin", "pgadmin4",
    "weave-scope",          "scope",     "ollama",  "adminer",     "portainer",     "kubeflow"};

bool is_admin_page(const kubernetes::Workload& workload) {
  return std::ranges::any_of(workload.containers, [](const kubernetes::PodContainer& each) {
    const auto& image = each.container.image;
    return image && image->known && std::ranges::find(kAdminPages, image->reference.base_name()) != kAdminPages.end();
  });
}

using Workloads = std::vector<const kubernetes::Workload*>;

Workloads admin_pages_of(const kubernetes::File& file) {
  Workloads pages;
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Workload& workload : part.manifest->workloads)
      if (is_admin_page(workload)) pages.push_back(&workload);
  return pages;
}

/// The name of the first of `pages` that the Service leads to; empty: none.
std::string admin_page_behind(const kubernetes::Object& object, const kubernetes::Service& service,
                              const Workloads& pages) {
  const auto found = std::ranges::find_if(
      pages, [&](const kubernetes::Workload* page) { return kubernetes::leads_to(object, service, *page); });
  return found == pages.end() ? std::string() : (*found)->object.name;
}

void check_type(const kubernetes::Object& object, const kubernetes::Service& service, std::uint32_t begin,
                const Workloads& pages, RuleContext& ctx) {
  if (!service.type || (service.type->text != "NodePort" && service.type->text != "LoadBalancer")) return;
  const bool node_port = service.type->text == "NodePort";
  const TextRange range = service.type->value_range.shifted(begin);
  const std::string name = quoted(object.name, 22);
  const std::string page = admin_page_behind(object, service, pages);
  if (!page.empty())
    ctx.report({.variant = "admin-page",
                .range = range,
                .message = name + " opens the administration " + quoted(page, 22) + " to the outside"});
  ctx.report(
      {.variant = node_port ? "node-port" : "load-balancer",
       .range = range,
       .message = name + (node_port ? " is open on a port of every node" : " gets an address of its own outside")});
}

/// The fixes that take out the key at `key`, in the file.
std::vector<Fix> without(const kubernetes::Object& object, const kubernetes::Setting& setting, std::uint32_t begin,
                         std::string title) {
  std::vector<Fix> fixes = removal(*object.value.document(), setting.key_range, setting.shared, std::move(title),
                                   "Who reached the Service at the address does not any more.");
  for (Fix& fix : fixes)
    for (Edit& edit : fix.edits) edit.range = edit.range.shifted(begin);
  return fixes;
}

void check_addresses(const kubernetes::Object& object, const kubernetes::Service& service, std::uint32_t begin,
                     RuleContext& ctx) {
  if (!service.external_ips.empty()) {
    const kubernetes::Setting& first = service.external_ips.front();
    ctx.report({.variant = "external-address",
                .range = first.value_range.shifted(begin),
                .message = quoted(object.name, 24) + " takes the traffic to " + quoted(first.text, 24),
                .fixes = without(object, first, begin, "Remove externalIPs")});
  }
  if (service.load_balancer_ip && !service.load_balancer_ip->text.empty())
    ctx.report(
        {.variant = "load-balancer-address",
         .range = service.load_balancer_ip->key_range.shifted(begin),
         .message = "`loadBalancerIP` of " + quoted(object.name, 24) + " is deprecated: it means what a cloud likes",
         .fixes = without(object, *service.load_balancer_ip, begin, "Remove loadBalancerIP")});
}

void check_file(const kubernetes::File& file, RuleContext& ctx) {
  const Workloads pages = admin_pages_of(file);
  for (const kubernetes::File::Part& part : file.parts)
    for (const kubernetes::Object& object : part.manifest->objects) {
      const std::optional<kubernetes::Service> service = kubernetes::service_of(object);
      if (!service) continue;
      check_type(object, *service, part.begin, pages, ctx);
      check_addresses(object, *service, part.begin, ctx);
    }
}

}  // namespace

constinit const Rule exposed_service = checked({
    .name = "exposed-service",
    .family = Family::Isolation,
    .title = "A Service is open to what is outside of the cluster.",
    .consequence =
        "The Service of the metrics database was made NodePort to look at something. Since then it answers on port "
        "30090 of every node, and the nodes have public addresses: whoever scans them reads all metrics, and the "
        "NetworkPolicy that was written for pods does not see where the packets come from.",
    .fine_when = "It is the entrance that the cluster is meant to have, such as that of the Ingress controller.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "node-port",
                  .summary = "`NodePort`: a port of every node.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:exposed-services"},
                              {Language::Kubernetes, "kube-score:service-type"},
                              {Language::Kubernetes, "kubescape:C-0256"}},
                  .languages = Language::Kubernetes},
                 {.name = "load-balancer",
                  .summary = "`LoadBalancer`: an address outside of the cluster.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:exposed-services"},
                              {Language::Kubernetes, "kubescape:C-0256"}},
                  .languages = Language::Kubernetes},
                 {.name = "admin-page",
                  .summary = "What administers a cluster, a database or builds is open to the outside.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kubescape:C-0021"}},
                  .languages = Language::Kubernetes},
                 {.name = "external-address",
                  .summary = "`externalIPs`: traffic to an address that nobody checks is taken.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "trivy:KSV-0108"}},
                  .languages = Language::Kubernetes},
                 {.name = "load-balancer-address",
                  .summary = "`loadBalancerIP`, which is deprecated and which each cloud reads in its own way.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types",
                   "https://github.com/kubernetes/kubernetes/issues/97076"},
    .examples =
        {{"a port of every node", "service.yaml",
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: metrics\nspec:\n  type: <|NodePort|>\n  ports:\n"
          "    - port: 9090\n"},
         {"an address outside", "service.yaml",
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  type: \"<|LoadBalancer|>\"\n  ports: "
          "[{port: "
          "443}]\n"},
         {"a page that administers", "admin.yaml",
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: builds\nspec:\n  type: <|<|LoadBalancer|>|>\n"
          "  selector: {app: builds}\n  ports: [{port: 80}]\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n"
          "  name: builds\nspec:\n  selector: {matchLabels: {app: builds}}\n  template:\n"
          "    metadata: {labels: {app: builds}}\n    spec:\n      containers:\n        - name: jenkins\n"
          "          image: jenkins/jenkins:2.492\n"},
         {"external addresses", "service.yaml",
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  externalIPs:\n    - <|203.0.113.7|>\n"
          "    - 203.0.113.8\n  ports:  # one\n    - port: 443\n",
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:  # one\n    - port: 443\n"},
         {"an address of the load balancer", "service.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  type: ClusterIP\n"
          "  <|loadBalancerIP|>: 203.0.113.7\n  ports: [{port: 443}]  # TLS\n",
          "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  type: ClusterIP\n"
          "  ports: [{port: 443}]  # TLS\n"},
         {"the same in flow style, in the second document", "service.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n---\napiVersion: v1\n"
          "kind: Service\nmetadata: {name: b}\nspec: {externalIPs: [\"<|203.0.113.7|>\"], ports: [{port: 443}]}\n",
          "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n---\napiVersion: v1\n"
          "kind: Service\nmetadata: {name: b}\nspec: {ports: [{port: 443}]}\n"},
         {"within the cluster, and Knative's", "service.yaml",
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  type: ClusterIP\n  externalIPs: []\n"
          "  ports:\n    - port: 80\n---\napiVersion: serving.knative.dev/v1\nkind: Service\nmetadata:\n  name: web\n"
          "spec:\n  type: NodePort\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
