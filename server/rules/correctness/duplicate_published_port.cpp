#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "rules/rule_context.h"
#include "rules/support/compose_services.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule duplicate_published_port;
namespace {

/// So many ports that are still open are compared with the next one.
constexpr std::size_t kCompared = 64;

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

/// "80" or "8000-8010".
std::optional<Range> parse_range(std::string_view text) {
  const auto number = [](std::string_view digits) -> std::optional<std::uint32_t> {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value > 65535) return std::nullopt;
    return value;
  };
  const std::size_t dash = text.find('-');
  const std::optional<std::uint32_t> first = number(text.substr(0, dash));
  const std::optional<std::uint32_t> last = dash == std::string_view::npos ? first : number(text.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return Range{*first, *last};
}

/// Ports of the host that a service is given.
struct Use {
  const compose::Service* service;
  const compose::Port* port;
  Range host;
  bool one_of_them;  ///< a range of which the engine takes what is free
};

bool is_every_address(std::string_view ip) { return ip.empty() || ip == "0.0.0.0" || ip == "::"; }

/// Whether both would listen at one address.
bool addresses_meet(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const bool b_is_v6 = b.find(':') != std::string_view::npos;
  const bool a_is_v6 = a.find(':') != std::string_view::npos;
  if (a.empty() || b.empty()) return true;
  return a_is_v6 == b_is_v6 && (is_every_address(a) || is_every_address(b));
}

std::vector<Use> uses_of(const compose::File& file) {
  std::vector<Use> uses;
  for (const compose::Service& service : file.services) {
    if (service.network_mode || service.container.template_only) continue;
    for (const compose::Port& port : service.ports) {
      const std::optional<Range> host = parse_range(port.host);
      if (!port.known || port.shared || !host || host->last == 0) continue;  // 0: any that is free
      const std::optional<Range> container = parse_range(port.container);
      const bool one_of_them =
          host->first != host->last && container && container->last - container->first != host->last - host->first;
      uses.push_back({&service, &port, *host, one_of_them});
    }
  }
  return uses;
}

void report(const Use& earlier, const Use& later, RuleContext& ctx) {
  const bool same_service = earlier.service == later.service;
  const std::string owner = same_service ? std::string("this service") : quoted(earlier.service->name, 24);
  Report report{.variant = "port", .range = later.port->range, .message = {}};
  if (earlier.one_of_them || later.one_of_them) {
    report.variant = "range";
    report.message = owner + " may take a port of " + later.port->host + ", too: whoever starts first gets it";
  } else {
    report.message = "port " + std::to_string(std::max(earlier.host.first, later.host.first)) +
                     " of the host is taken by " + owner + " already";
  }
  report.related.push_back({earlier.port->range, "published here"});
  ctx.report(std::move(report));
}

bool clash(const Use& a, const Use& b) {
  return addresses_meet(a.port->host_ip, b.port->host_ip) && !profiles_exclude(*a.service, *b.service);
}

/// Ports of one protocol, those of lower numbers first.
void check_protocol(std::vector<Use>& uses, RuleContext& ctx) {
  std::ranges::stable_sort(uses, {}, [](const Use& use) { return use.host.first; });
  std::vector<const Use*> open;
  for (const Use& use : uses) {
    std::erase_if(open, [&](const Use* other) { return other->host.last < use.host.first; });
    // A certain clash says more than one that may be.
    const Use* found = nullptr;
    for (const Use* other : open) {
      if (!clash(*other, use)) continue;
      if (found == nullptr || (found->one_of_them && !other->one_of_them)) found = other;
    }
    if (found != nullptr) {
      const bool in_order = found->port->range.begin < use.port->range.begin;
      report(in_order ? *found : use, in_order ? use : *found, ctx);
    }
    if (open.size() < kCompared) open.push_back(&use);
  }
}

void check(const compose::File& file, RuleContext& ctx) {
  std::map<std::string, std::vector<Use>> by_protocol;
  for (const Use& use : uses_of(file)) by_protocol[use.port->protocol].push_back(use);
  for (auto& [protocol, uses] : by_protocol) check_protocol(uses, ctx);
}

}  // namespace

constinit const Rule duplicate_published_port = checked({
    .name = "duplicate-published-port",
    .family = Family::Correctness,
    .title = "Two containers want the same port of the host.",
    .consequence =
        "`docker compose up` starts one of them, and the other one fails with `Bind for 0.0.0.0:8080 failed: port is "
        "already allocated`. Which of the two runs changes from start to start.",
    .fine_when = "The services are never started together.",
    .fix = FixAvailability::None,
    .variants = {{.name = "port",
                  .summary = "The same port of the same address is published twice.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Compose, "dclint:no-duplicate-exported-ports"}},
                  .languages = Language::Compose},
                 {.name = "range",
                  .summary = "A container takes a free port of a range in which another one wants a port.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Compose, "dclint:no-duplicate-exported-ports"}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#ports"},
    .examples =
        {{"one port for two services", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    ports: [\"8080:80\"]\n  api:\n    image: "
          "shop/api:1.4.2\n    ports:\n      - <|target: 8000\n        published: \"8080\"|>\n"},
         {"within a range", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    ports: [\"8000-8010:8000-8010\"]\n  api:\n    image: "
          "shop/api:1.4.2\n    ports: [\"<|127.0.0.1:8003:80|>\"]\n"},
         {"one of a range", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    ports: [\"8000-8010:80\"]\n  api:\n    image: "
          "shop/api:1.4.2\n    ports: [\"<|8003:80|>\"]\n"},
         {"other addresses and protocols", "compose.yaml",
          "services:\n  dns:\n    image: shop/dns:1.4.2\n    ports: [\"127.0.0.1:53:53\", \"127.0.0.1:53:53/udp\", "
          "\"10.0.0.1:53:53\", \"[::1]:53:53\"]\n"},
         {"ports of the containers", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    ports: [\"80\", \"${PORT}:443\"]\n  api:\n    image: "
          "shop/api:1.4.2\n    ports: [\"80\", \"${PORT}:443\"]\n"},
         {"never together", "compose.yaml",
          "services:\n  cpu:\n    image: shop/ai:1.4.2\n    ports: [\"8080:80\"]\n    profiles: [cpu]\n  gpu:\n    "
          "image: shop/ai:1.4.2-gpu\n    ports: [\"8080:80\"]\n    profiles: [gpu]\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
