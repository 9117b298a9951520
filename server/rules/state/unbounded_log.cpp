#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/development_service.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unbounded_log;
namespace {

using yaml::NewValue;

NewValue size_limit() {
  return NewValue::mapping({{"max-size", NewValue::plain("\"10m\"")}, {"max-file", NewValue::plain("\"3\"")}});
}

std::optional<Fix> limiting(const compose::Service& service) {
  if (service.shared || !service.container.place) return std::nullopt;
  std::optional<Edit> edit;
  if (!service.logging)
    edit = yaml::insert(*service.container.place, {"logging"},
                        NewValue::mapping({{"driver", NewValue::plain("json-file")}, {"options", size_limit()}}));
  else if (service.logging->options.empty())
    edit = yaml::insert(*service.container.place, {"logging", "options"}, size_limit());
  else
    edit = yaml::insert(*service.container.place, {"logging", "options", "max-size"}, NewValue::plain("\"10m\""));
  if (!edit) return std::nullopt;
  return Fix{"Keep the last 10 MB of the log",
             Applicability::Unsafe,
             {*std::move(edit)},
             "Older lines are thrown away. Where the engine has another driver as its default, that one is set aside."};
}

bool has_limit(const compose::Logging& logging) {
  return std::ranges::any_of(logging.options,
                             [](const container::EnvironmentEntry& option) { return option.name == "max-size"; });
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  if (service.container.template_only || service.has_provider || is_development_path(ctx.path()) ||
      says_development(service))
    return;
  Report report{.range = service.name_range};
  if (service.logging) {
    const compose::Logging& logging = *service.logging;
    if (!logging.driver || !logging.driver->known || logging.driver->text != "json-file" || has_limit(logging)) return;
    report.variant = "driver";
    report.range = logging.driver->range;
    report.message = "the log of " + quoted(service.name, 24) + " has no `max-size`: it grows until the disk is full";
  } else {
    if (!service.container.complete) return;
    report.variant = "default";
    report.message = "nothing bounds the log of " + quoted(service.name, 24) + " here";
  }
  if (std::optional<Fix> fix = limiting(service)) report.fixes.push_back(*std::move(fix));
  ctx.report(std::move(report));
}

}  // namespace

constinit const Rule unbounded_log = checked({
    .name = "unbounded-log",
    .family = Family::State,
    .title = "The log of the container may grow without an end.",
    .consequence =
        "A client gets an error and tries again, a hundred times a second, over a weekend. The engine writes each line "
        "into a file of JSON that nothing cuts. On Monday the disk is full, and with it the database on the same host "
        "has stopped.",
    .fine_when = "The engine's own configuration sets a limit, or a driver that keeps no file, for all containers.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "driver",
                  .summary = "The driver `json-file` is asked for without a limit.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose},
                 {.name = "default",
                  .summary = "The file does not say how logs are kept; the engine's default has no limit.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/engine/logging/drivers/json-file/",
                   "https://docs.docker.com/engine/logging/configure/"},
    .examples =
        {{"a driver without a limit", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    logging:\n      driver: <|json-file|>  # as ever\n",
          "services:\n  api:\n    image: shop/api:1.4.2\n    logging:\n      driver: json-file  # as ever\n"
          "      options:\n        max-size: \"10m\"\n        max-file: \"3\"\n"},
         {"options without a limit", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    logging:\n      driver: \"<|json-file|>\"\n"
          "      options: {labels: shop}\n",
          "services:\n  api:\n    image: shop/api:1.4.2\n    logging:\n      driver: \"json-file\"\n"
          "      options: {labels: shop, max-size: \"10m\"}\n"},
         {"nothing is said", "compose.yaml", "services:\n  <|api|>:\n    image: shop/api:1.4.2\n",
          "services:\n  api:\n    image: shop/api:1.4.2\n    logging:\n      driver: json-file\n      options:\n"
          "        max-size: \"10m\"\n        max-file: \"3\"\n"},
         {"limits and other drivers", "compose.yaml",
          "services:\n  a:\n    image: shop/a:1.4.2\n    logging:\n      driver: json-file\n      options:\n"
          "        max-size: 10m\n  b:\n    image: shop/b:1.4.2\n    logging: {driver: local}\n  c:\n"
          "    image: shop/c:1.4.2\n    logging: {driver: \"${LOG_DRIVER}\"}\n"},
         {"what another file may say", "compose.yaml",
          "services:\n  api:\n    extends: {file: base.yaml, service: api}\n"},
         {"a service for tests", "compose.yaml", "services:\n  api-test:\n    image: shop/api:1.4.2\n"}},
    .checks = {on(check_service)},
});

}  // namespace quaymaster::rules
