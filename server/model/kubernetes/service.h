#pragma once
#include <optional>
#include <string>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/yaml/value.h"

/// How traffic gets to pods. All ranges are in the YAML document.
namespace quaymaster::kubernetes {

/// A Service.
struct Service {
  std::optional<Setting> type;  ///< as written; ClusterIP when it is not
  yaml::Value selector;         ///< the mapping of labels; absent, it selects nothing
  std::vector<Setting> external_ips;
  std::optional<Setting> load_balancer_ip;
};

/// Whether the Service leads to the pods of `workload`: all its labels are theirs, in one namespace.
[[nodiscard]] bool leads_to(const Object& object, const Service& service, const Workload& workload);

/// Nothing for an object of another kind, Knative's Service among them.
[[nodiscard]] std::optional<Service> service_of(const Object& object);

/// Whether `object` is an Ingress of Kubernetes, of whatever version.
[[nodiscard]] bool is_ingress(const Object& object);

/// One of `metadata.annotations`.
struct Annotation {
  std::string key;
  Setting value;
};

/// Those with a text, in order.
[[nodiscard]] std::vector<Annotation> annotations_of(const Object& object);

}  // namespace quaymaster::kubernetes
