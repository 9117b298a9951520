#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "quaymaster/text.h"

namespace quaymaster::compose {

/// The short syntax of a port, `[[ip:][host]:]container[/protocol]`, taken apart. Parts are as written; ranges of ports
/// stay ranges ("3000-3005").
struct ShortPort {
  std::string host_ip;  ///< without the brackets of IPv6
  std::string host;
  std::string container;
  std::string protocol = "tcp";
  TextRange host_range;  ///< ip and host, in the parsed text; empty at the beginning when there is none
};

/// Nothing for what is no port.
[[nodiscard]] std::optional<ShortPort> parse_port(std::string_view text);

/// The port of "80"; nothing for a range, or what is no port.
[[nodiscard]] std::optional<std::uint16_t> single_port(std::string_view text);

}  // namespace quaymaster::compose
