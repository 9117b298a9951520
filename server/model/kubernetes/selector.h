#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/yaml/value.h"

namespace quaymaster::kubernetes {

/// `metadata.labels`: keys and values as written, in order.
using Labels = std::vector<std::pair<std::string, std::string>>;

/// One of `matchExpressions`.
struct LabelRequirement {
  enum class Operator : std::uint8_t { In, NotIn, Exists, DoesNotExist, Unknown };
  std::string key;
  Operator op = Operator::Unknown;
  std::vector<std::string> values;

  friend bool operator==(const LabelRequirement&, const LabelRequirement&) = default;
};

/// A label selector: all of it has to hold. Empty, it selects everything.
struct LabelSelector {
  Labels match_labels;
  std::vector<LabelRequirement> expressions;
  bool unknown = false;  ///< a part is a placeholder or of the wrong type: what it selects is not known

  [[nodiscard]] bool empty() const { return match_labels.empty() && expressions.empty(); }
  friend bool operator==(const LabelSelector&, const LabelSelector&) = default;
};

/// The selector that a mapping with `matchLabels` and `matchExpressions` writes down.
[[nodiscard]] LabelSelector label_selector_of(const yaml::Value& value);
/// The selector of a Service or ReplicationController, which is a mapping of labels alone.
[[nodiscard]] LabelSelector plain_selector_of(const yaml::Value& value);
[[nodiscard]] Labels labels_of(const yaml::Value& mapping);

/// Whether `labels` are selected. False for a selector that is not known.
[[nodiscard]] bool selects(const LabelSelector& selector, const Labels& labels);

}  // namespace quaymaster::kubernetes
