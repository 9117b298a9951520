#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/ports.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule clashing_container_port;
namespace {

using kubernetes::ContainerPort;

constexpr std::int64_t kLastPort = 65535;

bool same_port(const ContainerPort& a, const ContainerPort& b) {
  return a.number && a.number == b.number && a.protocol == b.protocol;
}

/// Everything that two items can say is the same.
bool same_item(const ContainerPort& a, const ContainerPort& b) {
  const auto address = [](const ContainerPort& port) { return port.host_ip ? port.host_ip->text : std::string(); };
  return same_port(a, b) && a.name == b.name && a.host_port == b.host_port && address(a) == address(b);
}

std::string written(const ContainerPort& port) { return std::to_string(*port.number) + "/" + port.protocol; }

std::vector<Fix> removal_of(const kubernetes::PodContainer& container, const ContainerPort& port) {
  if (port.shared) return {};
  std::optional<Edit> edit = yaml::remove_at(*container.value.document(), port.range);
  if (!edit) return {};
  const Applicability trust = trust_in_removal(*container.value.document(), *edit);
  return {{"Remove the second one", trust, {*std::move(edit)}}};
}

void check_number(const ContainerPort& port, RuleContext& ctx) {
  if (!port.number_written)
    ctx.report({.variant = "no-number", .range = port.number_range, .message = "the port has no `containerPort`"});
  else if (port.number && (*port.number < 1 || *port.number > kLastPort))
    ctx.report({.variant = "number",
                .range = port.number_range,
                .message = quoted(std::to_string(*port.number), 16) + " is no port: they go from 1 to 65535"});
}

void check_name(const ContainerPort& port, RuleContext& ctx) {
  if (port.name.empty() || port.name.find_first_of("${") != std::string::npos) return;
  const std::string_view problem = kubernetes::port_name_problem(port.name);
  if (problem.empty()) return;
  std::vector<std::string_view> aliases;
  if (port.name.size() > 15) aliases.emplace_back("kube-score:container-ports-check");
  ctx.report({.variant = "name",
              .range = port.name_range,
              .message = "the port's name " + quoted(port.name, 18) + " " + std::string(problem),
              .aliases = std::move(aliases)});
}

void check_port(const ContainerPort& port, RuleContext& ctx) {
  check_number(port, ctx);
  check_name(port, ctx);
  if (port.host_ip && !port.host_port)
    ctx.report({.variant = "unused-address",
                .range = port.host_ip->value_range,
                .message = "`hostIP` does nothing without a `hostPort`"});
}

void check_pairs(const kubernetes::PodContainer& container, const std::vector<ContainerPort>& ports, RuleContext& ctx) {
  for (auto port = ports.begin(); port != ports.end(); ++port) {
    const auto like = [&](auto same) {
      return std::find_if(ports.begin(), port, [&](const ContainerPort& each) { return same(each, *port); });
    };
    if (const auto first = like(same_port); first != port) {
      const bool copy = same_item(*first, *port);
      ctx.report({.variant = "duplicate",
                  .range = port->range,
                  .message = "port " + quoted(written(*port), 16) + " stands in the list twice",
                  .fixes = copy ? removal_of(container, *port) : std::vector<Fix>{},
                  .related = {{first->range, "the first one"}}});
      if (copy) continue;
    }
    const auto first = like([](const ContainerPort& a, const ContainerPort& b) { return a.name == b.name; });
    if (!port->name.empty() && first != port)
      ctx.report({.variant = "duplicate-name",
                  .range = port->name_range,
                  .message = "another port of the container is called " + quoted(port->name, 18),
                  .related = {{first->name_range, "the first one"}}});
  }
}

/// The containers of a pod share one address.
void check_clash(const ContainerPort& port, const std::vector<ContainerPort>& others, RuleContext& ctx) {
  const auto found = std::ranges::find_if(others, [&](const ContainerPort& other) { return same_port(port, other); });
  if (found != others.end())
    ctx.report({.variant = "clash",
                .range = port.number_range,
                .message = "another container of the pod opens " + quoted(written(port), 16) + ", too",
                .related = {{found->number_range, "the other one"}}});
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  std::vector<ContainerPort> others;
  for (const kubernetes::PodContainer& container : workload.containers) {
    const std::vector<ContainerPort> ports = kubernetes::container_ports_of(container);
    const bool prepares = container.container.kind == container::Container::Kind::InitContainer && !container.sidecar;
    for (const ContainerPort& port : ports) {
      check_port(port, ctx);
      if (!prepares) check_clash(port, others, ctx);
    }
    check_pairs(container, ports, ctx);
    if (!prepares) others.insert(others.end(), ports.begin(), ports.end());
  }
}

constexpr StaticList<PresetEntry, kPresetCount> kError = {{Preset::Recommended, Severity::Error},
                                                          {Preset::Strict, Severity::Error}};
constexpr StaticList<PresetEntry, kPresetCount> kWarning = {{Preset::Recommended, Severity::Warning},
                                                            {Preset::Strict, Severity::Warning}};

}  // namespace

