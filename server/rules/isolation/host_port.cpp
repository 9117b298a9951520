#include <string>

#include "model/kubernetes/host_ports.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule host_port;
namespace {

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::PodContainer& container : workload.containers)
    for (const kubernetes::Number& port : kubernetes::host_ports_of(container)) {
      if (port.value == 0) continue;
      ctx.report({.range = port.key_range,
                  .message = quoted(container.container.name, 24) + " takes port " + std::to_string(port.value) +
                             " of every node that it runs on",
                  .fixes = removal(*container.value.document(), port.key_range, port.shared || container.value.shared(),
                                   "Remove hostPort", "Who asked the node for it has to ask a Service then.")});
    }
}

}  // namespace

constinit const Rule host_port = checked({
    .name = "host-port",
    .family = Family::Isolation,
    .title = "A container takes a port of its node.",
    .consequence =
        "The second replica stays `Pending`: on each node the port is taken once. And the port is open on the address "
        "of the node, past every NetworkPolicy that some network plug-ins apply to pods only.",
    .fine_when = "It is an agent that every node has once and that others find under the node's address, such as a "
                 "metrics exporter or the entrance of the cluster.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Information},
                              {Preset::PssBaseline, Severity::Error},
                              {Preset::PssRestricted, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "pss:hostPorts"},
                              {Language::Kubernetes, "polaris:hostPortSet"},
                              {Language::Kubernetes, "trivy:KSV-0024"},
                              {Language::Kubernetes, "checkov:CKV_K8S_26"},
                              {Language::Kubernetes, "kubescape:C-0044"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/configuration/overview/#services",
                   "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"},
    .examples = {{"a port of the node", "deployment.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  initContainers:\n    - name: wait\n"
                  "      image: wait:1.4.2\n      ports: [{containerPort: 81, <|hostPort|>: 81}]\n  containers:\n"
                  "    - name: web\n      image: shop:1.4.2\n      ports:\n        - containerPort: 80\n"
                  "          <|hostPort|>: 8080\n          # for people\n          name: http\n",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  initContainers:\n    - name: wait\n"
                  "      image: wait:1.4.2\n      ports: [{containerPort: 81}]\n  containers:\n"
                  "    - name: web\n      image: shop:1.4.2\n      ports:\n        - containerPort: 80\n"
                  "          # for people\n          name: http\n"},
                 {"a port of the pod", "deployment.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
                  "      image: shop:1.4.2\n      ports:\n        - containerPort: 80\n        - containerPort: 81\n"
                  "          hostPort: 0\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
