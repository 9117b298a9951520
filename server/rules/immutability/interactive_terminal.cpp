#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/development_service.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule interactive_terminal;
namespace {

bool is_on(const std::optional<container::Flag>& flag) { return flag && flag->value; }

/// What is said about the terminal of one container.
struct Terminal {
  const std::optional<container::Flag>& tty;
  const std::optional<container::Flag>& stdin_open;
};

std::optional<Fix> without_terminal(const Terminal& terminal, const yaml::Document& document) {
  Fix fix{"Start it without a terminal",
          Applicability::Unsafe,
          {},
          "A program that asks somebody, or ends when its input does, has to be told otherwise."};
  for (const std::optional<container::Flag>* flag : {&terminal.stdin_open, &terminal.tty}) {
    if (!is_on(*flag)) continue;
    std::optional<Edit> edit = (*flag)->shared ? std::nullopt : yaml::remove_at(document, (*flag)->key_range);
    if (!edit) return std::nullopt;
    fix.edits.push_back(*std::move(edit));
  }
  if (fix.edits.size() == 2 && fix.edits[1].range.begin < fix.edits[0].range.begin)
    std::swap(fix.edits[0], fix.edits[1]);
  if (fix.edits.size() == 2 && fix.edits[0].range.end > fix.edits[1].range.begin) return std::nullopt;
  return fix;
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  if (!is_on(service.tty) && !is_on(service.stdin_open)) return;
  if (service.container.template_only || is_development_path(ctx.path()) || is_for_development(service)) return;
  const container::Flag& first = is_on(service.tty) ? *service.tty : *service.stdin_open;
  const std::string keys = is_on(service.tty) && is_on(service.stdin_open) ? "`tty` and `stdin_open` give"
                           : is_on(service.tty)                            ? "`tty` gives"
                                                                           : "`stdin_open` gives";
  Report report{.range = first.key_range,
                .message = keys + " " + quoted(service.name, 24) + " a terminal: services talk to nobody there"};
  const yaml::Document* document = service.written.document();
  if (document != nullptr && !service.shared)
    if (std::optional<Fix> fix = without_terminal({service.tty, service.stdin_open}, *document))
      report.fixes.push_back(*std::move(fix));
  ctx.report(std::move(report));
}

/// A Pod by itself is often started to work in.
void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.custom || workload.object.kind == "Pod" || is_development_path(ctx.path())) return;
  for (const kubernetes::PodContainer& container : workload.containers) {
    const Terminal terminal{container.tty, container.stdin_open};
    if (container.ephemeral || (!is_on(terminal.tty) && !is_on(terminal.stdin_open))) continue;
    const bool both = is_on(terminal.tty) && is_on(terminal.stdin_open);
    const std::string keys = both ? "`tty` and `stdin` give" : is_on(terminal.tty) ? "`tty` gives" : "`stdin` gives";
    Report report{.range = is_on(terminal.tty) ? terminal.tty->key_range : terminal.stdin_open->key_range,
                  .message = keys + " " + quoted(container.container.name, 24) + " a terminal that nobody sits at"};
    if (std::optional<Fix> fix = without_terminal(terminal, *container.value.document()))
      report.fixes.push_back(*std::move(fix));
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule interactive_terminal = checked({
    .name = "interactive-terminal",
    .family = Family::Immutability,
    .title = "A container is started with a terminal, for a person to type in.",
    .consequence =
        "With a terminal the program writes for people: colours, progress bars, lines that end in a carriage return. "
        "The log system takes each of them for a broken event. And a program that finds a terminal may ask a question "
        "at start, and wait for an answer for ever: the container counts as running.",
    .fine_when = "Somebody attaches to the container and works there: a shell, a game server with a console.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose | Language::Kubernetes}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#tty",
                   "https://docs.docker.com/reference/cli/docker/container/run/#tty"},
    .examples =
        {{"both", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    <|tty|>: true\n    stdin_open: true\n    init: true\n",
          "services:\n  api:\n    image: shop/api:1.4.2\n    init: true\n"},
         {"a terminal alone", "compose.yaml",
          "services:\n  api: {image: \"shop/api:1.4.2\", <|tty|>: \"true\", init: true}\n",
          "services:\n  api: {image: \"shop/api:1.4.2\", init: true}\n"},
         {"text that others share", "compose.yaml",
          "x-all: &all\n  <|stdin_open|>: true\nservices:\n  api:\n    <<: *all\n    image: shop/api:1.4.2\n"},
         {"off, or for a variable to say", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    tty: false\n    stdin_open: ${INTERACTIVE}\n"},
         {"a service to develop in", "compose.yaml",
          "services:\n  api:\n    build: .\n    tty: true\n    volumes: [\".:/app\"]\n"},
         {"a file for development", "compose.override.yaml", "services:\n  api:\n    tty: true\n"},
         {"a deployment", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n"
          "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n"
          "      containers:\n        - name: web\n          image: shop/web:1.4.2\n          stdin: true\n"
          "          <|tty|>: true\n",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n"
          "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n"
          "      containers:\n        - name: web\n          image: shop/web:1.4.2\n"},
         {"a pod to work in", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: shell\n"
          "      image: alpine:3.21\n      stdin: true\n      tty: true\n"}},
    .checks = {on(check_service), on(check_workload)},
});

}  // namespace quaymaster::rules
