#pragma once
#include <string_view>

#include <nlohmann/json.hpp>

namespace quaymaster::tests {

/// Our model of a Dockerfile in the words of BuildKit's parser: `Escape`, and for each instruction in `Nodes` its
/// `Cmd`, `Start` and `End` (lines from 1), `Flags`, `Args`, `JSON` and `Heredocs` when there are any, and `Sub` for
/// the instruction under ONBUILD. `Cmd` of an instruction that BuildKit knows is as written; `Args` of others is one
/// empty string.
[[nodiscard]] nlohmann::json builder_view(std::string_view text);

/// One line for each place where `ours` differs from `builders`, an answer of BuildKit's parser of the same form; empty
/// when they say the same. What only one of them knows (comments, the text as written, errors) is not compared.
[[nodiscard]] std::string differences(const nlohmann::json& ours, const nlohmann::json& builders);

}  // namespace quaymaster::tests
