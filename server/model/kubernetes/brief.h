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
  bool pods_known = true;  ///< false: a placeholder stands in a label of the pods, or a tool fills in more of them
  bool keys_known = true;  ///< false: `keys` are not all
  bool headless = false;   ///< a Service without an address of its own
  bool ingress = false;    ///< a network policy that isolates its pods from what comes in
  bool egress = false;     ///< … from what goes out
  bool allows_ingress = false, allows_egress = false;  ///< a network policy with rules for the direction

  friend bool operator==(const Brief&, const Brief&) = default;
};

/// One for each of `objects`, in order.
[[nodiscard]] std::vector<Brief> briefs_of(const std::vector<Object>& objects);

}  // namespace quaymaster::kubernetes
