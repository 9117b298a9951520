#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/compose/compose.h"
#include "model/compose/reader.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule contradictory_setting;
namespace {

/// A number with a unit of bytes behind it (`512m`, `1.5 GB`), or with none. Nothing for any other text.
std::optional<double> amount_of(std::string_view text) {
  constexpr std::string_view kUnits = "kmgtp";
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  std::string unit = ascii_lower(text.substr(static_cast<std::size_t>(end - text.data())));
  std::erase(unit, ' ');
  if (unit.empty() || unit == "b") return number;
  const std::size_t power = kUnits.find(unit.front());
  if (power == std::string_view::npos || (unit.size() > 1 && unit.substr(1) != "b" && unit.substr(1) != "ib"))
    return std::nullopt;
  return number * std::pow(1024.0, static_cast<double>(power + 1));
}

/// Two keys that mean the same thing.
struct Twins {
  std::string_view variant;
  std::string_view key;
  std::string_view path;  ///< for the message
  std::array<std::string_view, 4> other;
};

constexpr Twins kTwins[] = {
    {"limit", "cpus", "deploy.resources.limits.cpus", {"deploy", "resources", "limits", "cpus"}},
    {"limit", "mem_limit", "deploy.resources.limits.memory", {"deploy", "resources", "limits", "memory"}},
    {"limit", "pids_limit", "deploy.resources.limits.pids", {"deploy", "resources", "limits", "pids"}},
    {"limit",
     "mem_reservation",
     "deploy.resources.reservations.memory",
     {"deploy", "resources", "reservations", "memory"}},
    {"replicas", "scale", "deploy.replicas", {"deploy", "replicas", "", ""}},
};

yaml::Value at(yaml::Value value, const std::array<std::string_view, 4>& path) {
  for (const std::string_view key : path)
    if (!key.empty()) value = value.get(key);
  return value;
}

void check_twins(const compose::Service& service, const Twins& twins, RuleContext& ctx) {
  const std::optional<compose::Text> one = compose::text_of(service.value.get(twins.key));
  const std::optional<compose::Text> other = compose::text_of(at(service.value, twins.other));
  if (!one || !other || !one->known || !other->known) return;
  const std::optional<double> amount = amount_of(one->text);
  const std::optional<double> other_amount = amount_of(other->text);
  if (!amount || !other_amount || std::abs(*amount - *other_amount) <= 1e-9 * std::abs(*amount)) return;
  ctx.report({.variant = twins.variant,
              .range = one->range,
              .message = "`" + std::string(twins.path) + "` says " + quoted(other->text, 16) + ", and " +
                         quoted(twins.key) + " " + quoted(one->text, 16),
              .related = {{other->range, "the other value"}}});
}

void check(const compose::Service& service, RuleContext& ctx) {
  for (const Twins& twins : kTwins) check_twins(service, twins, ctx);
  if (!service.build) return;
  const std::optional<yaml::Entry> file = service.build->value.entry("dockerfile");
  const std::optional<yaml::Entry> text = service.build->value.entry("dockerfile_inline");
  if (file && text && !file->value.is_null() && !text->value.is_null())
    ctx.report({.variant = "dockerfile",
                .range = text->key_range,
                .message = "`dockerfile` and `dockerfile_inline` exclude each other",
                .related = {{file->key_range, "the file"}}});
}

consteval Variant refused_by_compose(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Error,
          .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
          .languages = Language::Compose};
}

}  // namespace

constinit const Rule contradictory_setting = checked({
    .name = "contradictory-setting",
    .family = Family::Correctness,
    .title = "A service says one thing in two ways, and not the same.",
    .consequence =
        "Somebody raises `mem_limit` to `1g` and overlooks `deploy.resources.limits.memory: 512m` below it: `docker "
        "compose up` stops with `can't set distinct values on 'mem_limit' and 'deploy.resources.limits.memory'`.",
    .fine_when = "Never: Compose refuses the file.",
    .fix = FixAvailability::None,
    .variants = {refused_by_compose("limit", "A limit of the service and that of `deploy.resources` differ."),
                 refused_by_compose("replicas", "`scale` and `deploy.replicas` differ."),
                 refused_by_compose("dockerfile", "A build has `dockerfile` and `dockerfile_inline`.")},
    .references = {"https://docs.docker.com/reference/compose-file/deploy/#resources",
                   "https://docs.docker.com/reference/compose-file/build/#dockerfile_inline"},
    .examples =
        {{"two limits", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    mem_limit: <|1g|>\n    cpus: \"<|1.5|>\"\n    deploy:\n   "
          "   resources:\n        limits: {memory: 512m, cpus: \"1\"}\n"},
         {"two numbers of containers", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    scale: <|2|>\n    deploy: {replicas: 3}\n"},
         {"two Dockerfiles", "compose.yaml",
          "services:\n  web:\n    build:\n      context: .\n      dockerfile: Dockerfile.web\n      "
          "<|dockerfile_inline|>: |\n        FROM scratch\n"},
         {"the same in other words", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    mem_limit: 1g\n    cpus: 0.50\n    pids_limit: ${PIDS}\n  "
          "  scale: 2\n    deploy:\n      replicas: 2\n      resources:\n        limits: {memory: 1024M, cpus: "
          "\"0.5\", pids: 100}\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