constinit const Rule clashing_container_port = checked({
    .name = "clashing-container-port",
    .family = Family::Correctness,
    .title = "The ports of a pod's containers do not go together.",
    .consequence =
        "Two containers of a pod listen on 8080. They share one address, so the one that starts second ends with "
        "\"address already in use\", is started again, and the pod never becomes ready.",
    .fine_when = "The two programs take turns, or one of them does not open the port that it declares.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "clash",
                  .summary = "Two containers of a pod open the same port.",
                  .severity = Severity::Warning,
                  .presets = kWarning,
                  .languages = Language::Kubernetes},
                 {.name = "duplicate",
                  .summary = "A container lists a port twice.",
                  .severity = Severity::Warning,
                  .presets = kWarning,
                  .languages = Language::Kubernetes},
                 {.name = "duplicate-name",
                  .summary = "Two ports of a container have the same name.",
                  .severity = Severity::Error,
                  .presets = kError,
                  .aliases = {{Language::Kubernetes, "kube-score:container-ports-check"}},
                  .languages = Language::Kubernetes},
                 {.name = "name",
                  .summary = "The name of a port is too long, or has wrong characters; undefined-target-port says so, "
                             "too.",
                  .severity = Severity::Error,
                  .aliases = {{Language::Kubernetes, "kube-score:container-ports-check"}},
                  .languages = Language::Kubernetes},
                 {.name = "number",
                  .summary = "A port has a number that there is not.",
                  .severity = Severity::Error,
                  .presets = kError,
                  .aliases = {{Language::Kubernetes, "kube-score:container-ports-check"}},
                  .languages = Language::Kubernetes},
                 {.name = "no-number",
                  .summary = "A port has no number; missing-key says so, too.",
                  .severity = Severity::Error,
                  .aliases = {{Language::Kubernetes, "kube-score:container-ports-check"}},
                  .languages = Language::Kubernetes},
                 {.name = "unused-address",
                  .summary = "An address of the host without a port of the host.",
                  .severity = Severity::Warning,
                  .presets = kWarning,
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports"},
    .examples =
        {{"an item twice", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      ports:\n        - containerPort: 80 # http\n"
          "        - <|containerPort: 80\n          protocol: TCP|>\n        - containerPort: 443\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      ports:\n        - containerPort: 80 # http\n        - containerPort: 443\n"},
         {"in one line", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      ports: [{containerPort: 80}, <|{containerPort: 80}|>]\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      ports: [{containerPort: 80}]\n"},
         {"a port with two names, and a name for two ports", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      ports: [{name: http, containerPort: 80}, <|{name: web, containerPort: 80}|>, "
          "{name: <|http|>, containerPort: 81}]\n"},
         {"two containers", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      ports: [{containerPort: 8080}]\n    - name: admin\n"
          "      image: admin:1.4.2\n      ports: [{containerPort: <|8080|>}]\n"},
         {"names and numbers", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      ports:\n        - {name: <|administration-port|>, containerPort: 81}\n"
          "        - {name: <|Web|>, containerPort: <|0|>}\n        - {name: \"<|8080|>\", containerPort: 8080}\n"
          "        - <||>{name: <|a--b|>}\n        - {containerPort: 90, hostIP: <|127.0.0.1|>}\n"},
         {"ports that go together", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  initContainers:\n    - name: migrate\n"
          "      image: shop:1.4.2\n      ports: [{containerPort: 80}]\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      ports:\n        - {name: http-2, containerPort: 80}\n"
          "        - {containerPort: 80, protocol: UDP}\n        - {containerPort: 90, hostPort: 90, hostIP: "
          "127.0.0.1}\n        - {name: \"${NAME}\", containerPort: \"${PORT}\"}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
