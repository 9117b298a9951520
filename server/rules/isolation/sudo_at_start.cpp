#include "model/container/container.h"
#include "rules/rule_context.h"
#include "rules/support/start_text.h"

namespace quaymaster::rules {
extern const Rule sudo_at_start;
namespace {

/// The word that calls sudo, also one that somebody forgot to take apart: `["sudo cat"]`. Null when there is none.
const shell::Word* sudo_of(const shell::Command& command) {
  if (const shell::Wrapper* wrapper = command.wrapped_by("sudo")) return &wrapper->words.front();
  const shell::Word& program = command.words.front();
  return program_name(program) == "sudo" || program.text.starts_with("sudo ") ? &program : nullptr;
}

void check_start(const container::StartCommand& start, RuleContext& ctx) {
  if (!start.ships) return;
  for (const shell::Command& command : start.text.script->commands)
    if (const shell::Word* sudo = sudo_of(command))
      ctx.report({.range = start.text.in_file(sudo->range),
                  .message = "a container that may use sudo is as good as one that runs as root"});
}

}  // namespace

constinit const Rule sudo_at_start = checked({
    .name = "sudo-at-start",
    .family = Family::Isolation,
    .title = "The container is started through sudo.",
    .consequence =
        "The image has a user of its own, and the scanner is content. But that user may run everything as root, "
        "without a password, and so may whoever runs a command in the container.",
    .fine_when = "It prepares one thing at the start, and the rules of sudo allow nothing else.",
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Information}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kubescape:C-0062"}}}},
    .references = {"https://docs.docker.com/build/building/best-practices/#user"},
    .examples = {{"a pod", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
                  "      image: shop:1.4.2\n      command: [<|sudo|>, /app]\n    - name: log\n      image: log:1.4.2\n"
                  "      command: [\"<|sudo cat|>\"]\n      args: [/log]\n"},
                 {"a script", "compose.yaml",
                  "services:\n  web:\n    image: shop:1.4.2\n"
                  "    command: sh -c \"<|sudo|> chown app /data && exec /app\"\n"},
                 {"an image", "Dockerfile", "FROM alpine:3.21\nUSER app\nCMD <|sudo|> /app\n"},
                 {"another program", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
                  "      image: shop:1.4.2\n      command: [echo, sudo]\n"}},
    .checks = {on(check_start)},
});

}  // namespace quaymaster::rules
