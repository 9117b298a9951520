#include "rules/support/simulated_pod.h"

#include <algorithm>
#include <string_view>

#include "model/kubernetes/node_choice.h"
#include "text/one_of.h"

namespace quaymaster::rules {

bool is_simulated(const kubernetes::Workload& workload) {
  constexpr std::string_view kTaint = "kwok.x-k8s.io/node";
  constexpr std::string_view kPlaceholders[] = {"fake-image", "fake", "placeholder"};
  const auto asks_for_kwok = [](const kubernetes::NodeLabel& label) {
    return label.key == kTaint || (label.key == "type" && one_of(label.values, "kwok"));
  };
  const auto is_placeholder = [&](const kubernetes::PodContainer& container) {
    return container.container.image && one_of(kPlaceholders, container.container.image->reference.repository);
  };
  return one_of(kubernetes::tolerated_taints(workload), kTaint) ||
         std::ranges::any_of(kubernetes::wanted_node_labels(workload), asks_for_kwok) ||
         std::ranges::any_of(workload.containers, is_placeholder);
}

}  // namespace quaymaster::rules
