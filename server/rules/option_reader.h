#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "model/yaml/value.h"
#include "quaymaster/config.h"

namespace quaymaster {

/// The value of an option as YAML has it; empty when it is of another type.
[[nodiscard]] std::optional<OptionValue> read_option(const RuleOption& option, const yaml::Value& value);

/// What an option wants to be, for a message: "a list of strings".
[[nodiscard]] std::string_view wanted(RuleOption::Kind kind);

}  // namespace quaymaster
