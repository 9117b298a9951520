#include <optional>
#include <string>
#include <string_view>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/file_mode.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule setuid_bit;
namespace {

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  if (!stays_in_image(build)) return;
  for (const shell::Command& command : build.text.script->commands) {
    const std::optional<ModeChange> change = mode_change(command);
    const std::optional<FileMode> mode = change ? file_mode(change->text) : std::nullopt;
    if (!mode || !mode->setuid) continue;
    const std::string file = change->paths.empty() ? "the file" : quoted(change->paths.back()->text, 28);
    ctx.report({.range = build.text.in_file(change->mode->range),
                .message = quoted(change->text, 16) + " has " + file + " run as its owner, whoever starts it"});
  }
}

void check_transfer(const dockerfile::Transfer& transfer, RuleContext& ctx) {
  const dockerfile::Flag* flag = transfer.flag("chmod");
  const dockerfile::Context* context = ctx.instruction_context();
  if (flag == nullptr || !flag->value || context == nullptr) return;
  if (!context->ships && context->in_stage && !transfer.triggered) return;
  const std::optional<std::string> value = known_value(*flag->value, *context);
  const std::optional<FileMode> mode = value ? file_mode(*value) : std::nullopt;
  if (mode && mode->setuid)
    ctx.report({.range = flag->value->range,
                .message = quoted("--chmod=" + *value, 24) + " has the file run as its owner, whoever starts it"});
}

void check_copy(const dockerfile::Copy& copy, RuleContext& ctx) { check_transfer(copy, ctx); }
void check_add(const dockerfile::Add& add, RuleContext& ctx) { check_transfer(add, ctx); }

}  // namespace

constinit const Rule setuid_bit = checked({
    .name = "setuid-bit",
    .family = Family::Isolation,
    .title = "The build makes a program run with the rights of its owner.",
    .consequence =
        "The service runs as a user without rights, and somebody breaks into it. One program in the image has the "
        "setuid bit and belongs to root, say `find` or `python3`. `find . -exec …` then starts whatever that user "
        "likes as root, and root in the container is one mistake of the kernel away from the host.",
    .fine_when = "The program is small, made for that, and cannot do its work otherwise, and the container is not "
                 "started with `no-new-privileges`, which would ignore the bit. A capability of the file, given with "
                 "`setcap`, is less than all of root.",
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/cli/docker/container/run/#security-opt",
                   "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html"},
    .examples =
        {{"in letters", "Dockerfile", "FROM debian:12.8\nRUN chmod <|u+s|> /usr/bin/ping\n"},
         {"as a number", "Dockerfile",
          "FROM debian:12.8\nRUN chmod <|4755|> /app/run && install -m <|06755|> a /usr/bin/a\n"},
         {"what is copied", "Dockerfile", "FROM debian:12.8\nCOPY --chmod=<|4755|> run /run\n"},
         {"the bit is taken away", "Dockerfile",
          "FROM debian:12.8\nRUN find / -xdev -perm /6000 -type f -exec chmod a-s {} + && chmod 0755 /bin/su\n"},
         {"folders that pass their group on", "Dockerfile",
          "FROM debian:12.8\nRUN chmod g+s /srv && chmod 2775 /srv/files\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM debian:12.8 AS build\nRUN chmod u+s /a\nFROM debian:12.8\nCOPY b /b\n"}},
    .checks = {on(check_run), on(check_copy), on(check_add)},
});

}  // namespace quaymaster::rules
