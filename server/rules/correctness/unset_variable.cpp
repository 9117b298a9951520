#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unset_variable;
namespace {

using compose::Variable;

/// What shells, desktops, Docker and builds have set anyway.
bool is_set_anyway(std::string_view name) {
  constexpr std::array<std::string_view, 6> kPrefixes{"COMPOSE_", "DOCKER_", "GITHUB_", "CI_", "XDG_", "SSH_"};
  constexpr std::array<std::string_view, 16> kNames{"CI",      "DISPLAY", "GID",  "HOME",      "HOSTNAME", "LANG",
                                                    "LOGNAME", "PATH",    "PWD",  "TERM",      "SHELL",    "TMPDIR",
                                                    "TZ",      "UID",     "USER", "XAUTHORITY"};
  return std::ranges::find(kNames, name) != kNames.end() ||
         std::ranges::any_of(kPrefixes, [&](std::string_view prefix) { return name.starts_with(prefix); });
}

bool needs_value(const Variable& variable) {
  return !variable.default_range && !variable.required && !variable.optional && !is_set_anyway(variable.name);
}

/// Where a shell of the container fills in variables: the texts behind `sh -c`, and a health check that is one text.
std::vector<TextRange> shell_texts(const compose::Service& service) {
  std::vector<TextRange> texts;
  const auto add_nested = [&](const shell::Text& text) {
    for (const shell::NestedText& nested : text.script->nested) texts.push_back(text.in_file(nested.range));
  };
  for (const container::StartCommand& start : service.container.start)
    if (!start.shared) add_nested(start.text);
  for (const container::HealthCheck& health : service.container.health) {
    if (health.shared || !health.command) continue;
    add_nested(*health.command);
    const yaml::Value test = service.value.get("healthcheck").get("test");
    const bool by_shell =
        test.is_scalar() || (!test.items().empty() && test.items().front().value.string() == "CMD-SHELL");
    if (by_shell) texts.push_back(test.range());
  }
  return texts;
}

/// Whether the container gets the variable, with a value that stands in the file.
bool is_in_container(const compose::Service& service, std::string_view name) {
  return std::ranges::any_of(service.container.environment, [&](const container::EnvironmentEntry& entry) {
    return entry.name == name && entry.literal && entry.value && !entry.value->empty();
  });
}

class Variables {
 public:
  Variables(const ComposeInWorkspace& in, RuleContext& ctx) : file_(in.file), around_(*in.around), ctx_(ctx) {}

  void check() {
    for (const compose::Service& service : file_.services) find_meant_for_container(service);
    std::map<std::string_view, std::vector<const Variable*>> unset;
    for (const Variable& variable : file_.variables)
      if (needs_value(variable) && !is_set(variable.name) && !std::ranges::count(reported_, &variable))
        unset[variable.name].push_back(&variable);
    // Without a single file of that kind nobody knows where values come from.
    if (around_.environment_names)
      for (const auto& [name, uses] : unset) report(name, uses);
  }

 private:
  [[nodiscard]] bool is_set(const std::string& name) const {
    return around_.environment_names && std::ranges::binary_search(*around_.environment_names, name);
  }

  void find_meant_for_container(const compose::Service& service) {
    const std::vector<TextRange> texts = shell_texts(service);
    if (texts.empty()) return;
    for (const Variable& variable : file_.variables) {
      const bool in_shell = std::ranges::any_of(
          texts, [&](TextRange text) { return text.begin <= variable.range.begin && variable.range.end <= text.end; });
      if (!in_shell || !needs_value(variable) || is_set(variable.name)) continue;
      if (!is_in_container(service, variable.name)) continue;
      reported_.push_back(&variable);
      ctx_.report({.variant = "container",
                   .range = variable.range,
                   .message = "Compose replaces " + quoted("$" + variable.name, 24) +
                              ", which only the container has, by nothing",
                   .fixes = {{"Leave it to the shell in the container: " + quoted("$$" + variable.name),
                              Applicability::Unsafe,
                              {Edit::insertion(variable.range.begin, "$")},
                              "Whoever sets the variable for Compose, too, gets another value then."}}});
    }
  }

