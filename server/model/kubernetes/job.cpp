#include "model/kubernetes/job.h"

#include "model/kubernetes/object.h"

namespace quaymaster::kubernetes {

std::optional<JobSettings> job_settings_of(const Workload& workload) {
  if (workload.custom) return std::nullopt;
  JobSettings settings;
  const yaml::Value& object = workload.object.value;
  if (workload.object.kind == "Job")
    settings.spec = object.get("spec");
  else if (workload.object.kind == "CronJob")
    settings.spec = object.get({"spec", "jobTemplate", "spec"});
  else
    return std::nullopt;
  settings.of_cron_job = workload.object.kind == "CronJob";
  settings.kept = count_of(settings.spec, "ttlSecondsAfterFinished");
  settings.deadline = count_of(settings.spec, "activeDeadlineSeconds");
  if (!settings.deadline) settings.deadline = count_of(workload.pod_spec, "activeDeadlineSeconds");
  settings.retries = count_of(settings.spec, "backoffLimit");
  return settings;
}

std::optional<CronJobSettings> cron_job_settings_of(const Workload& workload) {
  if (workload.custom || workload.object.kind != "CronJob") return std::nullopt;
  CronJobSettings settings;
  settings.spec = workload.object.value.get("spec");
  settings.start_deadline = count_of(settings.spec, "startingDeadlineSeconds");
  settings.concurrency = setting_of(settings.spec, "concurrencyPolicy");
  return settings;
}

}  // namespace quaymaster::kubernetes
