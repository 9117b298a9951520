#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/compose/compose.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule invalid_container_name;
namespace {

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_allowed(char c) { return is_alphanumeric(c) || c == '_' || c == '.' || c == '-'; }

bool is_valid(std::string_view name) {
  return name.size() >= 2 && is_alphanumeric(name.front()) && std::ranges::all_of(name, is_allowed);
}

/// The name with `-` for what is not allowed; empty when too little is left.
std::string repaired(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (is_allowed(c))
      result += c;
    else if (!result.ends_with('-'))
      result += '-';
  }
  const auto first = std::ranges::find_if(result, is_alphanumeric);
  result.erase(result.begin(), first);
  while (result.ends_with('-')) result.pop_back();
  return is_valid(result) ? result : std::string();
}

void check(const compose::Service& service, RuleContext& ctx) {
  const std::optional<compose::Text>& name = service.container_name;
  if (!name || !name->literal || is_valid(name->text)) return;
  Report report{.range = name->range, .message = {}};
  if (name->text.size() < 2)
    report.message = "the name of a container has two characters or more";
  else if (!is_alphanumeric(name->text.front()))
    report.message = quoted(name->text) + " does not begin with a letter or a digit";
  else
    report.message = quoted(name->text) + " may hold only letters, digits, `_`, `.` and `-`";
  const std::string better = repaired(name->text);
  if (!name->shared && !better.empty()) {
    if (std::optional<Edit> edit = yaml::replace_scalar(service.value.get("container_name"), better))
      report.fixes.push_back({"Call it " + quoted(better), Applicability::Unsafe, {*std::move(edit)}});
  }
  ctx.report(std::move(report));
}

}  // namespace

constinit const Rule invalid_container_name = checked({
    .name = "invalid-container-name",
    .family = Family::Correctness,
    .title = "A container cannot have this name.",
    .consequence =
        "The engine answers `Invalid container name (shop@1), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`: the service "
        "does not start.",
    .fine_when = "Never: every version of Docker refuses it.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Compose, "dclint:service-container-name-regex"}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#container_name"},
    .examples = {{"a character that is not allowed", "compose.yaml",
                  "services:\n  web:\n    image: shop/web:1.4.2\n    container_name: \"<|shop@1|>\"\n",
                  "services:\n  web:\n    image: shop/web:1.4.2\n    container_name: \"shop-1\"\n"},
                 {"a dash at the front", "compose.yaml",
                  "services:\n  web:\n    image: shop/web:1.4.2\n    container_name: <|_web|>\n",
                  "services:\n  web:\n    image: shop/web:1.4.2\n    container_name: web\n"},
                 {"too short", "compose.yaml",
                  "services:\n  web:\n    image: shop/web:1.4.2\n    container_name: <|w|>\n"},
                 {"all is well", "compose.yaml",
                  "services:\n  web:\n    image: shop/web:1.4.2\n    container_name: shop_web.1-a\n  jobs:\n    image: "
                  "shop/jobs:1.4.2\n    container_name: ${NAME}@1\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
