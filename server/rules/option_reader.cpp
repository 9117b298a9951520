#include "rules/option_reader.h"

namespace quaymaster {

std::optional<OptionValue> read_option(const RuleOption& option, const yaml::Value& value) {
  switch (option.kind) {
    case RuleOption::Kind::Boolean:
      if (const auto flag = value.boolean()) return *flag;
      return std::nullopt;
    case RuleOption::Kind::Integer:
      if (const auto number = value.integer()) return *number;
      return std::nullopt;
    case RuleOption::Kind::Strings: break;
  }
  StringList list;
  if (!value.is_sequence()) {
    const auto only = value.string();
    if (!only) return std::nullopt;
    list.emplace_back(*only);
  }
  for (const yaml::Element& element : value.items()) {
    const auto text = element.value.string();
    if (!text) return std::nullopt;
    list.emplace_back(*text);
  }
  return list;
}

std::string_view wanted(RuleOption::Kind kind) {
  switch (kind) {
    case RuleOption::Kind::Boolean: return "true or false";
    case RuleOption::Kind::Integer: return "a whole number";
    case RuleOption::Kind::Strings: return "a list of strings";
  }
  return {};
}

}  // namespace quaymaster
