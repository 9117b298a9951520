#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "model/schema/formats.h"
#include "model/schema/violations.h"
#include "model/schema/words.h"
#include "model/yaml/edit.h"
#include "model/yaml/value.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/schema_words.h"
#include "text/ascii.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule invalid_value;
namespace {

using schema::Format;
using schema::Violation;

constexpr std::size_t kLongestMessage = 90;
constexpr std::size_t kLongestValue = 24;

constexpr std::array<std::string_view, 8> kPullPolicies = {"always", "missing", "if_not_present", "never",
                                                           "build",  "daily",   "weekly",         "refresh"};

std::string_view variant_of(const Violation& violation) {
  if (violation.problem == Violation::Problem::KeySpelling) return "name";
  if (violation.problem == Violation::Problem::Bounds) return "bounds";
  switch (violation.about.format()) {
    case Format::Boolean: return "boolean";
    case Format::Integer:
    case Format::Number: return "number";
    case Format::Duration: return "duration";
    case Format::Size: return "size";
    case Format::Quantity: return "quantity";
    case Format::Any:
    case Format::Port:
    case Format::PullPolicy: break;
  }
  return "choice";
}

std::vector<std::string_view> choices_of(schema::Node about) {
  if (about.format() == Format::PullPolicy) return {kPullPolicies.begin(), kPullPolicies.end()};
  return about.choices();
}

std::optional<Fix> replacing(const yaml::Document& document, const Violation& violation, std::string_view text,
                             Applicability applicability) {
  if (violation.shared) return std::nullopt;
  std::optional<Edit> edit = yaml::replace_scalar(yaml::Value(document, *violation.node), text);
  if (!edit) return std::nullopt;
  return Fix{"Write " + quoted(text), applicability, {*std::move(edit)}};
}

/// Kubernetes' `512Mi` in the spelling of Compose.
std::string with_byte_unit(std::string_view size) {
  const std::size_t unit = size.find_first_not_of("0123456789.");
  constexpr std::array<std::string_view, 4> kUnits = {"Ki", "Mi", "Gi", "Ti"};
  if (unit == std::string_view::npos || unit == 0 || std::ranges::find(kUnits, size.substr(unit)) == kUnits.end())
    return {};
  return std::string(size) + "B";
}

/// The quantity that a size in the spelling of others (`512MB`, `1gi`, `1 GiB`) stands for.
std::string as_quantity(std::string_view size) {
  const std::size_t digits = size.find_first_not_of("0123456789.");
  if (digits == 0 || digits == std::string_view::npos) return {};
  std::string unit = ascii_lower(size.substr(digits));
  if (unit.starts_with(' ')) unit.erase(0, 1);
  if (unit == "m") return std::string(size.substr(0, digits)) + unit;
  if (unit.ends_with('b')) unit.pop_back();
  if (unit == "k" || unit == "ki") {
    unit[0] = unit.size() == 1 ? 'k' : 'K';
  } else if (!unit.empty() && std::string_view("mgtpe").find(unit.front()) != std::string_view::npos) {
    unit.front() = static_cast<char>(unit.front() - 'a' + 'A');
  }
  std::string quantity = std::string(size.substr(0, digits)) + unit;
  return schema::has_format(quantity, Format::Quantity) ? quantity : std::string();
}

/// Digits alone, where a duration was wanted.
bool lacks_unit(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<Fix> as_quantity_fix(const yaml::Document& document, const Violation& violation) {
  const std::string quantity = as_quantity(violation.node->text);
  return quantity.empty() ? std::nullopt : replacing(document, violation, quantity, Applicability::Unsafe);
}

Report choice_report(const Judged& judged, const Violation& violation) {
  const std::vector<std::string_view> choices = choices_of(violation.about);
  const std::string value = quoted(violation.node->text, kLongestValue);
  const std::string_view nearest = near_miss(violation.node->text, choices);
  Report report{.message = subject(violation, judged) + " is " + one_of(choices) + ", not " + value};
  if (!nearest.empty()) {
    report.message = subject(violation, judged) + " cannot be " + value + "; did you mean " + quoted(nearest) + "?";
    if (std::optional<Fix> fix = replacing(judged.document, violation, nearest, Applicability::Unsafe))
      report.fixes.push_back(*std::move(fix));
  }
  if (report.message.size() > kLongestMessage)
    report.message = value + " is none of the values that " + subject(violation, judged) + " takes";
  return report;
}

Report bounds_report(const Judged& judged, const Violation& violation) {
  const std::optional<std::int64_t> least = violation.about.minimum();
  const std::optional<std::int64_t> most = violation.about.maximum();
  std::string bounds;
  if (least) bounds += "at least " + std::to_string(*least);
  if (least && most) bounds += " and ";
  if (most) bounds += "at most " + std::to_string(*most);
  return {.message =
              subject(violation, judged) + " is " + bounds + ", not " + quoted(violation.node->text, kLongestValue)};
}

Report format_report(const Judged& judged, const Violation& violation) {
  const yaml::Document& document = judged.document;
  const std::string& text = violation.node->text;
  Report report{.message = subject(violation, judged) + " is " + std::string(schema::taken_scalar(violation.about)) +
                           ", not " + (text.empty() ? "an empty string" : quoted(text, kLongestValue))};
  std::optional<Fix> fix;
  if (violation.about.format() == Format::Duration && lacks_unit(text))
    fix = replacing(document, violation, text + "s", Applicability::Unsafe);
  else if (const std::string size = with_byte_unit(text); violation.about.format() == Format::Size && !size.empty())
    fix = replacing(document, violation, size, Applicability::Safe);
  else if (violation.about.format() == Format::Quantity)
    fix = as_quantity_fix(document, violation);
  if (fix) report.fixes.push_back(*std::move(fix));
  return report;
}

void check(const Judged& judged, RuleContext& ctx) {
  for (const Violation& violation : judged.violations) {
    const std::string_view variant = variant_of(violation);
    Report report;
    switch (violation.problem) {
      case Violation::Problem::KeySpelling:
        report = {.message = quoted(violation.node->text, kLongestValue) +
                             " is no name: use letters, digits, `.`, `_` and `-` only"};
        break;
      case Violation::Problem::Bounds: report = bounds_report(judged, violation); break;
      case Violation::Problem::Choice: report = choice_report(judged, violation); break;
      case Violation::Problem::Format:
        report = variant == "choice" ? choice_report(judged, violation) : format_report(judged, violation);
        break;
      case Violation::Problem::UnknownKey:
      case Violation::Problem::KeyNotText:
      case Violation::Problem::WrongKind:
      case Violation::Problem::MissingKey: continue;
    }
    report.variant = variant;
    report.range = violation.range;
    ctx.report(std::move(report));
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

constinit const Rule invalid_value = checked({
    .name = "invalid-value",
    .family = Family::Correctness,
    .title = "The key does not take this value.",
    .consequence =
        "`docker compose up` stops with `invalid suffix: 'mi'` or `unknown unit \"sec\" in duration` before it starts "
        "anything, at the moment when the new server is to take over. A manifest with `memory: 512MB` is refused with "
        "`quantities must match the regular expression`, in the middle of the rollout.",
    .fine_when = "Another tool reads the file, and takes what Compose or Kubernetes does not.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("choice", "The value is none of those that the key knows.",
                         Language::Compose | Language::Kubernetes),
                 refused("bounds", "The number is too small or too large."),
                 refused("boolean", "The text says neither true nor false."),
                 refused("number", "The text is no number."), refused("duration", "The text is no duration."),
                 refused("size", "The text is no number of bytes."),
                 refused("quantity", "The text is no quantity of Kubernetes.", Language::Kubernetes),
                 refused("name", "A name has characters that names do not have.")},
    .references = {"https://docs.docker.com/reference/compose-file/extension/#specifying-durations",
                   "https://docs.docker.com/reference/compose-file/extension/#specifying-byte-values",
                   "https://docs.docker.com/reference/compose-file/services/",
                   "https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/"},
    .examples =
        {{"a condition that there is not", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    depends_on:\n      db:\n        condition: "
          "<|service_health|>\n"
          "  db:\n    image: postgres:17.2\n",
          "services:\n  web:\n    image: nginx:1.27.2\n    depends_on:\n      db:\n        condition: service_healthy\n"
          "  db:\n    image: postgres:17.2\n"},
         {"a pull policy, in quotes", "compose.yaml",
          "services:\r\n  web:\r\n    image: nginx:1.27.2\r\n    pull_policy: '<|if-not-present|>'\r\n",
          "services:\r\n  web:\r\n    image: nginx:1.27.2\r\n    pull_policy: 'if_not_present'\r\n"},
         {"a mount of no type", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    volumes:\n      - {type: <|folder|>, source: ., target: "
          "/srv}\n"},
         {"the units of Kubernetes", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    deploy:\n      resources:\n        limits:\n"
          "          memory: <|512Mi|>\n          cpus: \"0.5\"\n",
          "services:\n  web:\n    image: nginx:1.27.2\n    deploy:\n      resources:\n        limits:\n"
          "          memory: 512MiB\n          cpus: \"0.5\"\n"},
         {"sizes and numbers", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    mem_limit: <|50%|>\n    cpus: <|500m|>\n    scale: "
          "\"<|two|>\"\n"},
         {"a duration without its unit", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    healthcheck:\n      test: curl -f localhost\n"
          "      interval: \"<|30|>\"\n",
          "services:\n  web:\n    image: nginx:1.27.2\n    healthcheck:\n      test: curl -f localhost\n"
          "      interval: \"30s\"\n"},
         {"durations", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    stop_grace_period: <|30sec|>\n    healthcheck:\n"
          "      interval: <|1m 30s|>\n"},
         {"neither true nor false", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    tty: \"<|maybe|>\"\n    oom_score_adj: <|2000|>\n"},
         {"a name with a blank", "compose.yaml", "services:\n  <|web server|>:\n    image: nginx:1.27.2\n"},
         {"in what others read: no edit", "compose.yaml",
          "x-stop: &stop \"<|30|>\"\nservices:\n  web:\n    image: nginx:1.27.2\n    stop_grace_period: *stop\n"},
         {"what Compose takes", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    tty: \"YES\"\n    mem_limit: 1.5 GB\n    memswap_limit: "
          "\"-1\"\n"
          "    shm_size: 64kb\n    mem_reservation: ${MEMORY:-1x}\n    pull_policy: every_12h\n    cpus: \"0.50\"\n"
          "    stop_grace_period: 1m30s\n    restart: anything\n    container_name: \"*\"\n    healthcheck:\n"
          "      retries: \"3\"\n      interval: 1.5h\n      timeout: \"0\"\n      start_period: 500ms\n"
          "      start_interval: ${EVERY}\n"},
         {"words of a manifest", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  restartPolicy: <|Allways|> # for ever\n"
          "  containers:\n    - name: web\n      image: nginx:1.27.2\n      imagePullPolicy: \"<|ifnotpresent|>\"\n"
          "      ports: [{containerPort: 80, protocol: <|HTTP|>}]\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  restartPolicy: Always # for ever\n"
          "  containers:\n    - name: web\n      image: nginx:1.27.2\n      imagePullPolicy: \"IfNotPresent\"\n"
          "      ports: [{containerPort: 80, protocol: HTTP}]\n"},
         {"quantities", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n"
          "      image: nginx:1.27.2\n      resources:\n        limits: {memory: <|512MB|>, cpu: <|one|>}\n"
          "        requests:\n          memory: \"<|1gi|>\"\n          cpu: <|100 m|>\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n"
          "      image: nginx:1.27.2\n      resources:\n        limits: {memory: 512M, cpu: one}\n"
          "        requests:\n          memory: \"1Gi\"\n          cpu: 100m\n"},
         {"what Kubernetes takes", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  restartPolicy: \"\"\n  containers:\n"
          "    - name: web\n      image: nginx:1.27.2\n      imagePullPolicy: ${PULL_POLICY}\n      resources:\n"
          "        limits: {memory: 128974848, cpu: 0.5, ephemeral-storage: 1e9, hugepages-2Mi: \"{{ pages }}\"}\n"
          "        requests: {memory: 129M, cpu: 500m, ephemeral-storage: \"0.5Gi\"}\n"}},
    .checks = {on(check_file), on(check_object)},
});

}  // namespace quaymaster::rules
