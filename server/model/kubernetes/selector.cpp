#include "model/kubernetes/selector.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "model/kubernetes/placeholder.h"

namespace quaymaster::kubernetes {
namespace {

using Operator = LabelRequirement::Operator;

Operator operator_of(std::optional<std::string_view> text) {
  constexpr std::array<std::pair<std::string_view, Operator>, 4> kOperators{{{"In", Operator::In},
                                                                             {"NotIn", Operator::NotIn},
                                                                             {"Exists", Operator::Exists},
                                                                             {"DoesNotExist", Operator::DoesNotExist}}};
  for (const auto& [name, op] : kOperators)
    if (name == text) return op;
  return Operator::Unknown;
}

bool is_known(const Labels& labels) {
  return std::ranges::none_of(
      labels, [](const auto& label) { return has_placeholder(label.first) || has_placeholder(label.second); });
}

/// Whether `mapping` has another value than texts.
bool has_other_values(const yaml::Value& mapping) {
  return std::ranges::any_of(mapping.entries(), [](const yaml::Entry& entry) { return !entry.value.is_scalar(); });
}

LabelRequirement requirement_of(const yaml::Value& value) {
  LabelRequirement requirement;
  requirement.key = value.get("key").string().value_or("");
  requirement.op = operator_of(value.get("operator").string());
  for (const yaml::Element& item : value.get("values").items())
    if (const auto text = item.value.string()) requirement.values.emplace_back(*text);
  return requirement;
}

bool is_known(const LabelRequirement& requirement) {
  return requirement.op != Operator::Unknown && !has_placeholder(requirement.key) &&
         std::ranges::none_of(requirement.values, [](const std::string& value) { return has_placeholder(value); });
}

bool holds(const LabelRequirement& requirement, const Labels& labels) {
  const auto label = std::ranges::find(labels, requirement.key, &Labels::value_type::first);
  const bool exists = label != labels.end();
  const bool listed = exists && std::ranges::find(requirement.values, label->second) != requirement.values.end();
  switch (requirement.op) {
    case Operator::In: return listed;
    case Operator::NotIn: return !listed;
    case Operator::Exists: return exists;
    case Operator::DoesNotExist: return !exists;
    case Operator::Unknown: return false;
  }
  return false;
}

}  // namespace

Labels labels_of(const yaml::Value& mapping) {
  Labels labels;
  for (const yaml::Entry& entry : mapping.entries()) labels.emplace_back(entry.key, entry.value.string().value_or(""));
  return labels;
}

LabelSelector plain_selector_of(const yaml::Value& value) {
  LabelSelector selector;
  selector.match_labels = labels_of(value);
  selector.unknown =
      (!value.is_mapping() && !value.is_null()) || has_other_values(value) || !is_known(selector.match_labels);
  return selector;
}

LabelSelector label_selector_of(const yaml::Value& value) {
  const yaml::Value match_labels = value.get("matchLabels");
  LabelSelector selector;
  if (match_labels.present()) selector = plain_selector_of(match_labels);
  if (!value.is_mapping() && !value.is_null()) selector.unknown = true;
  for (const yaml::Entry& entry : value.entries())
    if (entry.key != "matchLabels" && entry.key != "matchExpressions") selector.unknown = true;
  for (const yaml::Element& item : value.get("matchExpressions").items()) {
    selector.expressions.push_back(requirement_of(item.value));
    if (!is_known(selector.expressions.back())) selector.unknown = true;
  }
  return selector;
}

bool selects(const LabelSelector& selector, const Labels& labels) {
  if (selector.unknown) return false;
  return std::ranges::all_of(selector.match_labels,
                             [&](const auto& wanted) { return std::ranges::find(labels, wanted) != labels.end(); }) &&
         std::ranges::all_of(selector.expressions,
                             [&](const LabelRequirement& requirement) { return holds(requirement, labels); });
}

}  // namespace quaymaster::kubernetes
