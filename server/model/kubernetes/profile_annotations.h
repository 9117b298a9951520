#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"

namespace quaymaster::kubernetes {

/// A security profile as it was said in an annotation before there was a field for it.
struct ProfileAnnotation {
  enum class Guard : std::uint8_t { Seccomp, AppArmor };
  Guard guard = Guard::Seccomp;
  std::string container;  ///< empty: of the pod
  std::string value;      ///< "runtime/default", "localhost/shop"
  TextRange key_range;
  bool shared = false;

  /// The type that the field has in place of the value: "RuntimeDefault"; empty for what no field can say.
  [[nodiscard]] std::string_view type() const;
  /// The profile of the node that the value names; empty when it names none.
  [[nodiscard]] std::string_view local_profile() const;
};

/// Those of the pods of a workload, in their order.
[[nodiscard]] std::vector<ProfileAnnotation> profile_annotations_of(const Workload& workload);

}  // namespace quaymaster::kubernetes
