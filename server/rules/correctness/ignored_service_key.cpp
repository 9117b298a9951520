#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "model/compose/compose.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule ignored_service_key;
namespace {

/// Keys that describe a container.
constexpr std::string_view kContainerKeys[] = {
    "build",   "cap_add",      "cap_drop",     "command",     "container_name", "devices",
    "dns",     "entrypoint",   "expose",       "extra_hosts", "healthcheck",    "hostname",
    "image",   "init",         "ipc",          "logging",     "mem_limit",      "network_mode",
    "pid",     "platform",     "ports",        "privileged",  "pull_policy",    "read_only",
    "restart", "runtime",      "security_opt", "shm_size",    "stdin_open",     "stop_signal",
    "sysctls", "tmpfs",        "tty",          "ulimits",     "user",           "userns_mode",
    "volumes", "volumes_from", "working_dir",
};

void check(const compose::Service& service, RuleContext& ctx) {
  if (!service.has_provider) return;
  const std::optional<yaml::Entry> provider = service.entry("provider");
  for (const yaml::Entry& entry : service.value.entries()) {
    if (std::ranges::find(kContainerKeys, entry.key) == std::end(kContainerKeys)) continue;
    Report report{.range = entry.key_range,
                  .message = "the provider ignores " + quoted(entry.key) + ": no container is made of this service",
                  .tag = DiagnosticTag::Unnecessary};
    if (provider) report.related.push_back({provider->key_range, "the provider"});
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule ignored_service_key = checked({
    .name = "ignored-service-key",
    .family = Family::Correctness,
    .title = "A service of a provider describes a container that there is not.",
    .consequence =
        "The database comes from a `provider`, and `ports: [\"5432:5432\"]` is still there from the time when it was a "
        "container. Nothing listens at 5432; who looks at the file believes that it does.",
    .fine_when = "The key is read by the provider's own tool.",
    .fix = FixAvailability::None,
    .variants = {{.name = "",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/compose/how-tos/provider-services/"},
    .examples = {{"ports of nothing", "compose.yaml",
                  "services:\n  db:\n    provider: {type: cloud-db}\n    <|ports|>: [\"5432:5432\"]\n    <|image|>: "
                  "postgres:17.2\n"},
                 {"what counts for a provider", "compose.yaml",
                  "services:\n  db:\n    provider: {type: cloud-db}\n    depends_on: [net]\n    profiles: [cloud]\n  "
                  "net:\n    provider: {type: cloud-net, options: {size: 2}}\n    x-note: a\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
