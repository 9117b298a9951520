#include <optional>
#include <string>

#include "model/kubernetes/autoscaler.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/object_name.h"

namespace quaymaster::rules {
extern const Rule fixed_autoscaler;
namespace {

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  const std::optional<kubernetes::AutoscalerSettings> scaler = kubernetes::autoscaler_settings_of(object);
  if (!scaler || !scaler->most || !scaler->most->value) return;
  if (scaler->least && !scaler->least->value) return;
  const std::int64_t least = scaler->least ? *scaler->least->value : scaler->to_zero ? 0 : 1;
  const std::int64_t most = *scaler->most->value;
  if (most > least) return;
  ctx.report({.variant = most == least ? "equal" : "reversed",
              .range = scaler->most->value_range,
              .message = name_of(object) +
                         (most == least ? " has nothing to choose: at least and at most "
                                        : " has to run more pods than it may: at most ") +
                         std::to_string(most)});
}

}  // namespace

constinit const Rule fixed_autoscaler = checked({
    .name = "fixed-autoscaler",
    .family = Family::BillOfMaterials,
    .title = "An autoscaler has no choice how many pods to run.",
    .consequence =
        "For the sale somebody raised `minReplicas` to 10 and forgot that `maxReplicas` is 10. When the visitors come, "
        "the autoscaler reports that it would like to have 25 pods, and goes on with 10.",
    .fine_when = "The autoscaler is switched off for a while by making its two numbers equal.",
    .variants = {{.name = "equal",
                  .summary = "The least and the most number of pods are the same.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "polaris:hpaMaxAvailability"}},
                  .languages = Language::Kubernetes},
                 {.name = "reversed",
                  .summary = "The most is less than the least, which is refused.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "polaris:hpaMaxAvailability"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"},
    .examples = {{"equal, and the wrong way round", "hpa.yaml",
                  "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: shop}\nspec:\n"
                  "  minReplicas: 3\n  maxReplicas: <|3|>\n---\napiVersion: autoscaling/v2\nkind: "
                  "HorizontalPodAutoscaler\nmetadata: {name: api}\nspec: {minReplicas: 5, maxReplicas: <|2|>}\n"},
                 {"at most one, which is the least", "hpa.yaml",
                  "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: shop}\nspec:\n"
                  "  maxReplicas: <|1|>\n"},
                 {"a choice", "hpa.yaml",
                  "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: shop}\nspec:\n"
                  "  minReplicas: 2\n  maxReplicas: 9\n---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\n"
                  "metadata: {name: mail}\nspec: {maxReplicaCount: 1}\n"},
                 {"a placeholder", "hpa.yaml",
                  "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: shop}\nspec:\n"
                  "  minReplicas: ${LEAST}\n  maxReplicas: 1\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
