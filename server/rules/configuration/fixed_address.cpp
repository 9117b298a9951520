#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/container/container.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule fixed_address;
namespace {

constexpr std::size_t kParts = 4;

/// The four numbers of an IPv4 address that `text` is.
std::optional<std::array<std::uint8_t, kParts>> ipv4_of(std::string_view text) {
  std::array<std::uint8_t, kParts> parts{};
  for (std::size_t i = 0; i < kParts; ++i) {
    const std::size_t end = i + 1 < kParts ? text.find('.') : text.size();
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + end, parts.at(i));
    if (error != std::errc() || stop != text.data() + end) return std::nullopt;
    text.remove_prefix(end + (i + 1 < kParts ? 1 : 0));
  }
  return parts;
}

/// An address of a network of one's own (RFC 1918).
bool is_private(std::string_view host) {
  const auto parts = ipv4_of(host);
  if (!parts) return false;
  const auto [a, b, c, d] = *parts;
  return a == 10 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168);
}

/// The host of `scheme://user@host:port/path` or of `host:port`; nothing of a list or a network (`10.0.0.0/8`).
std::string_view host_of(std::string_view value) {
  const std::size_t scheme = value.find("://");
  if (scheme != std::string_view::npos) {
    value.remove_prefix(scheme + 3);
    value = value.substr(0, value.find_first_of("/?#"));
  }
  if (const std::size_t user = value.rfind('@'); user != std::string_view::npos) value.remove_prefix(user + 1);
  const std::string_view host = value.substr(0, value.find(':'));
  return host.find_first_of(",/ ") == std::string_view::npos ? host : std::string_view();
}

void check_environment(const container::Container& container, RuleContext& ctx) {
  if (ctx.language() != Language::Kubernetes) return;
  for (const container::EnvironmentEntry& entry : container.environment) {
    if (!entry.value || !entry.literal || !is_private(host_of(*entry.value))) continue;
    ctx.report({.variant = "variable",
                .range = entry.value_range,
                .message = quoted(entry.name, 32) + " is the address of one machine: elsewhere it is another"});
  }
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  const std::optional<yaml::Entry> entry = workload.pod_spec.entry("hostAliases");
  if (!entry || !entry->value.is_sequence() || entry->value.items().empty()) return;
  ctx.report({.variant = "host-alias",
              .range = entry->key_range,
              .message = "the pod knows machines by fixed addresses, whatever the DNS says",
              .fixes = removal(*workload.pod_spec.document(), entry->key_range, entry->shared || entry->value.shared(),
                               "Leave names to the DNS",
                               "The names have to be known there: a Service with `externalName`, or one without a "
                               "selector and an EndpointSlice.")});
}

}  // namespace

constinit const Rule fixed_address = checked({
    .name = "fixed-address",
    .family = Family::Configuration,
    .title = "A manifest names another machine by its address.",
    .consequence =
        "The database is moved to a new host, the DNS entry follows within a minute, and half of the services find it. "
        "The other half has `10.20.3.7` in its manifests, in three repositories, and connects to a machine that "
        "answers no more.",
    .fine_when = "The address is the same in every environment and belongs to the network, as that of a DNS server.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "host-alias",
                  .summary = "`hostAliases` writes addresses into the pod's `/etc/hosts`.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "trivy:KSV-0007"}, {Language::Kubernetes, "kubesec:HostAliases"}},
                  .languages = Language::Kubernetes},
                 {.name = "variable",
                  .summary = "A variable has a private IPv4 address, by itself or in a URL.",
                  .severity = Severity::Hint,
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/",
                   "https://12factor.net/config"},
    .examples =
        {{"names of one's own", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: web\nspec:\n  <|hostAliases|>:\n    - ip: 10.20.3.7\n"
          "      hostnames: [db.example.org]\n  containers:\n    - name: web\n"
          "      image: shop/web:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n"
          "    - name: web\n      image: shop/web:1.4.2\n"},
         {"addresses in variables", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: shop/web:1.4.2\n"
          "      env:\n        - {name: DB_HOST, value: <|10.20.3.7|>}\n"
          "        - {name: API, value: <|\"http://192.168.4.20:8080/v1\"|>}\n"},
         {"names, networks and versions", "pod.yaml",
          "apiVersion: v1\n"
          "kind: Pod\nmetadata:\n  name: web\nspec:\n  hostAliases: []\n  containers:\n    - name: web\n"
          "      image: shop/web:1.4.2\n      env:\n        - {name: DB_HOST, value: db.shop.svc}\n"
          "        - {name: NETWORK, value: 10.0.0.0/8}\n        - {name: BIND, value: \"0.0.0.0:8080\"}\n"
          "        - {name: VERSION, value: 10.2.1}\n        - {name: NO_PROXY, value: \"10.20.3.7,localhost\"}\n"
          "        - {name: PEER, value: $(HOST)}\n"}},
    .checks = {on(check_environment), on(check_workload)},
});

}  // namespace quaymaster::rules
