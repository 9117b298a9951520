#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/compose/compose.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule conflicting_network_mode;
namespace {

void add_removal(Report& report, const compose::Service& service, std::string_view key) {
  if (service.shared || !service.container.place) return;
  if (std::optional<Edit> edit = yaml::remove_pair(*service.container.place, key))
    report.fixes.push_back({"Delete " + quoted(key), Applicability::Unsafe, {*std::move(edit)}});
}

void check(const compose::Service& service, RuleContext& ctx) {
  const std::optional<compose::Text>& mode = service.network_mode;
  if (!mode || !mode->known || mode->text.empty()) return;
  const std::optional<yaml::Entry> networks = service.entry("networks");
  if (networks && !service.networks.empty()) {
    Report report{.variant = "networks",
                  .range = mode->range,
                  .message = "`networks` and `network_mode` exclude each other",
                  .related = {{networks->key_range, "the networks"}}};
    add_removal(report, service, "network_mode");
    add_removal(report, service, "networks");
    ctx.report(std::move(report));
  }
  const std::optional<yaml::Entry> ports = service.entry("ports");
  if (!ports || service.ports.empty()) return;
  if (mode->text == "host") {
    // Which of the two has to go is not known: without both, the port would not be published at all.
    ctx.report({.variant = "ports-on-host",
                .range = ports->key_range,
                .message = "`ports` has no effect: the container uses the network of the host",
                .related = {{mode->range, "because of this"}},
                .tag = DiagnosticTag::Unnecessary});
  } else if (mode->text.starts_with("service:") || mode->text.starts_with("container:")) {
    const bool of_service = mode->text.starts_with("service:");
    ctx.report({.variant = "ports-of-other",
                .range = ports->key_range,
                .message = std::string("ports are published by the ") + (of_service ? "service" : "container") +
                           " whose network this is, not here",
                .related = {{mode->range, "whose network it is"}}});
  }
}

}  // namespace

constinit const Rule conflicting_network_mode = checked({
    .name = "conflicting-network-mode",
    .family = Family::Correctness,
    .title = "A service says two things about its network that cannot both be.",
    .consequence =
        "Compose refuses the file (`declares mutually exclusive network_mode and networks`), the engine refuses the "
        "container (`conflicting options: port publishing and the container type network mode`), or a port that "
        "somebody mapped to 8080 is open as 80 on every interface of the host.",
    .fine_when = "`ports` beside `network_mode: host` is kept for a file that is read on top and resets the mode.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "networks",
                  .summary = "A service has `networks` and `network_mode`.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose},
                 {.name = "ports-on-host",
                  .summary = "A service in the network of the host has `ports`, which are ignored.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Compose},
                 {.name = "ports-of-other",
                  .summary = "A service in the network of another one has `ports`.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#network_mode",
                   "https://docs.docker.com/engine/network/drivers/host/"},
    .examples =
        {{"networks, too", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    network_mode: <|host|>\n    networks: [default]\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    networks: [default]\n"},
         {"ports that nobody publishes", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    network_mode: \"host\"\n    <|ports|>:\n      - "
          "\"8080:80\"\n"},
         {"ports in the network of another service", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    network_mode: service:vpn\n    <|ports|>: [\"8080:80\"]\n "
          " "
          "vpn:\n    image: shop/vpn:1.0.0\n"},
         {"one or the other", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    network_mode: host\n  api:\n    image: shop/api:1.4.2\n   "
          " networks: [default]\n    ports: [\"8080:80\"]\n  job:\n    image: shop/job:1.4.2\n    network_mode: "
          "${MODE}\n    ports: [\"8081:80\"]\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
