#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/document_model.h"
#include "features/completion/completion.h"
#include "features/completion/yaml_sketch.h"

/// What each format has to offer. Offsets are absolute.
namespace quaymaster {

[[nodiscard]] Completions dockerfile_completions(const Analysis& analysis, const DockerfileModel& model,
                                                 std::uint32_t offset);
[[nodiscard]] Completions compose_completions(const Analysis& analysis, std::uint32_t offset);
[[nodiscard]] Completions kubernetes_completions(const Analysis& analysis, std::uint32_t offset);

/// The variable that is typed in front of the cursor: `$NA` or `${NA`.
struct TypedVariable {
  TextRange name;       ///< the whole name, on both sides of the cursor
  bool opened = false;  ///< a brace is open that nothing closes
};
[[nodiscard]] std::optional<TypedVariable> typed_variable(std::string_view text, std::uint32_t offset);
/// Items that write the variables `names`.
[[nodiscard]] Completions variable_completions(const TypedVariable& typed, const std::vector<std::string>& names);

}  // namespace quaymaster
