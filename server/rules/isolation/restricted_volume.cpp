#include <optional>
#include <string>
#include <string_view>

#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule restricted_volume;
namespace {

/// Sources that a pod should not name itself, `hostPath` aside: the administrator offers them as claims.
constexpr std::string_view kBehindClaims[] = {"gcePersistentDisk",
                                              "awsElasticBlockStore",
                                              "nfs",
                                              "iscsi",
                                              "glusterfs",
                                              "rbd",
                                              "flexVolume",
                                              "cinder",
                                              "cephfs",
                                              "flocker",
                                              "fc",
                                              "azureFile",
                                              "azureDisk",
                                              "vsphereVolume",
                                              "quobyte",
                                              "portworxVolume",
                                              "scaleIO",
                                              "photonPersistentDisk",
                                              "storageos"};

void check_volume(const kubernetes::Volume& volume, RuleContext& ctx) {
  for (const yaml::Entry& entry : volume.value.entries()) {
    if (entry.value.is_null()) continue;
    const std::string subject = "volume " + quoted(volume.name, 20);
    if (entry.key == "gitRepo")
      ctx.report({.variant = "git",
                  .range = entry.key_range,
                  .message = subject + " clones a repository as root of the node, hooks included"});
    else if (one_of(kBehindClaims, entry.key))
      ctx.report({.variant = "inline",
                  .range = entry.key_range,
                  .message = subject + " names its storage itself, not a claim"});
  }
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::Volume& volume : workload.volumes)
    if (volume.kind != kubernetes::Volume::Kind::ClaimTemplate) check_volume(volume, ctx);
}

constexpr StaticList<Alias, 24> kAliases = {{Language::Kubernetes, "pss:restrictedVolumes"},
                                            {Language::Kubernetes, "trivy:KSV-0028"}};

}  // namespace

constinit const Rule restricted_volume = checked({
    .name = "restricted-volume",
    .family = Family::Isolation,
    .title = "A pod names the storage behind a volume itself.",
    .consequence =
        "The manifest holds the address of the NFS server. Whoever may create a pod mounts any folder of that server, "
        "also that of the payroll, for no claim stands between them; and when the server moves, all manifests change.",
    .fine_when = "Only administrators may create pods there, and the storage has no driver that claims could use.",
    .fix = FixAvailability::None,
    .variants = {{.name = "inline",
                  .summary = "The source is neither a claim nor one of those that belong to the pod.",
                  .severity = Severity::Information,
                  .presets = {{Preset::PssRestricted, Severity::Error}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes},
                 {.name = "git",
                  .summary = "The source is a Git repository (`gitRepo`), which is switched off by default.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::PssRestricted, Severity::Error}},
                  .aliases = kAliases,
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/storage/volumes/#gitrepo",
                   "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"},
    .examples =
        {{"a server, a repository and a source that is gone", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n  volumes:\n    - name: data\n      <|nfs|>:\n        server: files.example\n"
          "        path: /shop\n    - name: site\n      <|gitRepo|>: {repository: \"https://git.example/site\"}\n"
          "    - {name: old, <|glusterfs|>: {endpoints: old, path: /old}}\n"},
         {"volumes of the pod and of the cluster", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n  volumes:\n    - name: data\n      persistentVolumeClaim: {claimName: shop}\n"
          "    - name: scratch\n      emptyDir: {}\n    - name: model\n      image: {reference: \"model:1.0.0\"}\n"
          "    - name: nothing\n      nfs: null\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
