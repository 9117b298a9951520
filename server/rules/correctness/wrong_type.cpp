#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "model/schema/kind_of.h"
#include "model/schema/violations.h"
#include "model/schema/words.h"
#include "model/yaml/edit.h"
#include "model/yaml/schema.h"
#include "model/yaml/value.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/schema_words.h"

namespace quaymaster::rules {
extern const Rule wrong_type;
namespace {

using schema::Format;
using schema::Kind;
using schema::Violation;

/// The scalar in double quotes, where a string is wanted.
std::optional<Fix> quoting(const yaml::Document& document, const Violation& violation, Kind kind) {
  // `restart: false` would become a policy that there is not.
  if (kind == Kind::Boolean && violation.name == "restart") return std::nullopt;
  std::optional<Edit> edit =
      yaml::replace_with_plain(yaml::Value(document, *violation.node), "\"" + violation.node->text + "\"");
  if (!edit) return std::nullopt;
  return Fix{"Put it in quotes", Applicability::Safe, {*std::move(edit)}};
}

std::optional<Fix> seconds(const yaml::Document& document, const Violation& violation) {
  std::optional<Edit> edit =
      yaml::replace_with_plain(yaml::Value(document, *violation.node), violation.node->text + "s");
  if (!edit) return std::nullopt;
  return Fix{"Write `" + violation.node->text + "s`",
             Applicability::Unsafe,
             {*std::move(edit)},
             "Only you know whether seconds were meant."};
}

/// The string as the only item of a list.
std::optional<Fix> listing(const yaml::Document& document, const Violation& violation) {
  const yaml::Node& node = *violation.node;
  if (node.style == yaml::ScalarStyle::Literal || node.style == yaml::ScalarStyle::Folded) return std::nullopt;
  const std::string_view written = slice(document.text(), node.range);
  // Several words may be several items, and nobody knows what a variable holds.
  if (node.text.empty() || written.find_first_of(" \t\r\n,[]{}#$") != std::string_view::npos) return std::nullopt;
  if (!node.tag.empty() || !node.anchor.empty()) return std::nullopt;
  return Fix{
      "Make it a list of one", Applicability::Safe, {Edit::replacement(node.range, "[" + std::string(written) + "]")}};
}

/// Whether all readers of YAML take the text for the same number: `010` is eight to some of them.
bool is_decimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return text == "0" ||
         (!text.starts_with('0') && !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos);
}

/// A number or a Boolean that stands in quotes, without them.
std::optional<Fix> unquoting(const yaml::Document& document, const Violation& violation) {
  const std::string& text = violation.node->text;
  const schema::Kinds kinds = violation.about.kinds();
  const bool meant = (kinds.has(Kind::Integer) && is_decimal(text) && yaml::core_integer(text)) ||
                     (kinds.has(Kind::Boolean) && yaml::core_boolean(text));
  if (!meant || violation.node->style == yaml::ScalarStyle::Plain) return std::nullopt;
  std::optional<Edit> edit = yaml::replace_with_plain(yaml::Value(document, *violation.node), text);
  if (!edit) return std::nullopt;
  return Fix{"Take the quotes away", Applicability::Safe, {*std::move(edit)}};
}

/// Below `data` of a Secret, where a number in quotes would be read as base64.
bool is_encoded(const Judged& judged, const Violation& violation) {
  const yaml::Node* data = violation.node->parent;
  if (judged.whole != "`Secret`" || data == nullptr || data->parent == nullptr) return false;
  return std::ranges::any_of(data->parent->pairs,
                             [&](const yaml::Pair& pair) { return pair.value == data && pair.name() == "data"; });
}

std::optional<Fix> repair(const yaml::Document& document, const Violation& violation, Kind kind) {
  const schema::Kinds kinds = violation.about.kinds();
  if (violation.shared) return std::nullopt;
  const bool number = kind == Kind::Integer || kind == Kind::Number;
  if (violation.about.format() == Format::Duration) return number ? seconds(document, violation) : std::nullopt;
  if ((number || kind == Kind::Boolean) && kinds.has(Kind::String)) return quoting(document, violation, kind);
  if (kind == Kind::String && kinds.has(Kind::Sequence) && violation.about.item().kinds().has(Kind::String))
    return listing(document, violation);
  return kind == Kind::String ? unquoting(document, violation) : std::nullopt;
}

void check_value(const Judged& judged, const Violation& violation, RuleContext& ctx) {
  const schema::Reader reader =
      judged.language == Language::Kubernetes ? schema::Reader::Kubernetes : schema::Reader::Compose;
  // A variable becomes a string.
  const Kind kind = schema::kind_of(judged.document, *violation.node, reader).value_or(Kind::String);
  Report report{.variant = "value",
                .range = violation.range,
                .message = subject(violation, judged) + (violation.in_list ? " is " : " takes ") +
                           schema::taken_kinds(violation.about) + ", not " + std::string(schema::name_of(kind))};
  if (!is_encoded(judged, violation))
    if (std::optional<Fix> fix = repair(judged.document, violation, kind)) report.fixes.push_back(*std::move(fix));
  ctx.report(std::move(report));
}

void check_null(const Judged& judged, const Violation& violation, RuleContext& ctx) {
  // Another file may say it; and what a broken row was to say is not known.
  if (!judged.complete) return;
  ctx.report(
      {.variant = "empty",
       .range = violation.range,
       .message = subject(violation, judged) + " has no value: it takes " + schema::taken_kinds(violation.about)});
}

void check_key(const Violation& violation, RuleContext& ctx) {
  Report report{.variant = "key",
                .range = violation.range,
                .message = "the key " + quoted(violation.node->text) + " has to be text: put it in quotes"};
  if (!violation.shared)
    report.fixes.push_back({"Put it in quotes",
                            Applicability::Safe,
                            {Edit::replacement(violation.range, "\"" + violation.node->text + "\"")}});
  ctx.report(std::move(report));
}

void check(const Judged& judged, RuleContext& ctx) {
  for (const Violation& violation : judged.violations) {
    if (violation.problem == Violation::Problem::KeyNotText) check_key(violation, ctx);
    if (violation.problem != Violation::Problem::WrongKind) continue;
    if (violation.node->kind == yaml::Node::Kind::Null)
      check_null(judged, violation, ctx);
    else
      check_value(judged, violation, ctx);
  }
}

void check_file(const compose::File& file, RuleContext& ctx) { check(judged(file), ctx); }

void check_object(const kubernetes::Object& object, RuleContext& ctx) { check(judged(object), ctx); }

consteval Variant refused(std::string_view name, std::string_view summary, Languages languages = Language::Compose) {
  Variant variant{.name = name,
                  .summary = summary,
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = languages};
  if (languages != Languages(Language::Compose))
    variant.aliases = {{Language::Kubernetes, "kube-linter:schema-validation"}};
  return variant;
}

}  // namespace

