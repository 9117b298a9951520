#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
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

std::string explained(const Violation& violation, const Judged& judged) {
  const std::string key = quoted(violation.node->text, 24);
  if (violation.name.empty() && judged.language == Language::Compose && looks_like_service(violation))
    return key + " is a service: it belongs below `services`";
  if (is_service(violation.about))
    for (const Legacy& legacy : kLegacy)
      if (violation.node->text == legacy.key)
        return key + " is of an old format: today it is " + std::string(legacy.today);
  const std::string_view parent = parent_of(violation.node->text, violation.about);
  if (!parent.empty())
    return key + " is no key of " + subject(violation, judged) + ": it belongs below " + quoted(parent);
  return {};
}

/// Whether a row between the beginning of the mapping and the key could not be read: then the key may be below it.
bool follows_broken_row(const Violation& violation, const yaml::Document& document) {
  const std::uint32_t begin = violation.node->parent->range.begin;
  return std::ranges::any_of(document.problems(), [&](const yaml::Problem& problem) {
    return problem.kind == yaml::Problem::Kind::Syntax && problem.range.begin >= begin &&
           problem.range.begin < violation.range.begin;
  });
}

void check(const Judged& judged, RuleContext& ctx) {
  const yaml::Document& document = judged.document;
  std::size_t found = 0;
  std::set<std::pair<const yaml::Node*, std::string_view>> offered;
  for (const Violation& violation : judged.violations) {
    if (violation.problem != Violation::Problem::UnknownKey) continue;
    if (follows_broken_row(violation, document)) continue;
    Report report{.range = violation.range, .message = explained(violation, judged)};
    std::string_view meant =
        report.message.empty() && ++found <= kMostNearMisses ? meant_key(document, violation) : std::string_view();
    // Two slips of the finger would become the same key.
    if (!meant.empty() && !offered.emplace(violation.node->parent, meant).second) meant = {};
    if (!meant.empty()) {
      report.message = subject(violation, judged) + " has no key " + quoted(violation.node->text, 20) +
                       "; did you mean " + quoted(meant) + "?";
      const TextRange text = yaml::Value(document, *violation.node).content_range();
      if (!violation.shared && slice(document.text(), text) == violation.node->text)
        report.fixes.push_back(
            {"Write " + quoted(meant), Applicability::Unsafe, {Edit::replacement(text, std::string(meant))}});
    } else if (report.message.empty()) {
      report.message = subject(violation, judged) + " has no key " + quoted(violation.node->text, 24);
    }
    ctx.report(std::move(report));
  }
}

void check_file(const compose::File& file, RuleContext& ctx) { check(judged(file), ctx); }

void check_object(const kubernetes::Object& object, RuleContext& ctx) { check(judged(object), ctx); }

}  // namespace

constinit const Rule unknown_key = checked({
    .name = "unknown-key",
    .family = Family::Correctness,
    .title = "There is no such key here.",
    .consequence =
        "`docker compose up` stops with `additional properties 'enviroment' not allowed` before it starts anything. "
        "The misspelt line that worked on the laptop, with an old docker-compose that looked away, keeps the "
        "whole stack from coming up on the new server. `kubectl apply` refuses a manifest with `unknown field "
        "\"spec.replica\"`; a controller that is less strict drops the line, and one replica runs instead of five.",
    .fine_when =
        "Another tool reads the file and knows the key. In a Compose file that belongs below a key that begins "
        "with `x-`, in a manifest into an annotation.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "kube-linter:schema-validation"}},
                  .languages = Language::Compose | Language::Kubernetes}},
    .references = {"https://docs.docker.com/reference/compose-file/services/",
                   "https://docs.docker.com/reference/compose-file/extension/",
                   "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation"},
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
          "services:\n  web:\n    image: nginx:1.27.2\n    umask: 18\n    pre_start:\n      - command: [\"true\"]\n"},
         {"in a manifest", "service.yaml",
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  <|selectors|>: # the pods\n    app: web\n"
          "  ports:\n    - {port: 80, <|targetport|>: 8080}\n",
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector: # the pods\n    app: web\n"
          "  ports:\n    - {port: 80, targetPort: 8080}\n"},
         {"one level too high, and in a list", "list.yaml",
          "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n"
          "      name: web\n    <|replicas|>: 2\n    <|strategi|>: {}\n"},
         {"kinds of others, names of one's own, templates, patches and what the server writes", "web.yaml",
          "apiVersion: example.com/v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  portz: []\n---\n"
          "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  labels: {anything: goes}\ndata:\n"
          "  any.key: text\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  $patch: replace\n"
          "  ports: []\nstatus:\n  unheard: of\n"},
         {"any JSON", "definition.yaml",
          "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: as.example.com\n"
          "spec:\n  group: example.com\n  scope: Namespaced\n  names: {kind: A, plural: as}\n  versions:\n"
          "    - name: v1\n      served: true\n      storage: true\n      schema:\n        openAPIV3Schema:\n"
          "          type: object\n          default: {any: thing}\n          <|propertys|>: {}\n",
          "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: as.example.com\n"
          "spec:\n  group: example.com\n  scope: Namespaced\n  names: {kind: A, plural: as}\n  versions:\n"
          "    - name: v1\n      served: true\n      storage: true\n      schema:\n        openAPIV3Schema:\n"
          "          type: object\n          default: {any: thing}\n          properties: {}\n"}},
    .checks = {on(check_file), on(check_object)},
});

}  // namespace quaymaster::rules
