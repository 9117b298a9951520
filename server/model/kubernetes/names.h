#pragma once
#include <string_view>

/// How names and labels may be spelt.
namespace quaymaster::kubernetes {

/// At most 63 small letters, digits and `-`, with a letter or a digit at both ends (RFC 1123).
[[nodiscard]] bool is_dns_label(std::string_view name);

/// The same with dots between such parts; at most 253 characters.
[[nodiscard]] bool is_dns_subdomain(std::string_view name);

/// What can be a part of a path: anything but `.`, `..`, and what has a `/` or `%` in it.
[[nodiscard]] bool is_path_segment(std::string_view name);

/// The key of a label or an annotation: at most 63 letters, digits, `-`, `_` and `.`, with a letter or a digit at both
/// ends; before it perhaps a DNS subdomain and a `/`. Case does not count in keys of annotations: make them small
/// first.
[[nodiscard]] bool is_label_key(std::string_view key);

/// The value of a label: nothing, or what may be a key without its prefix.
[[nodiscard]] bool is_label_value(std::string_view value);

}  // namespace quaymaster::kubernetes
