#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/development_service.h"
#include "rules/support/message.h"
#include "rules/support/start_text.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule missing_restart_policy;
namespace {

/// Whether the name says that the work is done once: "db-migrate", "init", "seed_data".
bool names_task(std::string_view name) {
  constexpr std::string_view kParts[] = {"init",   "migrat", "setup",  "seed", "job",    "task",      "backup",
                                         "build",  "cli",    "create", "once", "tool",   "provision", "install",
                                         "import", "export", "load",   "dump", "certbot"};
  const std::string lower = ascii_lower(name);
  return std::ranges::any_of(kParts, [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

/// Whether all that it starts comes to an end by itself.
bool ends(const compose::Service& service) {
  const std::vector<const container::StartCommand*> starts = start_texts(service.container);
  if (starts.empty()) return false;
  for (const container::StartCommand* start : starts)
    for (const shell::Command* command : own_commands(*start->text.script))
      if (!ends_by_itself(program_name(working_words(*command).front()))) return false;
  return true;
}

/// The services that others wait for to come to an end.
std::unordered_set<std::string_view> awaited(const compose::File& file) {
  std::unordered_set<std::string_view> names;
  for (const compose::Service& service : file.services)
    for (const compose::Dependency& dependency : service.depends_on)
      if (dependency.condition == compose::Dependency::Condition::Completed) names.insert(dependency.service.text);
  return names;
}

void check_file(const compose::File& file, RuleContext& ctx) {
  if (is_development_path(ctx.path()) || !ctx.enabled({})) return;
  const std::unordered_set<std::string_view> tasks = awaited(file);
  for (const compose::Service& service : file.services) {
    if (service.restart || service.entry("restart") || service.value.get({"deploy", "restart_policy"})) continue;
    const bool runs_on = service.container.complete && !service.container.template_only && !service.has_provider;
    if (!runs_on || !service.profiles.empty() || tasks.contains(service.name)) continue;
    if (names_task(service.name) || is_for_development(service) || ends(service)) continue;
    std::optional<Edit> edit;
    if (!service.shared && service.container.place)
      edit = yaml::insert(*service.container.place, {"restart"}, yaml::NewValue::plain("unless-stopped"));
    Report report{.range = service.name_range,
                  .message = quoted(service.name, 28) + " stays away when it fails: no restart policy"};
    if (edit)
      report.fixes.push_back({.title = "Start it again unless it was stopped",
                              .applicability = Applicability::Unsafe,
                              .edits = {*std::move(edit)},
                              .caveat = "It also starts with the host from then on. A service whose work is done once "
                                        "would be started for ever."});
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule missing_restart_policy = checked({
    .name = "missing-restart-policy",
    .family = Family::BillOfMaterials,
    .title = "Nobody starts the service again when it fails.",
    .consequence =
        "At two in the morning the kernel kills the worker, because for a second there was no memory. An hour later "
        "the host restarts after an update. Whatever has no restart policy is down until somebody notices and types "
        "`docker compose up -d`.",
    .fine_when = "It runs on a developer's machine, does its work once, or is started by something else that looks "
                 "after it, such as systemd.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#restart",
                   "https://docs.docker.com/engine/containers/start-containers-automatically/"},
    .examples =
        {{"no policy", "compose.yaml", "services:\n  <|api|>:\n    image: shop/api:1.4.2\n",
          "services:\n  api:\n    image: shop/api:1.4.2\n    restart: unless-stopped\n"},
         {"in flow style", "compose.yaml", "services:\n  <|api|>: {image: \"shop/api:1.4.2\"}\n",
          "services:\n  api: {image: \"shop/api:1.4.2\", restart: unless-stopped}\n"},
         {"policies", "compose.yaml",
          "services:\n  a:\n    image: shop/a:1.4.2\n    restart: \"no\"\n  b:\n    image: shop/b:1.4.2\n"
          "    restart: ${RESTART}\n  c:\n    image: shop/c:1.4.2\n    deploy:\n      restart_policy:\n"
          "        condition: any\n"},
         {"what is done once", "compose.yaml",
          "services:\n  schema:\n    image: shop/schema:1.4.2\n  db-migrate:\n    image: shop/api:1.4.2\n  api:\n"
          "    image: shop/api:1.4.2\n    restart: always\n    depends_on:\n      schema:\n"
          "        condition: service_completed_successfully\n"},
         {"what another file may say", "compose.yaml",
          "services:\n  api:\n    extends: {file: base.yaml, service: api}\n"},
         {"a file for development", "compose.dev.yaml", "services:\n  api:\n    image: shop/api:1.4.2\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
