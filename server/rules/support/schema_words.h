#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "model/schema/schema.h"
#include "model/schema/violations.h"

/// What the rules over the schema of a format have in common.
namespace quaymaster::rules {

/// What is not as the schema says in a Compose file that today's Compose reads.
[[nodiscard]] std::vector<schema::Violation> compose_violations(const compose::File& file);

/// What a value or a mapping is called: "`ports`", "an item of `ports`", "a Compose file".
[[nodiscard]] std::string subject(const schema::Violation& violation);

/// The choices in a sentence, as many as fit: "`a`, `b` or `c`".
[[nodiscard]] std::string one_of(const std::vector<std::string_view>& choices);

}  // namespace quaymaster::rules
