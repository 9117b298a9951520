#include <algorithm>
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
#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule invalid_restart_policy;
namespace {

using kubernetes::Workload;

constexpr std::array<std::string_view, 3> kPolicies{"Always", "OnFailure", "Never"};
/// What keeps a number of pods running starts each anew, always.
constexpr std::array<std::string_view, 5> kKeepers{"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet",
                                                   "ReplicationController"};

bool is_job(const Workload& workload) { return workload.object.kind == "Job" || workload.object.kind == "CronJob"; }

std::vector<Fix> replacement(const Workload& workload, std::string_view policy, Applicability applicability) {
  const yaml::Value value = workload.pod_spec.get("restartPolicy");
  if (workload.restart_policy->shared) return {};
  std::optional<Edit> edit = yaml::replace_scalar(value, policy);
  if (!edit) return {};
  return {{"Write " + quoted(policy), applicability, {*std::move(edit)}, ""}};
}

std::vector<Fix> completion(const Workload& workload) {
  if (workload.pod_spec.shared()) return {};
  std::optional<Edit> edit =
      yaml::insert(workload.pod_spec.place(), {"restartPolicy"}, yaml::NewValue::string("OnFailure"));
  if (!edit) return {};
  return {{"Start it anew when it fails",
           Applicability::Unsafe,
           {*std::move(edit)},
           "`Never` makes a new pod instead, and keeps the logs of those that failed."}};
}

void check_job(const Workload& workload, RuleContext& ctx) {
  if (workload.restart_policy) {
    if (workload.restart_policy->text == "Always")
      ctx.report({.variant = "job",
                  .range = workload.restart_policy->value_range,
                  .message = "a job ends: its `restartPolicy` has to be `OnFailure` or `Never`",
                  .fixes = replacement(workload, "OnFailure", Applicability::Unsafe)});
  } else if (!workload.pod_spec.get("restartPolicy").is_scalar()) {
    const bool whole = std::ranges::any_of(workload.containers,
                                           [](const auto& container) { return !container.container.template_only; });
    const bool fragment = !whole || workload.partial;
    ctx.report({.variant = fragment ? "fragment" : "job",
                .range = workload.object.name_range,
                .message = "the pods of a job need a `restartPolicy`: `OnFailure` or `Never`",
                .fixes = fragment ? std::vector<Fix>{} : completion(workload)});
  }
}

/// The policy in the right letters: "onfailure", "On-Failure". Empty when it is like none.
std::string_view nearest(std::string_view text) {
  std::string letters;
  for (const char c : text)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) letters += c;
  for (const std::string_view policy : kPolicies)
    if (equals_ignoring_case(letters, policy)) return policy;
  return {};
}

void check_workload(const Workload& workload, RuleContext& ctx) {
  if (workload.custom) return;
  const std::optional<kubernetes::Setting>& policy = workload.restart_policy;
  if (policy && policy->text.find_first_of("${") != std::string::npos) return;
  if (policy && !one_of(kPolicies, policy->text)) {
    const std::string_view meant = nearest(policy->text);
    ctx.report({.variant = "unknown",
                .range = policy->value_range,
                .message = quoted(policy->text, 24) + " is no restart policy; there are Always, OnFailure and Never",
                .fixes = meant.empty() ? std::vector<Fix>{} : replacement(workload, meant, Applicability::Safe)});
  } else if (is_job(workload)) {
    check_job(workload, ctx);
  } else if (policy && policy->text != "Always" && one_of(kKeepers, workload.object.kind)) {
    ctx.report({.variant = "keeper",
                .range = policy->value_range,
                .message = "the pods of a " + workload.object.kind +
                           " are always started anew: " + quoted(policy->text) + " is refused",
                .fixes = replacement(workload, "Always", Applicability::Safe),
                .aliases = policy->text == "Never" ? std::optional<std::vector<std::string_view>>{}
                                                   : std::vector<std::string_view>{}});
  }
  if (policy && policy->text == "Never" && !one_of(kKeepers, workload.object.kind))
    ctx.report(
        {.variant = "never", .range = policy->value_range, .message = "the pod is not started anew when it fails"});
}

constexpr StaticList<PresetEntry, kPresetCount> kError = {{Preset::Recommended, Severity::Error},
                                                          {Preset::Strict, Severity::Error}};

}  // namespace

