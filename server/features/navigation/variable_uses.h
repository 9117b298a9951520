#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/text.h"

namespace quaymaster {

/// The name of a variable where its value is asked for: X of `$X` or `${X:-y}`.
struct VariableName {
  std::string text;
  TextRange range;  ///< the name alone, in the bytes that were looked through

  friend bool operator==(const VariableName&, const VariableName&) = default;
};

/// Letters, digits and '_', and no digit first.
[[nodiscard]] bool is_variable_name(std::string_view text);
/// The length of the variable name that `text` begins with; 0 when it begins with none.
[[nodiscard]] std::uint32_t variable_name_length(std::string_view text);

/// Every variable that the builder may ask for in `word` (Dockerfile reference, "Environment replacement"), those in
/// defaults that are not needed included. `quotes`: quotes mean something; they do not in the body of a heredoc.
[[nodiscard]] std::vector<VariableName> variable_uses(std::string_view word, char escape, bool quotes);

}  // namespace quaymaster
