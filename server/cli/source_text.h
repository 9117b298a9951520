#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "quaymaster/language.h"

namespace quaymaster::cli {

/// Why bytes are not a text that can be analysed ("is UTF-16 …"); empty when they are one.
[[nodiscard]] std::optional<std::string> not_a_text(std::string_view bytes);

/// The language of a text that somebody named, whatever its name: what name and content say, else what the content
/// alone says. Empty when neither does.
[[nodiscard]] std::optional<Language> language_of_named(std::string_view path, std::string_view text);

/// Whether the name is one of YAML, of which most files are none of our business.
[[nodiscard]] bool is_yaml_name(std::string_view path);

}  // namespace quaymaster::cli
