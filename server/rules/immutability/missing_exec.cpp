#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/start_text.h"

namespace quaymaster::rules {
extern const Rule missing_exec;
namespace {

/// Whether the shell has something to do for as long as the program runs.
bool needs_shell(const std::vector<const shell::Command*>& commands) {
  for (const shell::Command* command : commands)
    if (command->background || command->name() == "trap" || command->name() == "wait") return true;
  return false;
}

/// The program that a shell waits for at the end of its text, when it could as well become the program.
const shell::Command* waited_for(const shell::Script& script) {
  const std::vector<const shell::Command*> commands = own_commands(script);
  if (commands.size() < 2 || needs_shell(commands)) return nullptr;
  const shell::Command& last = *commands.back();
  if (last.conditional || last.function || last.connector == shell::Connector::Pipe ||
      last.connector == shell::Connector::Or)
    return nullptr;
  if (last.wrapped_by("exec") != nullptr || last.name() == "exec") return nullptr;
  // Only the text of a shell that the command itself starts; anything else in front of the program hands over.
  if (last.wrappers.empty()) return nullptr;
  const std::string_view inner = last.wrappers.back().name();
  if (inner != "sh" && inner != "bash" && inner != "ash" && inner != "dash") return nullptr;
  if (ends_by_itself(program_name(working_words(last).front()))) return nullptr;
  return &last;
}

/// Whether `exec ` in front of the program would be refused or mean something else: behind a `!`, and in a subshell,
/// which is a process of its own anyway.
bool cannot_take_exec(const shell::Text& text, TextRange program) {
  const std::string& bytes = text.source.text.bytes();
  const std::string_view front = std::string_view(bytes).substr(0, program.begin);
  const std::size_t last = front.find_last_not_of(" \t");
  if (last != std::string_view::npos && front[last] == '!') return true;
  int open = 0;
  for (const char c : front) {
    if (c == '(') ++open;
    if (c == ')' && open > 0) --open;
  }
  return open > 0;
}

void check_container(const container::Container& container, RuleContext& ctx) {
  if (container.template_only || container.kind == container::Container::Kind::InitContainer) return;
  for (const container::StartCommand* start : start_texts(container)) {
    // In shell form another rule says the same.
    if (ctx.language() == Language::Dockerfile && !start->exec_form) continue;
    const shell::Command* command = waited_for(*start->text.script);
    if (command == nullptr) continue;
    const TextRange program = command->words.front().range;
    Report report{.range = start->text.in_file(program),
                  .message = quoted(program_name(command->words.front()), 28) +
                             " runs below a shell, which does not pass SIGTERM on"};
    std::optional<Edit> edit;
    const bool bare = command->assignments.empty() && !cannot_take_exec(start->text, program);
    if (bare && !start->shared) edit = start->text.edit({program.begin, program.begin}, "exec ");
    if (edit)
      report.fixes.push_back({.title = "Let the program take the shell's place",
                              .applicability = Applicability::Unsafe,
                              .edits = {*std::move(edit)},
                              .caveat = "exec starts a program, not a function or a builtin of the shell."});
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule missing_exec = checked({
    .name = "missing-exec",
    .family = Family::Immutability,
    .title = "A shell stays in front of the program that the container is for.",
    .consequence =
        "`docker stop` sends SIGTERM to the shell, and the shell does not pass it on. Ten seconds later everything is "
        "killed: requests are cut off in the middle, the queue has messages that were half done, and each deployment "
        "takes ten seconds longer per container, thirty in a cluster.",
    .fine_when = "The program ends by itself, or needs no time to end.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Information, .presets = {{Preset::Strict, Severity::Information}}}},
    .references = {"https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example",
                   "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination"},
    .examples =
        {{"a service", "compose.yaml",
          "services:\n  web:\n    image: shop/web:3.1.0\n    command: sh -c \"python migrate.py && <|gunicorn|> "
          "app\"\n",
          "services:\n  web:\n    image: shop/web:3.1.0\n    command: sh -c \"python migrate.py && exec gunicorn "
          "app\"\n"},
         {"exec is there", "compose.yaml",
          "services:\n  web:\n    image: shop/web:3.1.0\n    command: sh -c \"python migrate.py && exec gunicorn "
          "app\"\n"},
         {"one command, which shells replace themselves with", "compose.yaml",
          "services:\n  web:\n    image: shop/web:3.1.0\n    command: sh -c \"gunicorn app\"\n"},
         {"the shell has work to do", "compose.yaml",
          "services:\n  web:\n    image: shop/web:3.1.0\n    command: sh -c \"trap stop TERM; node server.js\"\n"},
         {"exec form", "Dockerfile",
          "FROM node:22.11.0\nCMD [\"sh\", \"-c\", \"node migrate.js && <|node|> server.js\"]\n",
          "FROM node:22.11.0\nCMD [\"sh\", \"-c\", \"node migrate.js && exec node server.js\"]\n"},
         {"behind a negation and in a subshell", "compose.yaml",
          "services:\n  a:\n    image: shop/a:3.1.0\n    command: sh -c \"./migrate && ! <|/app/server|>\"\n  b:\n"
          "    image: shop/b:3.1.0\n    command: sh -c \"./migrate && (<|/app/server|>)\"\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "shop/web:3.1.0\n      command: [sh, -c]\n      args:\n        - |\n          export A=1\n"
          "          <|/app/server|> --port 80\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "shop/web:3.1.0\n      command: [sh, -c]\n      args:\n        - |\n          export A=1\n"
          "          exec /app/server --port 80\n"}},
    .checks = {on(check_container)},
});

}  // namespace quaymaster::rules
