#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "model/yaml/document.h"
#include "model/yaml/value.h"

namespace quaymaster::tests {

[[nodiscard]] std::shared_ptr<const yaml::Document> parse_yaml(std::string_view text);

/// A value on one line: `{a: "text", b: [null], c: ^"shared"}`. Merge keys are looked through.
[[nodiscard]] std::string dump(const yaml::Value& value);

/// The problems on one line: `syntax(text) duplicate-key(text)`.
[[nodiscard]] std::string dump_problems(const yaml::Document& document);

}  // namespace quaymaster::tests
