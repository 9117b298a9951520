#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"

/// The verdict of the pod security standards on a workload as a whole, for whoever has to know it without the findings.
namespace quaymaster::rules {

enum class PodSecurityLevel : std::uint8_t { Privileged, Baseline, Restricted };

/// "privileged", "baseline" or "restricted".
[[nodiscard]] std::optional<PodSecurityLevel> pod_security_level(std::string_view label);

/// The names of the controls of the standard (Kubernetes 1.37) that refuse the pod, in a few words each: "hostPath",
/// "runAsNonRoot". Empty when it is let in. What placeholders stand for is not known and refuses nothing.
[[nodiscard]] std::vector<std::string_view> violated_controls(const kubernetes::Workload& workload,
                                                              PodSecurityLevel level);

}  // namespace quaymaster::rules
