#pragma once
#include <optional>

#include "model/kubernetes/kubernetes.h"
#include "model/shell/script_parser.h"

namespace quaymaster::kubernetes {

/// The workload that `object` is; nothing for an object that runs no pods.
[[nodiscard]] std::optional<Workload> read_workload(const Object& object, shell::ScriptParser& scripts);

/// The mapping with `metadata` and `spec` of the pods that `object` makes: the object itself for a Pod. Absent for an
/// object that runs none; for a built-in kind it is there even if it has no `spec`.
[[nodiscard]] yaml::Value pod_template_of(const Object& object);

/// The volumes of a pod, and of a StatefulSet's claim templates.
[[nodiscard]] std::vector<Volume> volumes_of(const yaml::Value& pod_spec, const yaml::Value& claim_templates);

}  // namespace quaymaster::kubernetes
