#pragma once
#include <optional>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "quaymaster/text.h"

namespace quaymaster::rules {

/// The edits that give the rules of an Ingress of a beta version the form of `networking.k8s.io/v1`, its apiVersion
/// aside: `serviceName` and `servicePort` become `service`, `backend` of the whole `defaultBackend`, and a path says
/// the type that it had by default. Nothing where a part is not as it was in the beta versions, or is shared.
[[nodiscard]] std::optional<std::vector<Edit>> ingress_rewrite(const kubernetes::Object& ingress);

}  // namespace quaymaster::rules
