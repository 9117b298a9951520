#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/development_service.h"
#include "rules/support/message.h"
#include "rules/support/start_text.h"

namespace quaymaster::rules {
extern const Rule missing_init;
namespace {

/// Programs that start others and were not made to be the first process: they neither collect orphans nor end on
/// SIGTERM there.
bool needs_init(std::string_view program) {
  constexpr std::string_view kPrograms[] = {"node", "npm",      "npx",           "yarn",   "pnpm",     "bun",
                                            "deno", "chromium", "google-chrome", "chrome", "xvfb-run", "celery"};
  return std::ranges::find(kPrograms, program) != std::end(kPrograms);
}

/// The word of what stays the first process, or nothing when that is one that can be it, or nobody can tell.
const shell::Word* first_process(const container::StartCommand& start) {
  const std::vector<const shell::Command*> commands = own_commands(*start.text.script);
  if (commands.size() != 1) return nullptr;
  const shell::Command& command = *commands.front();
  const shell::Word& program = working_words(command).front();
  // Behind an init process (tini), or a script that may do the same.
  if (&program != &command.words.front()) return nullptr;
  for (const shell::Wrapper& wrapper : command.wrappers)
    if (wrapper.name() != "exec" && wrapper.name() != "sh" && wrapper.name() != "env") return nullptr;
  return needs_init(program_name(program)) ? &program : nullptr;
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  if (service.init || service.entry("init") || !service.container.complete || service.container.template_only) return;
  if (is_development_path(ctx.path()) || is_for_development(service)) return;
  for (const container::StartCommand* start : start_texts(service.container)) {
    // Behind the image's own entrypoint nobody knows which process is the first.
    const bool whole = start->role == container::StartCommand::Role::Entrypoint;
    const shell::Word* program = whole || service.entry("entrypoint") ? first_process(*start) : nullptr;
    if (program == nullptr) continue;
    Report report{.range = start->text.in_file(program->range),
                  .message = quoted(program_name(*program)) + " is the first process, and was not made to be that"};
    if (report.range.empty()) report.range = start->range;
    std::optional<Edit> edit;
    if (!service.shared && service.container.place)
      edit = yaml::insert(*service.container.place, {"init"}, yaml::NewValue::plain("true"));
    if (edit)
      report.fixes.push_back(
          {.title = "Put an init process in front",
           .applicability = Applicability::Unsafe,
           .edits = {*std::move(edit)},
           .caveat = "The engine's init (tini) becomes process 1; the program gets another number."});
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule missing_init = checked({
    .name = "missing-init",
    .family = Family::SingleService,
    .title = "A program that starts others is the first process of the container.",
    .consequence =
        "The kernel gives the first process no default for signals: `docker stop` sends SIGTERM, nothing happens, and "
        "ten seconds later all requests are cut off. And each browser that the service started and lost stays as a "
        "zombie, until after some weeks no process can be started any more.",
    .fine_when = "The program handles SIGTERM itself and starts no other processes.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#init",
                   "https://docs.docker.com/engine/containers/multi-service_container/"},
    .examples =
        {{"an entrypoint", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    entrypoint: [\"<|node|>\", \"server.js\"]\n",
          "services:\n  api:\n    image: shop/api:1.4.2\n    entrypoint: [\"node\", \"server.js\"]\n    init: true\n"},
         {"an init process", "compose.yaml",
          "services:\n  a:\n    image: shop/api:1.4.2\n    init: true\n    entrypoint: [\"node\", \"server.js\"]\n  "
          "b:\n"
          "    image: shop/api:1.4.2\n    entrypoint: [\"tini\", \"--\", \"node\", \"server.js\"]\n"},
         {"a command behind an entrypoint that is not known", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    command: node server.js\n"},
         {"a program that can be the first", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    entrypoint: [\"/app/server\"]\n"}},
    .checks = {on(check_service)},
});

}  // namespace quaymaster::rules
