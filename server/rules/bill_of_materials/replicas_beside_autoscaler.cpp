#include <string>
#include <string_view>
#include <vector>

#include "model/yaml/edit.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"
#include "rules/support/replicas.h"

namespace quaymaster::rules {
extern const Rule replicas_beside_autoscaler;
namespace {

std::vector<Fix> without_replicas(const Member& member, const kubernetes::Number& replicas) {
  std::vector<Fix> fixes =
      removal(*member.manifest->document, replicas.key_range, replicas.shared, "Leave the number to the autoscaler",
              "Where the number was applied before, taking it out starts from one pod once.");
  for (Fix& fix : fixes)
    for (Edit& edit : fix.edits) edit.range = edit.range.shifted(member.begin);
  return fixes;
}

void check(const KubernetesInWorkspace& in, RuleContext& ctx) {
  for (const Member* member : in.objects.here()) {
    // Zero switches a workload off, and its autoscaler along with it.
    if (!member->workload || !member->workload->replicas || member->workload->replicas->value == 0) continue;
    const Member* autoscaler = autoscaler_of(*member, in.objects);
    if (!autoscaler) continue;
    const kubernetes::Number& replicas = *member->workload->replicas;
    Report report{.range = replicas.key_range.shifted(member->begin),
                  .message = named(*autoscaler->brief) + " decides how many pods there are",
                  .fixes = without_replicas(*member, replicas)};
    if (autoscaler->object)
      report.related = {{autoscaler->object->name_range.shifted(autoscaler->begin), "the autoscaler"}};
    if (member->brief->kind != "Deployment" || autoscaler->brief->kind != "HorizontalPodAutoscaler")
      report.aliases.emplace();
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule replicas_beside_autoscaler = checked({
    .name = "replicas-beside-autoscaler",
    .family = Family::BillOfMaterials,
    .title = "A workload says how many pods it has, and an autoscaler decides it.",
    .consequence =
        "On the busiest day the autoscaler has gone up to twenty pods. Somebody applies a new image with `replicas: 3` "
        "in "
        "the file: seventeen pods are stopped at once, and the shop answers with errors until they are back.",
    .fine_when = "The tool that applies the file leaves the number alone, as Argo CD does when it is told to.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes,
                               "kube-score:deployment-targeted-by-hpa-does-not-have-replicas-configured"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"
                   "#migrating-deployments-and-statefulsets-to-horizontal-autoscaling"},
    .examples =
        {{.title = "both",
          .path = "web.yaml",
          .before =
              "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  <|replicas|>: 3\n  selector: "
              "{matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: "
              "[{name: web, image: a}]}\n",
          .after = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: "
                   "{matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: "
                   "[{name: web, image: a}]}\n",
          .beside = {{"hpa.yaml",
                      "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\n"
                      "spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, "
                      "maxReplicas: 5}\n"}}},
         {"KEDA, in one file", "worker.yaml",
          "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: worker}\nspec: {scaleTargetRef: {name: "
          "worker}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: worker}\nspec: {<|replicas|>: 3, "
          "selector: {matchLabels: {app: w}}, template: {metadata: {labels: {app: w}}, spec: {containers: [{name: w, "
          "image: a}]}}}\n",
          "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: worker}\nspec: {scaleTargetRef: {name: "
          "worker}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: worker}\nspec: {"
          "selector: {matchLabels: {app: w}}, template: {metadata: {labels: {app: w}}, spec: {containers: [{name: w, "
          "image: a}]}}}\n"},
         {"an autoscaler of something else", "web.yaml",
          "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {scaleTargetRef: "
          "{kind: StatefulSet, name: web}, maxReplicas: 5}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: "
          "{name: "
          "web}\nspec: {replicas: 3, selector: {matchLabels: {app: w}}, template: {metadata: {labels: {app: w}}, spec: "
          "{containers: [{name: w, image: a}]}}}\n"},
         {"no number", "web.yaml",
          "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {scaleTargetRef: "
          "{kind: Deployment, name: web}, maxReplicas: 5}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: "
          "{name: "
          "web}\nspec: {selector: {matchLabels: {app: w}}, template: {metadata: {labels: {app: w}}, spec: {containers: "
          "[{name: w, image: a}]}}}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
