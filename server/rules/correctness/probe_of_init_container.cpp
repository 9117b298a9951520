#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule probe_of_init_container;
namespace {

constexpr std::array<std::string_view, 4> kKeys{"livenessProbe", "readinessProbe", "startupProbe", "lifecycle"};

std::vector<Fix> removal_of(const kubernetes::PodContainer& container, const yaml::Entry& entry) {
  if (entry.shared || entry.value.shared()) return {};
  std::optional<Edit> edit = yaml::remove_at(*container.value.document(), entry.key_range);
  if (!edit) return {};
  const Applicability trust = trust_in_removal(*container.value.document(), *edit);
  return {{"Remove " + quoted(entry.key), trust, {*std::move(edit)}}};
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::PodContainer& container : workload.containers) {
    const bool prepares = container.container.kind == container::Container::Kind::InitContainer && !container.sidecar;
    // What a patch leaves out may be that it runs beside the others.
    if (!prepares || container.container.template_only) continue;
    for (const std::string_view key : kKeys) {
      const std::optional<yaml::Entry> entry = container.value.entry(key);
      if (!entry || entry->value.is_null()) continue;
      ctx.report(
          {.range = entry->key_range,
           .message = quoted(container.container.name, 24) + " is an init container: it may not have " + quoted(key),
           .fixes = removal_of(container, *entry)});
    }
  }
}

}  // namespace

constinit const Rule probe_of_init_container = checked({
    .name = "probe-of-init-container",
    .family = Family::Correctness,
    .title = "A container that prepares the pod has a probe or a lifecycle hook.",
    .consequence =
        "The container was moved from `containers` to `initContainers`, with all it had. The API server refuses the "
        "object: what runs to its end before the others start is never asked whether it is ready.",
    .fine_when = "Never: the API server takes it only with `restartPolicy: Always`, which makes a sidecar of it.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/pods/init-containers/"},
    .examples =
        {{"a probe and a hook", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  initContainers:\n    - name: migrate\n"
          "      image: shop:1.4.2\n      <|readinessProbe|>:\n        exec: {command: [ready]}\n"
          "      command: [migrate] # once\n"
          "      <|lifecycle|>: {preStop: {exec: {command: [stop]}}}\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  initContainers:\n    - name: migrate\n"
          "      image: shop:1.4.2\n      command: [migrate] # once\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n"},
         {"one line", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  initContainers:\n"
          "    - {name: migrate, image: \"shop:1.4.2\", <|startupProbe|>: {tcpSocket: {port: 80}}}\n  containers:\n"
          "    - {name: web, image: \"shop:1.4.2\"}\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  initContainers:\n"
          "    - {name: migrate, image: \"shop:1.4.2\"}\n  containers:\n"
          "    - {name: web, image: \"shop:1.4.2\"}\n"},
         {"text that two containers share", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  initContainers:\n    - <<: &base\n"
          "        image: shop:1.4.2\n        <|livenessProbe|>: {exec: {command: [alive]}}\n      name: migrate\n"
          "  containers:\n    - <<: *base\n      name: web\n"},
         {"a sidecar", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  initContainers:\n    - name: proxy\n"
          "      image: proxy:2.1.0\n      restartPolicy: Always\n      startupProbe: {tcpSocket: {port: 80}}\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n      livenessProbe: {tcpSocket: {port: 80}}\n"},
         {"nothing is said", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  initContainers:\n    - name: migrate\n"
          "      image: shop:1.4.2\n      livenessProbe:\n  containers:\n    - name: web\n      image: shop:1.4.2\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
