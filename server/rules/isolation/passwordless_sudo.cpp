#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/development.h"
#include "rules/support/package_commands.h"
#include "rules/support/written_text.h"

namespace quaymaster::rules {
extern const Rule passwordless_sudo;
namespace {

constexpr std::string_view kNoPassword = "NOPASSWD";

void check_words(const dockerfile::BuildScript& build, RuleContext& ctx) {
  const std::vector<shell::Command>& commands = build.text.script->commands;
  for (std::size_t i = 0; i < commands.size(); ++i)
    for (const shell::Word* word : written_words(commands, i)) {
      const bool by_sed = commands[i].name() == "sed";
      const std::size_t at = (by_sed ? written_by_sed(word->text) : word->text).find(kNoPassword);
      if (at == std::string::npos) continue;
      ctx.report({.variant = "no-password",
                  .range = build.text.in_file(part_range(*word, at, kNoPassword.size())),
                  .message = "`NOPASSWD`: whoever gets into the container is root with one word more"});
    }
}

void check_packages(const dockerfile::BuildScript& build, RuleContext& ctx) {
  for (const PackageCommand& use : package_commands(build)) {
    if (use.call.operation != packages::Operation::Install || !packages::is_system(use.call.manager)) continue;
    for (const packages::Package& package : use.call.packages)
      if (package.name == "sudo")
        ctx.report({.variant = "installed",
                    .range = build.text.in_file(package.range),
                    .message = "`sudo` stays in the image: a way to root that no service needs"});
  }
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  if (!stays_in_image(build) || is_development_path(ctx.path())) return;
  check_words(build, ctx);
  if (ctx.enabled("installed")) check_packages(build, ctx);
}

void check_copy(const dockerfile::Copy& copy, RuleContext& ctx) {
  const dockerfile::Context* context = ctx.instruction_context();
  if (context == nullptr || (!context->ships && context->in_stage)) return;
  for (const dockerfile::Heredoc& heredoc : copy.heredocs) {
    const std::size_t at = heredoc.body.bytes().find(kNoPassword);
    if (at == std::string::npos) continue;
    const auto begin = static_cast<std::uint32_t>(at);
    ctx.report({.variant = "no-password",
                .range = heredoc.body.to_file({begin, begin + static_cast<std::uint32_t>(kNoPassword.size())}),
                .message = "`NOPASSWD`: whoever gets into the container is root with one word more"});
  }
}

}  // namespace

constinit const Rule passwordless_sudo = checked({
    .name = "passwordless-sudo",
    .family = Family::Isolation,
    .title = "A user of the image becomes root without a password.",
    .consequence =
        "The image has a user of its own, and the scanner is content. Then somebody finds a hole in the service and "
        "types `sudo sh`. From there on it is as if USER had never been written: packages can be installed, logs "
        "removed, and a hole in the kernel tried out from the inside.",
    .fine_when = "People work in the container, as in a development container or a runner for pipelines, and it holds "
                 "nothing that they must not reach.",
    .variants = {{.name = "no-password",
                  .summary = "A rule for sudo asks for no password.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "installed",
                  .summary = "sudo is installed in an image that ships.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#user",
                   "https://www.sudo.ws/docs/man/sudoers.man/"},
    .examples =
        {{"a rule for one user", "Dockerfile",
          "FROM debian:12.8\nRUN echo 'app ALL=(ALL) <|NOPASSWD|>: ALL' >> /etc/sudoers\n"},
         {"by way of a pipe", "Dockerfile",
          "FROM debian:12.8\nRUN echo \"%sudo ALL=(ALL) <|NOPASSWD|>:ALL\" | tee -a /etc/sudoers.d/all\n"},
         {"a rule that is changed", "Dockerfile",
          "FROM debian:12.8\nRUN sed -i 's/%sudo.*/%sudo ALL=<|NOPASSWD|>: ALL/' /etc/sudoers\n"},
         {"a file that is written", "Dockerfile",
          "FROM debian:12.8\nCOPY <<EOF /etc/sudoers.d/app\napp ALL=(ALL) <|NOPASSWD|>: ALL\nEOF\n"},
         {"sudo itself", "Dockerfile", "FROM debian:12.8\nRUN apt-get install -y curl <|sudo|>\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM debian:12.8 AS build\nRUN apt-get install -y sudo && echo 'a ALL=NOPASSWD: ALL' > /etc/sudoers.d/a\n"
          "FROM debian:12.8\nCOPY --from=build /a /a\n"},
         {"a development container", ".devcontainer/Dockerfile",
          "FROM debian:12.8\nRUN echo 'app ALL=(ALL) NOPASSWD: ALL' >> /etc/sudoers\n"},
         {"what is only printed", "Dockerfile", "FROM debian:12.8\nRUN echo NOPASSWD && grep NOPASSWD /etc/sudoers\n"}},
    .checks = {on(check_run), on(check_copy)},
});

}  // namespace quaymaster::rules
