#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/replicas.h"

namespace quaymaster::rules {
extern const Rule shared_claim;
namespace {

/// Whether only one node, or one pod, may mount the claim.
bool is_for_one(const kubernetes::Brief& claim) {
  return !claim.access_modes.empty() && std::ranges::all_of(claim.access_modes, [](const std::string& mode) {
    return mode == "ReadWriteOnce" || mode == "ReadWriteOncePod";
  });
}

void check_workload(const Member& member, const ObjectSet& set, RuleContext& ctx) {
  const std::optional<std::int64_t> pods = least_pods(member, set);
  if (!pods || *pods < 2) return;
  for (const kubernetes::Volume& volume : member.workload->volumes) {
    if (volume.kind != kubernetes::Volume::Kind::PersistentVolumeClaim || volume.source.empty()) continue;
    const std::vector<const Member*> claims = set.find("PersistentVolumeClaim", volume.source, *member.brief);
    if (claims.empty() || !std::ranges::all_of(claims, [](const Member* claim) { return is_for_one(*claim->brief); }))
      continue;
    Report report{.range = volume.source_range.shifted(member.begin),
                  .message = std::to_string(*pods) + " pods share the claim " + quoted(volume.source, 24) +
                             ", which is for one node"};
    if (const Member& claim = *claims.front(); claim.object)
      report.related = {{claim.object->name_range.shifted(claim.begin), "the claim"}};
    ctx.report(std::move(report));
  }
}

void check(const KubernetesInWorkspace& in, RuleContext& ctx) {
  for (const Member* member : in.objects.here())
    if (member->workload && member->brief->kind != "Pod") check_workload(*member, in.objects, ctx);
}

}  // namespace

constinit const Rule shared_claim = checked({
    .name = "shared-claim",
    .family = Family::State,
    .title = "Several pods mount a claim that only one node may mount.",
    .consequence = "The second replica is scheduled onto another node and hangs in `ContainerCreating` with "
                   "`Multi-Attach error for "
                   "volume`. Where both happen to stand on one node, two processes write the same files, and the "
                   "database in them is "
                   "broken.",
    .fine_when = "All pods are kept on one node, and the application locks the files that it shares.",
    .fix = FixAvailability::None,
    .variants = {{.name = "",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes",
                   "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage"},
    .examples =
        {{.title = "two pods, one claim",
          .path = "web.yaml",
          .before = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  selector: "
                    "{matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      "
                    "containers: "
                    "[{name: web, image: a}]\n      volumes: [{name: data, persistentVolumeClaim: {claimName: "
                    "<|uploads|>}}]\n",
          .beside = {{"claim.yaml",
                      "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: uploads}\nspec: "
                      "{accessModes: [ReadWriteOnce]}\n"}}},
         {.title = "a claim for many, and one for one pod",
          .path = "web.yaml",
          .before = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  selector: "
                    "{matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      "
                    "containers: "
                    "[{name: web, image: a}]\n      volumes: [{name: data, persistentVolumeClaim: {claimName: "
                    "uploads}}]\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: db}\nspec: {containers: [{name: db, "
                    "image: a}], volumes: [{name: data, persistentVolumeClaim: {claimName: db}}]}\n",
          .beside = {{"claims.yaml",
                      "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: uploads}\nspec: {accessModes: "
                      "[ReadWriteOnce, ReadWriteMany]}\n---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: "
                      "{name: db}\nspec: {accessModes: [ReadWriteOnce]}\n"}}},
         {"a claim that nobody sees", "web.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  selector: "
          "{matchLabels: "
          "{app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers: [{name: web, "
          "image: "
          "a}]\n      volumes: [{name: data, persistentVolumeClaim: {claimName: uploads}}]\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
