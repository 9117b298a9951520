#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/selector.h"

namespace quaymaster::kubernetes {

/// A port that an object opens or names.
struct BriefPort {
  std::string name;          ///< empty when it has none
  std::uint32_t number = 0;  ///< of a container or a Service; 0 when a name or a placeholder stands there

  friend bool operator==(const BriefPort&, const BriefPort&) = default;
};

/// What one object shows to others that refer to it: kept for every manifest of a workspace, without its text.
struct Brief {
  std::string api_version;
  std::string kind;
  std::string name;                           ///< empty with `generateName`
  std::optional<std::string> namespace_name;  ///< empty optional: not written
  Labels labels;
  Labels pod_labels;                                    ///< of the pod template, or of the Pod itself
  std::optional<LabelSelector> selector;                ///< of workloads, Services, budgets and network policies
  std::vector<BriefPort> ports;                         ///< of all containers, or of a Service
  std::vector<std::string> keys;                        ///< of the data of a ConfigMap or Secret
  std::optional<std::int64_t> replicas;                 ///< as written
  std::optional<std::int64_t> min_replicas;             ///< of an autoscaler
  std::string target_kind, target_name;                 ///< what an autoscaler scales
  std::optional<bool> automount_service_account_token;  ///< of a ServiceAccount
  std::vector<std::string> access_modes;                ///< of a claim
  bool runs_pods = false;

  friend bool operator==(const Brief&, const Brief&) = default;
};

/// Those of all objects of a document, in its order.
[[nodiscard]] std::vector<Brief> briefs_of(const Manifest& manifest);

}  // namespace quaymaster::kubernetes