constinit const Rule invalid_restart_policy = checked({
    .name = "invalid-restart-policy",
    .family = Family::Correctness,
    .title = "The pods have a restart policy that does not go with what makes them.",
    .consequence =
        "A CronJob is written like a Deployment, without `restartPolicy`. The default is `Always`, which a job may not "
        "have, so the API server refuses it, and the backup that everybody believes in has never run.",
    .fine_when = "Never for what the API server refuses. A pod that runs once, by hand, may well be left as it ended.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "job",
                  .summary = "The pods of a Job or CronJob would always be started anew.",
                  .severity = Severity::Error,
                  .presets = kError,
                  .aliases = {{Language::Kubernetes, "kube-score:cronjob-restartpolicy"}},
                  .languages = Language::Kubernetes},
                 {.name = "keeper",
                  .summary = "The pods of a Deployment, or of what is like it, would not be started anew.",
                  .severity = Severity::Error,
                  .presets = kError,
                  .aliases = {{Language::Kubernetes, "kube-linter:restart-policy"}},
                  .languages = Language::Kubernetes},
                 {.name = "unknown",
                  .summary = "There is no such restart policy; invalid-value says so, too.",
                  .severity = Severity::Error,
                  .aliases = {{Language::Kubernetes, "kube-linter:restart-policy"},
                              {Language::Kubernetes, "kube-score:cronjob-restartpolicy"}},
                  .languages = Language::Kubernetes},
                 {.name = "never",
                  .summary = "A pod that fails is not started anew.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:restart-policy"}},
                  .languages = Language::Kubernetes},
                 {.name = "fragment",
                  .summary = "A job has no restart policy here; it may be a part that others complete.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-score:cronjob-restartpolicy"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy",
                   "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template"},
    .examples =
        {{"a job without one", "job.yaml",
          "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: <|backup|>\nspec:\n  schedule: \"0 3 * * *\"\n"
          "  jobTemplate:\n    spec:\n      template:\n        spec:\n          # at night\n          containers:\n"
          "            - name: backup\n              image: backup:1.4.2\n",
          "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: backup\nspec:\n  schedule: \"0 3 * * *\"\n"
          "  jobTemplate:\n    spec:\n      template:\n        spec:\n          # at night\n          restartPolicy: "
          "OnFailure\n          containers:\n            - name: backup\n              image: backup:1.4.2\n"},
         {"a job in one line", "job.yaml",
          "apiVersion: batch/v1\nkind: Job\nmetadata: {name: load}\nspec: {template: {spec: {restartPolicy: "
          "<|Always|>, containers: [{name: load, image: \"load:1.4.2\"}]}}}\n",
          "apiVersion: batch/v1\nkind: Job\nmetadata: {name: load}\nspec: {template: {spec: {restartPolicy: "
          "OnFailure, containers: [{name: load, image: \"load:1.4.2\"}]}}}\n"},
         {"a deployment", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  selector: {matchLabels: {app: "
          "shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n      restartPolicy: <|OnFailure|>\n"
          "      containers: [{name: web, image: \"shop:1.4.2\"}]\n",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  selector: {matchLabels: {app: "
          "shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n      restartPolicy: Always\n"
          "      containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"other letters", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  restartPolicy: <|on-failure|>\n"
          "  containers: [{name: web, image: \"shop:1.4.2\"}]\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  restartPolicy: OnFailure\n"
          "  containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"a word that is like none", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  restartPolicy: <|Once|>\n"
          "  containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"once", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  restartPolicy: <|Never|>\n"
          "  containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"policies that go with the kind", "all.yaml",
          "apiVersion: batch/v1\nkind: Job\nmetadata: {name: load}\nspec:\n  template:\n    spec:\n"
          "      restartPolicy: OnFailure\n      containers: [{name: load, image: \"load:1.4.2\"}]\n---\n"
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  selector: {matchLabels: {app: "
          "shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n      restartPolicy: Always\n"
          "      containers: [{name: web, image: \"shop:1.4.2\"}]\n"},
         {"a patch", "patch.yaml",
          "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: <|backup|>}\nspec:\n  jobTemplate:\n    spec:\n"
          "      template:\n        spec:\n          containers: [{name: backup, env: []}]\n"},
         {"a placeholder", "job.yaml",
          "apiVersion: batch/v1\nkind: Job\nmetadata: {name: load}\nspec:\n  template:\n    spec:\n"
          "      restartPolicy: ${POLICY}\n      containers: [{name: load, image: \"load:1.4.2\"}]\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
