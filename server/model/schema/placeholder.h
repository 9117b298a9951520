#pragma once
#include <string_view>

namespace quaymaster::schema {

/// Whether a manifest's text, or a part of it, is there to be filled in before the manifest is applied: `${NAME}`,
/// `{{ name }}`, `<name>`, `__NAME__`, `%name%`, `@name@`, `ENC[…]`.
[[nodiscard]] bool is_placeholder(std::string_view text);

/// Whether the text is a name in capital letters (`REPLICAS`): where a number belongs, it stands for one.
[[nodiscard]] bool is_placeholder_name(std::string_view text);

}  // namespace quaymaster::schema