constinit const Rule wrong_type = checked({
    .name = "wrong-type",
    .family = Family::Correctness,
    .title = "The value is of another type than the key takes.",
    .consequence =
        "`docker compose up` stops with `services.web.ports must be a array` before it starts anything. YAML "
        "reads `user: 1000` as a number and `- DEBUG: \"1\"` as a mapping, and Compose does not guess what "
        "was meant. Nor does Kubernetes: `value: true` in `env` ends in `cannot unmarshal bool into Go struct field "
        "EnvVar.value of type string`.",
    .fine_when = "Another tool reads the file, and takes what Compose or Kubernetes does not.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("value", "A number stands for a string, a mapping for a list, and the like.",
                         Language::Compose | Language::Kubernetes),
                 refused("empty", "There is a key, and nothing behind it."),
                 refused("key", "A key is a number or a Boolean.")},
    .references = {"https://docs.docker.com/reference/compose-file/services/",
                   "https://yaml.org/spec/1.2.2/#103-core-schema",
                   "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation"},
    .examples =
        {{"a number for a string", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    user: <|1000|> # app\n    command: [sleep, <|60|>]\n",
          "services:\n  web:\n    image: nginx:1.27.2\n    user: \"1000\" # app\n    command: [sleep, \"60\"]\n"},
         {"a string for a list", "compose.yaml",
          "services:\r\n  web:\r\n    image: nginx:1.27.2\r\n    ports: \"<|80:80|>\"\r\n    depends_on: <|db|>\r\n"
          "  db:\r\n    image: postgres:17.2\r\n",
          "services:\r\n  web:\r\n    image: nginx:1.27.2\r\n    ports: [\"80:80\"]\r\n    depends_on: [db]\r\n"
          "  db:\r\n    image: postgres:17.2\r\n"},
         {"a mapping in a list of strings", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    environment:\n      - <|DEBUG|>: \"1\"\n      - TZ=UTC\n"},
         {"a list for a mapping", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    <|healthcheck|>:\n      - curl\n<|volumes|>: [data]\n"},
         {"a duration without its unit", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    stop_grace_period: <|30|>\n",
          "services:\n  web:\n    image: nginx:1.27.2\n    stop_grace_period: 30s\n"},
         {"nothing", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    <|ports|>:\n    environment:\n      TZ: "
          "UTC\n<|volumes|>:\n"},
         {"a key that is a number", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    sysctls:\n      <|1|>: 1\n",
          "services:\n  web:\n    image: nginx:1.27.2\n    sysctls:\n      \"1\": 1\n"},
         {"a variable for a list", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    ports: <|$PORTS|>\n    user: $USER_ID\n    privileged: "
          "${P}\n"},
         {"through an alias: no edit where others read", "compose.yaml",
          "x-user: &user <|1000|>\nservices:\n  web:\n    image: nginx:1.27.2\n    user: *user\n"},
         {"what Compose takes", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    tty: yes\n    privileged: \"true\"\n    environment:\n"
          "      A: 1\n      B: true\n      C:\n    mem_limit: 1000000\n    user: 1000:1000\n    command:\n    "
          "deploy:\n"
          "    networks:\n      front:\n    ports: !reset []\n    labels: !override\n      a: b\n    pid: null\n"
          "    logging:\n      options:\n        max-file: 3\nnetworks:\n  front:\nvolumes:\n  data:\n"},
         {"on top of another file", "compose.override.yaml", "services:\n  web:\n    ports:\n"},
         {"labels, annotations, variables and settings of a manifest", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {tier: <|1|>, live: <|yes|>}\n  annotations:\n"
          "    example.com/version: <|1.10|> # kept\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27.2\n"
          "      env:\n        - name: DEBUG\n          value: <|true|>\n        - name: PORT\n          value: "
          "<|8080|>\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {tier: \"1\", live: \"yes\"}\n  annotations:\n"
          "    example.com/version: \"1.10\" # kept\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27.2\n"
          "      env:\n        - name: DEBUG\n          value: \"true\"\n        - name: PORT\n          value: "
          "\"8080\"\n"},
         {"quotes around a number and a Boolean", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: \"<|3|>\"\n"
          "  paused: '<|false|>'\n  revisionHistoryLimit: <|few|>\n",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n"
          "  paused: false\n  revisionHistoryLimit: few\n"},
         {"numbers in quotes that mean something else without them", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: \"<|010|>\"\n"
          "  minReadySeconds: \"<|0x1F|>\"\n  revisionHistoryLimit: \"<|0o7|>\"\n"
          "  progressDeadlineSeconds: \"<|+600|>\"\n"},
         {"the data of a Secret: a number in quotes would be base64", "secret.yaml",
          "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  port: <|5432|>\n  live: <|true|>\n"
          "stringData:\n  port: <|5432|>\n",
          "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  port: 5432\n  live: true\n"
          "stringData:\n  port: \"5432\"\n"},
         {"lists and mappings of a manifest", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  <|nodeSelector|>: [ssd]\n  containers:\n"
          "    - name: web\n      image: nginx:1.27.2\n      command: <|serve|>\n      <|env|>: {A: b}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  nodeSelector: [ssd]\n  containers:\n"
          "    - name: web\n      image: nginx:1.27.2\n      command: [serve]\n      env: {A: b}\n"},
         {"what Kubernetes takes", "service.yaml",
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  creationTimestamp: null\n  labels:\n    none:\n"
          "spec:\n  publishNotReadyAddresses: on\n  ports:\n    - {port: 80, targetPort: http}\n    - port: 81\n"
          "      targetPort: 8081\n---\napiVersion: v1\nkind: LimitRange\nmetadata:\n  name: web\nspec:\n  limits:\n"
          "    - type: Pod\n      max: {cpu: 2, memory: 1Gi}\n      min: {cpu: 0.5, memory: 1e6}\n"},
         {"what is filled in later", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  labels: {{ labels }}\nspec:\n"
          "  replicas: ${REPLICAS}\n  minReadySeconds: \"<seconds>\"\n  revisionHistoryLimit: HISTORY\n"}},
    .checks = {on(check_file), on(check_object)},
});

}  // namespace quaymaster::rules
