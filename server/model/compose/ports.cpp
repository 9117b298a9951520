#include "model/compose/ports.h"

#include <charconv>

namespace quaymaster::compose {
namespace {

/// "80" or "8000-8010".
bool is_port(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return single_port(text).has_value();
  return single_port(text.substr(0, dash)) && single_port(text.substr(dash + 1));
}

}  // namespace

std::optional<std::uint16_t> single_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return port;
}

std::optional<ShortPort> parse_port(std::string_view text) {
  ShortPort port;
  std::string_view rest = text;
  if (const std::size_t slash = rest.rfind('/'); slash != std::string_view::npos) {
    port.protocol = rest.substr(slash + 1);
    rest = rest.substr(0, slash);
  }
  const std::size_t colon = rest.rfind(':');
  port.container = colon == std::string_view::npos ? rest : rest.substr(colon + 1);
  if (!is_port(port.container)) return std::nullopt;
  if (colon == std::string_view::npos) return port;

  std::string_view host = rest.substr(0, colon);
  port.host_range = {0, static_cast<std::uint32_t>(colon)};
  if (host.starts_with('[')) {
    const std::size_t close = host.find(']');
    if (close == std::string_view::npos || (close + 1 < host.size() && host[close + 1] != ':')) return std::nullopt;
    port.host_ip = host.substr(1, close - 1);
    host = close + 1 < host.size() ? host.substr(close + 2) : std::string_view();
  } else if (const std::size_t before = host.rfind(':'); before != std::string_view::npos) {
    port.host_ip = host.substr(0, before);
    host = host.substr(before + 1);
  } else if (!is_port(host)) {
    port.host_ip = host;
    host = {};
    if (port.host_ip.find('.') == std::string::npos) return std::nullopt;
  }
  if (!host.empty() && !is_port(host)) return std::nullopt;
  port.host = host;
  return port;
}

}  // namespace quaymaster::compose
