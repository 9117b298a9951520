#pragma once
#include <string>
#include <string_view>

namespace quaymaster::cli {

/// ` name="value"`, with `value` as an XML 1.0 attribute can hold it: what is no character there is shown as
/// visible() shows it.
[[nodiscard]] std::string xml_attribute(std::string_view name, std::string_view value);

}  // namespace quaymaster::cli