  void report(std::string_view name, const std::vector<const Variable*>& uses) {
    constexpr std::size_t kMostRelated = 10;
    Report report{.variant = "unset",
                  .range = uses.front()->range,
                  .message = quoted(name, 32) + " has no default, and no environment file here has it"};
    for (std::size_t i = 1; i < std::min(uses.size(), kMostRelated); ++i)
      report.related.push_back({uses[i]->range, "also used here"});
    ctx_.report(std::move(report));
  }

  const compose::File& file_;
  const ComposeSurroundings& around_;
  RuleContext& ctx_;
  std::vector<const Variable*> reported_;
};

void check(const ComposeInWorkspace& in, RuleContext& ctx) {
  if (in.around && in.complete && !in.file.is_v1) Variables(in, ctx).check();
}

}  // namespace

constinit const Rule unset_variable = checked({
    .name = "unset-variable",
    .family = Family::Correctness,
    .title = "A variable is filled in that nothing sets.",
    .consequence =
        "Compose prints one line, `The \"DB_HOST\" variable is not set. Defaulting to a blank string`, and starts all "
        "the "
        "same: the service looks for its database at an empty address. A health check with `$POSTGRES_USER` asks as "
        "nobody, for ever, and what waits for it never starts.",
    .fine_when = "The variable is always in the environment of whoever runs Compose.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "container",
                  .summary = "A shell in the container was to fill in the variable, and Compose does before it.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Compose},
                 {.name = "unset",
                  .summary = "The environment files beside the Compose file do not have the variable.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/interpolation/",
                   "https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/"},
    .examples =
        {{.title = "a health check with a variable of the container",
          .path = "compose.yaml",
          .before = "services:\n  db:\n    image: postgres:17.2\n    environment:\n      POSTGRES_USER: shop\n    "
                    "healthcheck:\n      test: [\"CMD-SHELL\", \"pg_isready -U <|$POSTGRES_USER|>\"]  # up?\n",
          .after = "services:\n  db:\n    image: postgres:17.2\n    environment:\n      POSTGRES_USER: shop\n    "
                   "healthcheck:\n      test: [\"CMD-SHELL\", \"pg_isready -U $$POSTGRES_USER\"]  # up?\n",
          .beside = {{"README", ""}}},
         {.title = "a command that a shell runs",
          .path = "compose.yaml",
          .before =
              "services:\n  job:\n    image: shop/job:1.0.0\n    environment: [TARGET=all]\n    command: sh -c \"make "
              "<|${TARGET}|>\"\n",
          .after =
              "services:\n  job:\n    image: shop/job:1.0.0\n    environment: [TARGET=all]\n    command: sh -c \"make "
              "$${TARGET}\"\n",
          .beside = {{"README", ""}}},
         {.title = "left to the shell, or set for Compose as well",
          .path = "compose.yaml",
          .before = "services:\n  db:\n    image: postgres:17.2\n    environment: {A: shop, B: shop}\n    healthcheck: "
                    "{test: "
                    "\"pg_isready -U $$A -d $B\"}\n",
          .beside = {{".env", "B=shop\n"}}},
         {.title = "no shell is there, and who knows what is set",
          .path = "compose.yaml",
          .before =
              "services:\n  db:\n    image: postgres:17.2\n    environment: {A: shop}\n    command: [postgres, $A, "
              "$B]\n",
          .beside = {{"README", ""}}},
         {.title = "a variable that was forgotten in the example",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:${TAG}\n    environment:\n      DB: "
                    "<|${DB_HOST}|>:${DB_PORT:-5432}\n"
                    "      OTHER: $DB_HOST\n      HOME: $HOME\n",
          .beside = {{".env.example", "TAG=1.4.2\n"}}},
         {.title = "it has to be set, or need not be",
          .path = "compose.yaml",
          .before = "services:\n  web:\n    image: shop/web:${TAG:?which one}${SUFFIX:+-x}\n",
          .beside = {{".env", "A=1\n"}}}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
