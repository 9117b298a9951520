#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/placeholder.h"
#include "model/kubernetes/service_ports.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/similar_name.h"

namespace quaymaster::rules {
extern const Rule undefined_target_port;
namespace {

using kubernetes::Word;

/// The number that a plain scalar is.
std::optional<std::int64_t> number_of(const Word& word) { return word.value.integer(); }

bool is_valid(const Word& word) {
  constexpr std::int64_t kHighest = 65535;
  // Zero stands for the port of the Service.
  if (const std::optional<std::int64_t> number = number_of(word)) return *number >= 0 && *number <= kHighest;
  return kubernetes::is_port_name(word.text);
}

void report_invalid(const Word& word, const Member& member, std::string_view what, RuleContext& ctx) {
  ctx.report({.variant = "invalid",
              .range = word.range.shifted(member.begin),
              .message = quoted(word.text, 24) + std::string(what)});
}

void check_name(const Word& port, const Member& service, const ObjectSet& set, RuleContext& ctx) {
  if (!service.brief->selector || service.brief->selector->empty()) return;
  const std::vector<const Member*> pods = set.selected(*service.brief->selector, *service.brief);
  std::vector<std::string_view> names;
  for (const Member* pod : pods)
    for (const kubernetes::BriefPort& open : pod->brief->ports)
      if (!open.name.empty()) names.push_back(open.name);
  const auto is_unsure = [](std::string_view name) { return kubernetes::has_placeholder(name); };
  if (pods.empty() || std::ranges::find(names, port.text) != names.end() || std::ranges::any_of(names, is_unsure))
    return;
  const std::string_view nearest = similar_name(port.text, names);
  ctx.report({.variant = "unknown",
              .range = port.range.shifted(service.begin),
              .message = "the pods of " + named(*pods.front()->brief) + " have no port " + quoted(port.text, 16) +
                         (nearest.empty() ? "" : ", but " + quoted(nearest, 15)),
              .fixes = replaced_word(port.value, nearest, service.begin)});
}

void check_service(const Member& service, const ObjectSet& set, RuleContext& ctx) {
  for (const Word& port : kubernetes::target_ports_of(*service.object)) {
    if (kubernetes::has_placeholder(port.text)) continue;
    if (!is_valid(port))
      report_invalid(port, service, " is no number and no name of a port", ctx);
    else if (!number_of(port))
      check_name(port, service, set, ctx);
  }
}

void check(const KubernetesInWorkspace& in, RuleContext& ctx) {
  for (const Member* member : in.objects.here()) {
    if (member->brief->kind == "Service" && member->brief->api_version == "v1") check_service(*member, in.objects, ctx);
    if (!member->workload) continue;
    for (const Word& name : kubernetes::port_names_of(member->workload->pod_spec))
      if (!kubernetes::has_placeholder(name.text) && !kubernetes::is_port_name(name.text))
        report_invalid(name, *member, " is no name of a port", ctx);
  }
}

}  // namespace

constinit const Rule undefined_target_port = checked({
    .name = "undefined-target-port",
    .family = Family::Correctness,
    .title = "A Service leads to a port that its pods do not have.",
    .consequence = "The port of the container was renamed from `web` to `http`. The Service still says `targetPort: "
                   "web`, keeps its "
                   "address, and has no endpoints: every request ends in a timeout, and no pod logs a thing.",
    .fine_when = "The container that has the port is added when the pod is created, as sidecars of a mesh are.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "unknown",
                  .summary = "No container of the selected pods has a port of that name.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Kubernetes},
                 {.name = "invalid",
                  .summary = "The API server takes neither the number nor the name.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "kube-linter:invalid-target-ports"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
                   "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/"},
    .examples =
        {{"a name of another port", "web.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports:\n    - port: "
          "80\n"
          "      targetPort: <|metric|> # in\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: "
          "web}}\n"
          "spec: {containers: [{name: web, image: a, ports: [{name: metrics, containerPort: 9090}]}]}\n",
          "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports:\n    - port: "
          "80\n"
          "      targetPort: metrics # in\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\n"
          "spec: {containers: [{name: web, image: a, ports: [{name: metrics, containerPort: 9090}]}]}\n"},
         {.title = "pods in another file",
          .path = "service.yaml",
          .before =
              "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80, "
              "targetPort: <|http|>}]}\n",
          .beside = {{"web.yaml",
                      "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: "
                      "{containers: [{name: web, image: a, ports: [{containerPort: 80}]}]}\n"}}},
         {"what no port is", "web.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80, "
          "targetPort: <|80800|>}, {port: 81, targetPort: <|Http|>}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: "
          "{name: "
          "web}\nspec: {containers: [{name: web, image: a, ports: [{name: \"<|8080|>\", containerPort: 80}]}]}\n"},
         {"all is there", "web.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80, "
          "targetPort: http}, {port: 81, targetPort: 9000}, {port: 82}, {port: 83, targetPort: \"${PORT}\"}]}\n---\n"
          "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: web, "
          "image: "
          "a, ports: [{name: http, containerPort: 80}]}]}\n"},
         {"no pods to be seen", "service.yaml",
          "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80, "
          "targetPort: http}]}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
