#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/schema/violations.h"
#include "model/yaml/value.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/schema_words.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule unknown_key;
namespace {

using schema::Violation;

/// A near miss is looked for among all keys of a mapping: not for each of a thousand.
constexpr std::size_t kMostNearMisses = 50;

/// Keys of services that the first formats had, and what says the same today.
struct Legacy {
  std::string_view key;
  std::string_view today;
};
constexpr std::array<Legacy, 5> kLegacy = {{
    {"dockerfile", "`dockerfile` below `build`"},
    {"log_driver", "`driver` below `logging`"},
    {"log_opt", "`options` below `logging`"},
    {"net", "`network_mode`"},
    {"volume_driver", "`driver` of the volume's own declaration"},
}};

bool is_service(const schema::Node& about) {
  return about == schema::descend(schema::compose(), std::array<std::string_view, 2>{"services", "x"});
}

/// The one key of the mapping below which `key` is known; empty when there is none, or several.
std::string_view parent_of(std::string_view key, schema::Node about) {
  std::string_view parent;
  for (const schema::Property& property : about.properties()) {
    if (!property.value.property(key)) continue;
    if (!parent.empty()) return {};
    parent = property.name;
  }
  return parent;
}

/// The key that was probably meant, if the mapping does not have it yet.
std::string_view meant_key(const yaml::Document& document, const Violation& violation) {
  std::vector<std::string_view> names;
  for (const schema::Property& property : violation.about.properties()) names.push_back(property.name);
  const std::string_view nearest = near_miss(violation.node->text, names);
  if (nearest.empty() || yaml::Value(document, *violation.node->parent).get(nearest)) return {};
  return nearest;
}

bool looks_like_service(const Violation& violation) {
  const yaml::Node& mapping = *violation.node->parent;
  const auto pair = std::ranges::find(mapping.pairs, violation.node, &yaml::Pair::key);
  if (pair == mapping.pairs.end()) return false;
  return std::ranges::any_of(pair->value->pairs,
                             [](const yaml::Pair& own) { return own.name() == "image" || own.name() == "build"; });
}

std::string explained(const Violation& violation) {
  const std::string key = quoted(violation.node->text, 24);
  if (violation.name.empty() && looks_like_service(violation))
    return key + " is a service: it belongs below `services`";
  if (is_service(violation.about))
    for (const Legacy& legacy : kLegacy)
      if (violation.node->text == legacy.key)
        return key + " is of an old format: today it is " + std::string(legacy.today);
  const std::string_view parent = parent_of(violation.node->text, violation.about);
  if (!parent.empty()) return key + " is no key of " + subject(violation) + ": it belongs below " + quoted(parent);
  return {};
}

void check_file(const compose::File& file, RuleContext& ctx) {
  std::size_t found = 0;
  std::set<std::pair<const yaml::Node*, std::string_view>> offered;
  for (const Violation& violation : compose_violations(file)) {
    if (violation.problem != Violation::Problem::UnknownKey) continue;
    Report report{.range = violation.range, .message = explained(violation)};
    std::string_view meant = report.message.empty() && ++found <= kMostNearMisses ? meant_key(*file.document, violation)
                                                                                  : std::string_view();
    // Two slips of the finger would become the same key.
    if (!meant.empty() && !offered.emplace(violation.node->parent, meant).second) meant = {};
    if (!meant.empty()) {
      report.message = subject(violation) + " has no key " + quoted(violation.node->text, 20) + "; did you mean " +
                       quoted(meant) + "?";
      const TextRange text = yaml::Value(*file.document, *violation.node).content_range();
      if (!violation.shared && slice(file.document->text(), text) == violation.node->text)
        report.fixes.push_back(
            {"Write " + quoted(meant), Applicability::Unsafe, {Edit::replacement(text, std::string(meant))}});
    } else if (report.message.empty()) {
      report.message = subject(violation) + " has no key " + quoted(violation.node->text, 24);
    }
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule unknown_key = checked({
    .name = "unknown-key",
    .family = Family::Correctness,
    .title = "There is no such key here.",
    .consequence =
        "`docker compose up` stops with `additional properties 'enviroment' not allowed` before it starts anything. "
        "The misspelt line that worked on the laptop, with an old docker-compose that looked away, keeps the "
        "whole stack from coming up on the new server.",
    .fine_when = "Another tool reads the file and knows the key. What is for other tools belongs below a key that "
                 "begins with `x-`: Compose lets those pass.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/",
                   "https://docs.docker.com/reference/compose-file/extension/"},
    .examples =
        {{"a slip of the finger", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    <|enviroment|>: # for the proxy\n      TZ: UTC\n",
          "services:\n  web:\n    image: nginx:1.27.2\n    environment: # for the proxy\n      TZ: UTC\n"},
         {"two slips", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    <|enviroment|>: {A: a}\n    <|environmnt|>: {B: b}\n",
          "services:\n  web:\n    image: nginx:1.27.2\n    environment: {A: a}\n    environmnt: {B: b}\n"},
         {"in flow style, in quotes", "compose.yaml",
          "services:\r\n  web: {image: nginx:1.27.2, <|\"port\"|>: [\"80:80\"]}\r\n",
          "services:\r\n  web: {image: nginx:1.27.2, \"ports\": [\"80:80\"]}\r\n"},
         {"one level too high", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    <|replicas|>: 2\n    <|retries|>: 3\n"},
         {"a service beside `services`", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n<|cache|>:\n  image: redis:7.4.1\n"},
         {"of an old format", "compose.yaml",
          "services:\n  web:\n    build: .\n    <|dockerfile|>: web.Dockerfile\n    <|net|>: host\n"},
         {"at the top and in lists", "compose.yaml",
          "<|volume|>:\n  data: {}\nservices:\n  web:\n    image: nginx:1.27.2\n    volumes:\n      - type: bind\n"
          "        source: .\n        target: /srv\n        <|readonly|>: true\n",
          "volumes:\n  data: {}\nservices:\n  web:\n    image: nginx:1.27.2\n    volumes:\n      - type: bind\n"
          "        source: .\n        target: /srv\n        read_only: true\n"},
         {"in what is merged, once", "compose.yaml",
          "x-base: &base\n  <|memory|>: 1g\nservices:\n  a:\n    <<: *base\n    image: nginx:1.27.2\n  b:\n    <<: "
          "*base\n"
          "    image: nginx:1.27.2\n"},
         {"extensions, and names of one's own", "compose.yaml",
          "x-anything:\n  enviroment: {}\nservices:\n  enviroment:\n    image: nginx:1.27.2\n    x-note: mine\n"
          "    build:\n      context: .\n      x-note: mine\n    labels:\n      port: \"80\"\n    environment:\n"
          "      enviroment: \"1\"\n"},
         {"the first format", "docker-compose.yml", "web:\n  image: nginx:1.27.2\n  net: host\n"},
         {"newer than the schema", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    umask: 18\n    pre_start:\n      - command: [\"true\"]\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
