#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule host_path_volume;
namespace {

using kubernetes::Volume;

void check_volume(const Volume& volume, RuleContext& ctx) {
  const bool known = !volume.source.empty();
  ctx.report({.variant = "volume",
              .range = known ? volume.source_range : volume.name_range,
              .message = "volume " + quoted(volume.name, 20) + " is " +
                         (known ? quoted(volume.source, 28) : std::string("a path")) + " of whichever node it is"});
}

std::vector<Fix> read_only_fix(const kubernetes::PodContainer& container, const container::Mount& mount) {
  const yaml::Value value = yaml::value_at(*container.value.document(), mount.range);
  if (!value.is_mapping() || mount.shared) return {};
  const yaml::Value read_only = value.get("readOnly");
  std::optional<Edit> edit = read_only ? yaml::replace_with_plain(read_only, "true")
                                       : yaml::insert(value.place(), {"readOnly"}, yaml::NewValue::plain("true"));
  if (!edit) return {};
  return {{"Mount it read-only",
           Applicability::Unsafe,
           {*std::move(edit)},
           "A program that writes there then fails with \"Read-only file system\"."}};
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const Volume& volume : workload.volumes)
    if (volume.kind == Volume::Kind::HostPath) check_volume(volume, ctx);
  for (const kubernetes::PodContainer& container : workload.containers)
    for (const container::Mount& mount : container.container.mounts) {
      if (mount.kind != container::Mount::Kind::HostPath || mount.read_only) continue;
      ctx.report(
          {.variant = "writable",
           .range = mount.target_range,
           .message = quoted(container.container.name, 16) + " can change " + quoted(mount.source, 28) + " of its node",
           .fixes = read_only_fix(container, mount)});
    }
}

}  // namespace

constinit const Rule host_path_volume = checked({
    .name = "host-path-volume",
    .family = Family::Isolation,
    .title = "A pod mounts a path of the node.",
    .consequence =
        "The node is replaced at night. The pod starts on the new one, where the folder is empty, and the data of two "
        "years is on a disk that nobody has any more. And what a program can write on its node, somebody who takes "
        "the program over can write, too.",
    .fine_when = "It is an agent that looks after the node itself: logs, metrics, network, storage.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "volume",
                  .summary = "A volume is a path of the node.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Information},
                              {Preset::PssBaseline, Severity::Error},
                              {Preset::PssRestricted, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "pss:hostPathVolumes"},
                              {Language::Kubernetes, "pss:restrictedVolumes"},
                              {Language::Kubernetes, "polaris:hostPathSet"},
                              {Language::Kubernetes, "trivy:KSV-0023"},
                              {Language::Kubernetes, "kubescape:C-0048"}},
                  .languages = Language::Kubernetes},
                 {.name = "writable",
                  .summary = "A path of the node is mounted so that the container can write to it.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:writable-host-mount"},
                              {Language::Kubernetes, "kubescape:C-0045"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
                   "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"},
    .examples =
        {{"written to", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      volumeMounts:\n        - name: data\n          mountPath: <|/data|>  # "
          "orders\n"
          "        - {name: log, mountPath: <|/log|>, readOnly: false}\n"
          "  volumes:\n    - name: data\n      hostPath:\n        path: <|/srv/shop|>\n    - name: log\n"
          "      hostPath: {path: <|/var/log/shop|>}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      volumeMounts:\n        - name: data\n          mountPath: /data  # orders\n"
          "          readOnly: true\n        - {name: log, mountPath: /log, readOnly: true}\n"
          "  volumes:\n    - name: data\n      hostPath:\n        path: /srv/shop\n    - name: log\n"
          "      hostPath: {path: /var/log/shop}\n"},
         {"read only", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      volumeMounts: [{name: data, mountPath: /data, readOnly: true}]\n"
          "  volumes:\n    - name: data\n      hostPath:\n        path: <|/srv/shop|>\n"},
         {"volumes of the cluster", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      volumeMounts: [{name: data, mountPath: /data}]\n"
          "  volumes:\n    - name: data\n      persistentVolumeClaim: {claimName: shop}\n    - name: scratch\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
