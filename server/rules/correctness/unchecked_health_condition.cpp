#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "model/compose/compose.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unchecked_health_condition;
namespace {

/// Docker's official images bring no health check. These are the ones that others wait for.
constexpr std::string_view kWithoutCheck[] = {
    "alpine",    "busybox", "caddy", "cassandra", "couchdb",   "debian",    "eclipse-mosquitto",
    "ghost",     "haproxy", "httpd", "influxdb",  "mariadb",   "memcached", "mongo",
    "mysql",     "nats",    "nginx", "node",      "php",       "postgres",  "python",
    "rabbitmq",  "redis",   "ruby",  "traefik",   "wordpress", "ubuntu",    "valkey",
    "zookeeper",
};

/// In a file of more services the fix is left out; to look its place up takes as long as there are services.
constexpr std::size_t kMostServices = 1000;

bool is_official(const image::Reference& reference) {
  return std::ranges::find(kWithoutCheck, reference.canonical_name()) != std::end(kWithoutCheck);
}

bool has_check(const compose::Service& service) {
  return std::ranges::any_of(service.container.health, [](const container::HealthCheck& check) {
    return check.kind != container::HealthCheck::Kind::Disabled;
  });
}

std::optional<Fix> waiting_for_start(const compose::File& file, const compose::Dependency& dependency) {
  if (file.services.size() > kMostServices) return std::nullopt;
  if (dependency.service.shared || !dependency.condition_range) return std::nullopt;
  const yaml::Value condition = yaml::value_at(*file.document, *dependency.condition_range);
  if (!condition || condition.shared()) return std::nullopt;
  std::optional<Edit> edit = yaml::replace_scalar(condition, "service_started");
  if (!edit) return std::nullopt;
  return Fix{"Wait only until it has started",
             Applicability::Unsafe,
             {*std::move(edit)},
             "A started service need not be ready; a `healthcheck` is the better answer."};
}

void check_dependency(const compose::File& file, const compose::Dependency& dependency, const compose::Service& target,
                      RuleContext& ctx) {
  const container::Container& container = target.container;
  if (has_check(target) || !container.complete || target.has_provider) return;
  const TextRange range = dependency.condition_range.value_or(dependency.service.range);
  Report report{.variant = "image-decides", .range = range, .message = {}};
  if (!container.health.empty()) {
    report.variant = "no-check";
    report.message = "the health check of " + quoted(target.name, 24) + " is switched off: it never gets healthy";
    report.related.push_back({container.health.front().range, "switched off here"});
  } else if (target.value.get("healthcheck").present() || (container.image && !container.image->known)) {
    return;
  } else if (!target.build && container.image && is_official(container.image->reference)) {
    report.variant = "no-check";
    report.message = quoted(target.name, 20) + " has no `healthcheck`, and the image " +
                     quoted(container.image->reference.repository, 20) + " none either";
  } else {
    report.message = quoted(target.name, 24) + " has no `healthcheck`: this works only if its image has one";
  }
  if (std::optional<Fix> fix = waiting_for_start(file, dependency)) report.fixes.push_back(*std::move(fix));
  ctx.report(std::move(report));
}

void check(const compose::File& file, RuleContext& ctx) {
  if (!file.complete) return;
  std::unordered_map<std::string_view, const compose::Service*> by_name;
  for (const compose::Service& service : file.services) by_name.emplace(service.name, &service);
  for (const compose::Service& service : file.services) {
    for (const compose::Dependency& dependency : service.depends_on) {
      if (dependency.condition != compose::Dependency::Condition::Healthy) continue;
      const auto target = by_name.find(dependency.service.text);
      if (target != by_name.end()) check_dependency(file, dependency, *target->second, ctx);
    }
  }
}

}  // namespace

constinit const Rule unchecked_health_condition = checked({
    .name = "unchecked-health-condition",
    .family = Family::Correctness,
    .title = "A service waits for the health of one that nobody checks.",
    .consequence =
        "`docker compose up` starts the database and then stops with `dependency failed to start: container db has no "
        "healthcheck configured`; the application never starts.",
    .fine_when = "The image has a `HEALTHCHECK` of its own.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "no-check",
                  .summary = "Neither the service nor its image has a health check.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose},
                 {.name = "image-decides",
                  .summary = "The service has no health check, and what its image has is not known.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/compose/how-tos/startup-order/",
                   "https://docs.docker.com/reference/compose-file/services/#healthcheck"},
    .examples =
        {{"a database that nobody asks", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on:\n      db:\n        condition: "
          "<|service_healthy|>\n  db:\n    image: postgres:17.2\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on:\n      db:\n        condition: "
          "service_started\n  db:\n    image: postgres:17.2\n"},
         {"a check that is switched off", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: {db: {condition: \"<|service_healthy|>\"}}\n  "
          "db:\n    image: shop/db:1.0.0\n    healthcheck: {disable: true}\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: {db: {condition: \"service_started\"}}\n  "
          "db:\n    image: shop/db:1.0.0\n    healthcheck: {disable: true}\n"},
         {"an image that may have one", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: {api: {condition: <|service_healthy|>}}\n  "
          "api:\n    build: .\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: {api: {condition: service_started}}\n  api:\n "
          "   build: .\n"},
         {"a check", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: {db: {condition: service_healthy}}\n  db:\n   "
          " image: postgres:17.2\n    healthcheck: {test: [CMD, pg_isready]}\n"},
         {"only the start", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: [db]\n  db:\n    image: postgres:17.2\n"},
         {"a base in another file", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    depends_on: {db: {condition: service_healthy}}\n  db:\n   "
          " image: postgres:17.2\n    extends: {file: common.yaml, service: db}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
