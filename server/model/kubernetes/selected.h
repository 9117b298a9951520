#pragma once
#include <optional>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/selector.h"
#include "model/yaml/value.h"
#include "quaymaster/text.h"

namespace quaymaster::kubernetes {

/// A selector with its place.
struct SelectorAt {
  LabelSelector selector;
  TextRange key_range;  ///< `selector`, `podSelector`
  yaml::Value value;    ///< the mapping with the labels or the expressions
  yaml::Value labels;   ///< the mapping of the labels alone; absent when there is none
};

/// What `object` selects with the selector of its `spec`: pods; ServiceMonitors select Services. Nothing when none is
/// written.
[[nodiscard]] std::optional<SelectorAt> selector_of(const Object& object);

/// The pods that the rules of a network policy name, of its own namespace.
[[nodiscard]] std::vector<SelectorAt> peer_selectors_of(const Object& object);

}  // namespace quaymaster::kubernetes
