#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/job.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/object_name.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule unbounded_job;
namespace {

/// The controller looks every ten seconds.
constexpr std::int64_t kShortestDeadline = 10;

std::vector<Fix> advice(std::string title, std::string caveat) {
  return {{std::move(title), Applicability::DisplayOnly, {}, std::move(caveat)}};
}

void check_job(const kubernetes::Workload& workload, const kubernetes::JobSettings& job, RuleContext& ctx) {
  const TextRange name = workload.object.name_range;
  if (job.of_cron_job && job.kept)
    ctx.report({.variant = "kept-by-two-rules",
                .range = job.kept->key_range,
                .message = "the CronJob's history limits say already which of its jobs are kept",
                .fixes = removal(*job.spec.document(), job.kept->key_range, job.kept->shared || job.spec.shared(),
                                 "Remove ttlSecondsAfterFinished",
                                 "The newest job and the newest failure then stay until others follow.")});
  if (!job.of_cron_job && !job.kept)
    ctx.report(
        {.variant = "kept-forever",
         .range = name,
         .message = name_of(workload.object) + " and its pods stay in the cluster when it is done",
         .fixes = advice("Set ttlSecondsAfterFinished", "A day is 86400: as long as somebody may want its logs.")});
  if (!job.deadline)
    ctx.report({.variant = "no-deadline",
                .range = name,
                .message = name_of(workload.object) + " may run forever: it has no deadline",
                .fixes = advice("Set activeDeadlineSeconds", "A few times of what it takes on a bad day.")});
}

void check_start_deadline(const kubernetes::Workload& workload, const kubernetes::CronJobSettings& job,
                          RuleContext& ctx) {
  if (!job.start_deadline)
    ctx.report({.variant = "no-start-deadline",
                .range = workload.object.name_range,
                .message = name_of(workload.object) + " is not started again after 100 missed starts",
                .fixes = advice("Set startingDeadlineSeconds", "So late that the job is still of use.")});
  else if (job.start_deadline->value && *job.start_deadline->value < kShortestDeadline)
    ctx.report({.variant = "short-start-deadline",
                .range = job.start_deadline->value_range,
                .message = "starts are looked for every 10 seconds: with " + quoted(job.start_deadline->text, 12) +
                           " it may miss all"});
}

std::vector<Fix> forbidding(const kubernetes::CronJobSettings& job) {
  if (job.spec.shared()) return {};
  std::optional<Edit> edit = yaml::insert(job.spec.place(), {"concurrencyPolicy"}, yaml::NewValue::string("Forbid"));
  if (!edit) return {};
  return {{"Let the next one wait",
           Applicability::Unsafe,
           {*std::move(edit)},
           "A start that falls into a run is then left out; `Replace` ends the run instead."}};
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (const std::optional<kubernetes::JobSettings> job = kubernetes::job_settings_of(workload))
    check_job(workload, *job, ctx);
  const std::optional<kubernetes::CronJobSettings> cron = kubernetes::cron_job_settings_of(workload);
  if (!cron || !cron->spec.is_mapping()) return;
  check_start_deadline(workload, *cron, ctx);
  if (!cron->concurrency)
    ctx.report({.variant = "overlapping-runs",
                .range = workload.object.name_range,
                .message = name_of(workload.object) + " may be started while it still runs",
                .fixes = forbidding(*cron)});
}

}  // namespace

constinit const Rule unbounded_job = checked({
    .name = "unbounded-job",
    .family = Family::BillOfMaterials,
    .title = "Nothing says when a job has to start, to end, or to be cleared away.",
    .consequence =
        "The import of every five minutes waits for a lock. It has no deadline and may overlap, so after a night 140 "
        "of "
        "it wait for the same lock, and the pods of those that are done fill the list until the quota is used up.",
    .fine_when =
        "Somebody looks at the job by hand, or what watches the cluster ends and clears away what is left over.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "kept-forever",
                  .summary = "A Job stays in the cluster when it is done.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:job-ttl-seconds-after-finished"}},
                  .languages = Language::Kubernetes},
                 {.name = "kept-by-two-rules",
                  .summary = "The Jobs of a CronJob are cleared away by their age, and by its history limits.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:job-ttl-seconds-after-finished"}},
                  .languages = Language::Kubernetes},
                 {.name = "no-deadline",
                  .summary = "A job may run forever.",
                  .severity = Severity::Hint,
                  .languages = Language::Kubernetes},
                 {.name = "no-start-deadline",
                  .summary = "A CronJob is not started again after it missed 100 starts.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-score:cronjob-has-deadline"}},
                  .languages = Language::Kubernetes},
                 {.name = "short-start-deadline",
                  .summary = "A CronJob with so short a deadline for its start may never run.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Kubernetes},
                 {.name = "overlapping-runs",
                  .summary = "A CronJob does not say what happens when the last run is not done.",
                  .severity = Severity::Hint,
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/",
                   "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/"},
    .examples =
        {{"a job of which nothing is said", "job.yaml",
          "apiVersion: batch/v1\nkind: Job\nmetadata: {name: <|<|load|>|>}\nspec:\n  template:\n    spec:\n"
          "      restartPolicy: Never\n      containers: [{name: load, image: \"load:1.4.2\"}]\n"},
         {"one that is started again and again", "job.yaml",
          "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: <|<|<|backup|>|>|>\nspec:\n  schedule: \"0 3 * * "
          "*\" # "
          "night\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n"
          "          containers: [{name: backup, image: \"backup:1.4.2\"}]\n",
          "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: backup\nspec:\n  schedule: \"0 3 * * *\" # "
          "night\n  concurrencyPolicy: Forbid\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          "
          "restartPolicy: Never\n          containers: [{name: backup, image: \"backup:1.4.2\"}]\n"},
         {"cleared away by two rules, and a deadline that is too short", "job.yaml",
          "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: backup}\nspec:\n  schedule: \"0 3 * * *\"\n"
          "  startingDeadlineSeconds: <|5|>\n  concurrencyPolicy: Replace\n  jobTemplate:\n    spec:\n"
          "      <|ttlSecondsAfterFinished|>: 60\n      activeDeadlineSeconds: 600\n      template:\n        spec:\n"
          "          restartPolicy: Never\n          containers: [{name: backup, image: \"backup:1.4.2\"}]\n",
          "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: backup}\nspec:\n  schedule: \"0 3 * * *\"\n"
          "  startingDeadlineSeconds: 5\n  concurrencyPolicy: Replace\n  jobTemplate:\n    spec:\n"
          "      activeDeadlineSeconds: 600\n      template:\n        spec:\n"
          "          restartPolicy: Never\n          containers: [{name: backup, image: \"backup:1.4.2\"}]\n"},
         {"all is said", "job.yaml",
          "apiVersion: batch/v1\nkind: Job\nmetadata: {name: load}\nspec:\n  ttlSecondsAfterFinished: 86400\n"
          "  template:\n    spec:\n      activeDeadlineSeconds: 600\n      restartPolicy: Never\n"
          "      containers: [{name: load, image: \"load:1.4.2\"}]\n---\n"
          "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: backup}\nspec:\n  schedule: \"0 3 * * *\"\n"
          "  startingDeadlineSeconds: ${DEADLINE}\n  concurrencyPolicy: Forbid\n  jobTemplate:\n    spec:\n"
          "      activeDeadlineSeconds: 600\n      template:\n        spec:\n"
          "          restartPolicy: Never\n          containers: [{name: backup, image: \"backup:1.4.2\"}]\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
