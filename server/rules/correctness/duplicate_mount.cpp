#include <string>
#include <string_view>
#include <unordered_map>

#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule duplicate_mount;
namespace {

using Places = std::unordered_map<std::string_view, TextRange>;

void check_mounts(const container::Container& container, RuleContext& ctx) {
  Places first;
  for (const container::Mount& mount : container.mounts) {
    if (mount.target.empty() || !mount.known) continue;
    const auto [place, is_new] = first.try_emplace(mount.target, mount.target_range);
    if (is_new) continue;
    ctx.report({.variant = "path",
                .range = mount.target_range,
                .message = quoted(mount.target, 40) + " is mounted twice: the pod is refused",
                .related = {{place->second, "the first mount at this path"}}});
  }
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.custom) return;
  for (const kubernetes::PodContainer& container : workload.containers) check_mounts(container.container, ctx);
  Places first;
  for (const kubernetes::Volume& volume : workload.volumes) {
    // A claim template of the same name takes the place of a volume.
    const bool counts = !volume.name.empty() && volume.kind != kubernetes::Volume::Kind::ClaimTemplate;
    if (!counts || volume.name.find_first_of("${") != std::string::npos) continue;
    const auto [place, is_new] = first.try_emplace(volume.name, volume.name_range);
    if (is_new) continue;
    ctx.report({.variant = "volume",
                .range = volume.name_range,
                .message = "a second volume of the name " + quoted(volume.name, 32) + ": the pod is refused",
                .related = {{place->second, "the first volume of this name"}}});
  }
}

}  // namespace

constinit const Rule duplicate_mount = checked({
    .name = "duplicate-mount",
    .family = Family::Correctness,
    .title = "Two volumes have one name, or are mounted at one path.",
    .consequence =
        "Two people each add a volume called `config`. The merge goes through without a conflict, and the API server "
        "refuses the deployment: `must be unique`. What was to be fixed this evening is not.",
    .fine_when = "Never: such a pod cannot be made.",
    .variants = {{.name = "path",
                  .summary = "A container mounts two volumes at the same path.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Kubernetes},
                 {.name = "volume",
                  .summary = "A pod has two volumes of the same name.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/storage/volumes/"},
    .examples =
        {{"a path and a name", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n"
          "      volumeMounts:\n        - name: config\n          mountPath: /etc/web\n        - name: config\n"
          "          mountPath: \"<|/etc/web|>\"\n          subPath: more\n  volumes:\n    - name: config\n"
          "      configMap: {name: web}\n    - name: <|config|>\n      emptyDir: {}\n"},
         {"each once", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n"
          "      volumeMounts:\n        - {name: config, mountPath: /etc/web}\n"
          "        - {name: config, mountPath: /etc/web/more, subPath: more}\n"
          "        - {name: config, mountPath: \"/${NAME}\"}\n        - {name: config, mountPath: \"/${NAME}\"}\n"
          "    - name: side\n      image: shop/side:1.4.2\n      volumeMounts:\n"
          "        - {name: config, mountPath: /etc/web}\n  volumes:\n    - name: config\n      configMap: {name: "
          "web}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
