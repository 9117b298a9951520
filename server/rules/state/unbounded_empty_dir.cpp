#include <algorithm>
#include <string>
#include <utility>

#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unbounded_empty_dir;
namespace {

using kubernetes::Volume;

/// Whether the containers of the pod may write so much to the node's disk, and no more.
bool has_storage_limit(const kubernetes::Workload& workload) {
  if (workload.pod_spec.get({"resources", "limits", "ephemeral-storage"})) return true;
  return std::ranges::all_of(workload.containers, [](const kubernetes::PodContainer& container) {
    return container.value.get({"resources", "limits", "ephemeral-storage"}).present();
  });
}

Fix bounded() {
  Fix fix{"Set a limit", Applicability::DisplayOnly, {}};
  fix.caveat =
      "`emptyDir: {sizeLimit: …}`: a pod that writes more is evicted, and not its neighbours. How much the "
      "program needs, only its owner knows.";
  return fix;
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.partial) return;
  Report disk{.variant = "disk", .range = {}, .message = {}, .fixes = {bounded()}};
  const bool limited = has_storage_limit(workload);
  for (const Volume& volume : workload.volumes) {
    const bool temporary = volume.kind == Volume::Kind::EmptyDir || volume.kind == Volume::Kind::None;
    if (!temporary || volume.size_limit || volume.name.empty()) continue;
    if (volume.memory) {
      ctx.report({.variant = "memory",
                  .range = volume.source_range,
                  .message = "files in " + quoted(volume.name, 24) + " are memory, and nothing says how much of it",
                  .fixes = {bounded()}});
    } else if (disk.message.empty()) {
      disk.range = volume.source_range;
      disk.message = quoted(volume.name, 24) + " may fill the disk of the node, for all pods on it";
    } else {
      disk.related.push_back({volume.source_range, quoted(volume.name, 24) + " has no limit, either"});
    }
  }
  if (!disk.message.empty() && !limited) ctx.report(std::move(disk));
}

}  // namespace

constinit const Rule unbounded_empty_dir = checked({
    .name = "unbounded-empty-dir",
    .family = Family::State,
    .title = "An emptyDir may grow until the node has no room.",
    .consequence =
        "A loop writes temporary files and deletes none. On Saturday the disk of the node is full; the kubelet throws "
        "out pods to make room, beginning with those of others. In an emptyDir of memory the same files end in the "
        "kernel killing whatever it likes.",
    .fine_when = "What is written there is small by its nature: a socket, a lock, a configuration that is rendered.",
    .variants = {{.name = "disk",
                  .summary = "An emptyDir has no `sizeLimit`, and no container a limit for `ephemeral-storage`.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Kubernetes},
                 {.name = "memory",
                  .summary = "An emptyDir of memory has no `sizeLimit`.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
                   "https://kubernetes.io/docs/concepts/storage/ephemeral-storage/"},
    .examples =
        {{"disk and memory", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n"
          "  volumes:\n    - name: cache\n      <|emptyDir|>: {}\n    - name: more\n      emptyDir: {}\n    - name: "
          "fast\n"
          "      <|emptyDir|>: {medium: Memory}\n"},
         {"limits", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n"
          "      resources:\n        limits: {ephemeral-storage: 2Gi}\n  volumes:\n    - name: cache\n      emptyDir: "
          "{}\n"
          "    - name: fast\n      emptyDir: {medium: Memory, sizeLimit: 64Mi}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
