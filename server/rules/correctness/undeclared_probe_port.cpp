#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/ports.h"
#include "model/kubernetes/probes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/probed_containers.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule undeclared_probe_port;
namespace {

using kubernetes::ContainerPort;
using kubernetes::Probe;

std::string_view alias_of(Probe::Role role) {
  switch (role) {
    case Probe::Role::Liveness: return "kube-linter:liveness-port";
    case Probe::Role::Readiness: return "kube-linter:readiness-port";
    case Probe::Role::Startup: return "kube-linter:startup-port";
  }
  return {};
}

bool is_placeholder(std::string_view text) {
  return text.empty() || text.find_first_of("${") != std::string_view::npos;
}

/// The ports that the probe may mean.
std::vector<const ContainerPort*> meant(const kubernetes::PortReference& port,
                                        const std::vector<ContainerPort>& ports) {
  std::vector<const ContainerPort*> result;
  for (const ContainerPort& each : ports)
    if (port.number ? each.number == port.number : each.name == port.text) result.push_back(&each);
  return result;
}

std::vector<Fix> renaming(const kubernetes::PortReference& port, std::string_view nearest) {
  if (port.shared || nearest.empty()) return {};
  return {
      {"Ask port " + quoted(nearest), Applicability::Unsafe, {Edit::replacement(port.range, std::string(nearest))}}};
}

void report_name(const Probe& probe, const std::vector<ContainerPort>& ports, std::string_view variant,
                 RuleContext& ctx) {
  std::vector<std::string_view> names;
  for (const ContainerPort& port : ports)
    if (!port.name.empty()) names.push_back(port.name);
  const std::string_view nearest = near_miss(probe.port->text, names);
  std::string message = "no port of the container is called " + quoted(probe.port->text, 20);
  if (!nearest.empty()) message += "; did you mean " + quoted(nearest, 18) + "?";
  ctx.report({.variant = variant,
              .range = probe.port->range,
              .message = std::move(message),
              .fixes = renaming(*probe.port, nearest),
              .aliases = std::vector{alias_of(probe.role)}});
}

void check_probe(const Probe& probe, const std::vector<ContainerPort>& ports, bool fragment, RuleContext& ctx) {
  if (!probe.port || probe.other_host || is_placeholder(probe.port->text)) return;
  const std::vector<const ContainerPort*> found = meant(*probe.port, ports);
  const std::vector aliases{alias_of(probe.role)};
  const auto variant = [fragment](std::string_view name) { return fragment ? "fragment" : name; };
  if (found.empty()) {
    if (!probe.port->number) return report_name(probe, ports, variant("name"), ctx);
    ctx.report(
        {.variant = variant("number"),
         .range = probe.port->range,
         .message = "the container does not declare port " + quoted(probe.port->text, 12) + ", which the probe asks",
         .aliases = aliases});
  } else if (std::ranges::all_of(found, [](const ContainerPort* port) { return port->protocol == "UDP"; })) {
    ctx.report({.variant = variant("protocol"),
                .range = probe.port->range,
                .message = "the probe connects by TCP, and port " + quoted(probe.port->text, 16) + " is one of UDP",
                .aliases = aliases});
  }
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::PodContainer& container : workload.containers) {
    if (!runs_with_pod(container)) continue;
    const std::vector<ContainerPort> ports = kubernetes::container_ports_of(container);
    const bool unknown_names =
        std::ranges::any_of(ports, [](const ContainerPort& port) { return is_placeholder(port.name) && !port.number; });
    if (unknown_names) continue;
    for (const Probe& probe : kubernetes::probes_of(container))
      check_probe(probe, ports, container.container.template_only, ctx);
  }
}

}  // namespace

constinit const Rule undeclared_probe_port = checked({
    .name = "undeclared-probe-port",
    .family = Family::Correctness,
    .title = "A probe asks a port that the container does not declare.",
    .consequence =
        "The port was renamed from `http` to `web`, in all places but the probe. The kubelet finds no port of the old "
        "name, counts a failure every ten seconds, restarts a container that works, and after an hour the pod is in "
        "CrashLoopBackOff.",
    .fine_when =
        "The number is right, and it is just not listed: `ports` is information for numbers. A name has to be there.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "name",
                  .summary = "No port of the container has the name.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "kube-linter:liveness-port"},
                              {Language::Kubernetes, "kube-linter:readiness-port"},
                              {Language::Kubernetes, "kube-linter:startup-port"}},
                  .languages = Language::Kubernetes},
                 {.name = "number",
                  .summary = "No port of the container has the number.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:liveness-port"},
                              {Language::Kubernetes, "kube-linter:readiness-port"},
                              {Language::Kubernetes, "kube-linter:startup-port"}},
                  .languages = Language::Kubernetes},
                 {.name = "protocol",
                  .summary = "The port is one of UDP, and probes connect by TCP.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kube-linter:liveness-port"},
                              {Language::Kubernetes, "kube-linter:readiness-port"},
                              {Language::Kubernetes, "kube-linter:startup-port"}},
                  .languages = Language::Kubernetes},
                 {.name = "fragment",
                  .summary = "The port is not declared here, in what may be a part that others complete.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:liveness-port"},
                              {Language::Kubernetes, "kube-linter:readiness-port"},
                              {Language::Kubernetes, "kube-linter:startup-port"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/configure-pod-container/"
                   "configure-liveness-readiness-startup-probes/"},
    .examples = {{"a name that is nearly right", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
                  "      image: shop:1.4.2\n      ports: [{name: http, containerPort: 8080}]\n"
                  "      livenessProbe: {httpGet: {port: <|htpp|>}}\n",
                  "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
                  "      image: shop:1.4.2\n      ports: [{name: http, containerPort: 8080}]\n"
                  "      livenessProbe: {httpGet: {port: http}}\n"},
                 {"a name of nothing, a number, and another protocol", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
                  "      image: shop:1.4.2\n      ports:\n        - {name: dns, containerPort: 53, protocol: UDP}\n"
                  "      livenessProbe: {tcpSocket: {port: <|dns|>}}\n      readinessProbe: {grpc: {port: <|9000|>}}\n"
                  "      startupProbe: {httpGet: {port: \"<|health|>\"}}\n"},
                 {"a patch", "patch.yaml",
                  "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n"
                  "      containers:\n        - name: web\n          livenessProbe: {httpGet: {port: <|http|>}}\n"},
                 {"declared ports", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
                  "      image: shop:1.4.2\n      ports:\n        - {name: dns-udp, containerPort: 53, protocol: UDP}\n"
                  "        - {name: dns, containerPort: 53}\n      livenessProbe: {tcpSocket: {port: 53}}\n"
                  "      readinessProbe: {tcpSocket: {port: dns}}\n      startupProbe: {exec: {command: [ready]}}\n"},
                 {"another host, and a placeholder", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
                  "      image: shop:1.4.2\n      livenessProbe: {httpGet: {host: 10.0.0.1, port: 80}}\n"
                  "      readinessProbe: {httpGet: {port: \"${PORT}\"}}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
