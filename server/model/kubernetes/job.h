#pragma once
#include <optional>

#include "model/kubernetes/count.h"
#include "model/kubernetes/kubernetes.h"

namespace quaymaster::kubernetes {

/// What a Job says about its runs; or a CronJob about its Jobs.
struct JobSettings {
  bool of_cron_job = false;
  yaml::Value spec;               ///< the one of the Job
  std::optional<Count> kept;      ///< `ttlSecondsAfterFinished`
  std::optional<Count> deadline;  ///< `activeDeadlineSeconds`, of the Job or of its pods
  std::optional<Count> retries;   ///< `backoffLimit`
};
/// Of a built-in Job or CronJob.
[[nodiscard]] std::optional<JobSettings> job_settings_of(const Workload& workload);

/// When a CronJob starts its Jobs.
struct CronJobSettings {
  yaml::Value spec;
  std::optional<Count> start_deadline;  ///< `startingDeadlineSeconds`
  std::optional<Setting> concurrency;   ///< `concurrencyPolicy`
};
[[nodiscard]] std::optional<CronJobSettings> cron_job_settings_of(const Workload& workload);

}  // namespace quaymaster::kubernetes
