#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/quantity.h"

namespace quaymaster::kubernetes {

/// How much is asked for, or allowed.
struct ResourceAmount {
  std::string text;                  ///< as written
  std::optional<Quantity> quantity;  ///< empty for a placeholder, or for what is no quantity
  TextRange key_range;
  TextRange value_range;  ///< without quotes
  bool shared = false;
  yaml::Value value;

  /// Nothing in effect: zero is taken for "not set".
  [[nodiscard]] bool zero() const { return quantity && quantity->zero(); }
};

/// What is said about one resource: `cpu`, `memory`, `ephemeral-storage`, `nvidia.com/gpu` …
struct Resource {
  std::string name;
  std::optional<ResourceAmount> request;
  std::optional<ResourceAmount> limit;

  [[nodiscard]] bool has_request() const { return request && !request->zero(); }
  [[nodiscard]] bool has_limit() const { return limit && !limit->zero(); }
};

/// `resources` of a container or of a pod.
struct Resources {
  std::vector<Resource> named;  ///< requests in their order, then what has limits only
  /// A part is a placeholder or of the wrong type: nothing may be concluded from what is absent.
  bool unknown = false;

  /// Of `name`; without request and limit when nothing is said about it.
  [[nodiscard]] Resource of(std::string_view name) const;
};

[[nodiscard]] Resources resources_of(const PodContainer& container);
/// Those that the containers of the pod share (`spec.resources` of the pod).
[[nodiscard]] Resources pod_resources_of(const Workload& workload);

}  // namespace quaymaster::kubernetes
