#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/development.h"
#include "rules/support/file_mode.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule world_writable_path;
namespace {

constexpr std::string_view kCaveat =
    "A service that runs as another user than the owner may need to write here. Give that user the files with `chown`, "
    "or its group with `chmod g=u`.";

std::vector<Fix> fix_of(const FileMode& mode, std::optional<Edit> edit) {
  if (mode.without_writing.empty() || !edit) return {};
  return {{.title = "Let only the owner write",
           .applicability = Applicability::Unsafe,
           .edits = {*std::move(edit)},
           .caveat = std::string(kCaveat)}};
}

/// Folders that are made for everybody to write to.
bool is_for_everybody(const shell::Word& path) {
  for (const std::string_view folder : {"/tmp", "/var/tmp", "/dev/", "/run/lock"})
    if (path.text.starts_with(folder)) return true;
  return false;
}

void check_command(const dockerfile::BuildScript& build, const shell::Command& command, RuleContext& ctx) {
  const std::optional<ModeChange> change = mode_change(command);
  if (!change) return;
  const std::optional<FileMode> mode = file_mode(change->text);
  if (!mode || !mode->others_write) return;
  if (!change->paths.empty() && std::all_of(change->paths.begin(), change->paths.end(),
                                            [](const shell::Word* path) { return is_for_everybody(*path); }))
    return;
  std::string what = std::string(command.name()) + (change->recursive ? " -R " : " ") + change->text;
  std::string where = change->paths.empty() ? "what it touches" : quoted(change->paths.front()->text, 28);
  std::optional<Edit> edit;
  if (change->mode->text == change->text) edit = build.text.edit(change->mode->range, mode->without_writing);
  ctx.report({.variant = "command",
              .range = build.text.in_file(change->mode->range),
              .message = quoted(what, 24) + ": every process may rewrite " + where,
              .fixes = fix_of(*mode, std::move(edit))});
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  if (!stays_in_image(build) || is_development_path(ctx.path())) return;
  for (const shell::Command& command : build.text.script->commands) check_command(build, command, ctx);
}

void check_transfer(const dockerfile::Transfer& transfer, RuleContext& ctx) {
  const dockerfile::Flag* flag = transfer.flag("chmod");
  const dockerfile::Context* context = ctx.instruction_context();
  if (flag == nullptr || !flag->value || context == nullptr) return;
  if (!context->ships && context->in_stage && !transfer.triggered) return;
  const std::optional<std::string> value = known_value(*flag->value, *context);
  const std::optional<FileMode> mode = value ? file_mode(*value) : std::nullopt;
  if (!mode || !mode->others_write) return;
  std::optional<Edit> edit;
  if (*value == flag->value->string() && verbatim(*flag->value))
    edit = Edit::replacement(flag->value->range, mode->without_writing);
  ctx.report({.variant = "copy",
              .range = flag->value->range,
              .message = quoted("--chmod=" + *value, 24) + ": every process may rewrite what is copied",
              .fixes = fix_of(*mode, std::move(edit))});
}

void check_copy(const dockerfile::Copy& copy, RuleContext& ctx) { check_transfer(copy, ctx); }
void check_add(const dockerfile::Add& add, RuleContext& ctx) { check_transfer(add, ctx); }

}  // namespace

constinit const Rule world_writable_path = checked({
    .name = "world-writable-path",
    .family = Family::Isolation,
    .title = "Everybody may write to files of the image.",
    .consequence =
        "A hole in the service lets somebody write one file. With `chmod 777` that can be the program itself, a "
        "script that root starts, or a library that every process loads: it runs at the next start, and the user that "
        "the service was given so carefully protects nothing any more.",
    .fine_when = "The folder holds nothing but what anybody may read and change, such as a cache for temporary files, "
                 "and nothing is started from it. Where a platform chooses the user, as OpenShift does, give the root "
                 "group the rights of the owner instead: `chgrp -R 0 … && chmod -R g=u …`.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "command",
                  .summary = "A command of the build lets everybody write.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "copy",
                  .summary = "What is copied into the image may be written by everybody.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#user",
                   "https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",
                   "https://docs.openshift.com/container-platform/4.17/openshift_images/create-images.html"},
    .examples =
        {{"all that there is", "Dockerfile", "FROM debian:12.8\nRUN mkdir /app && chmod -R <|777|> /app\n",
          "FROM debian:12.8\nRUN mkdir /app && chmod -R 755 /app\n"},
         {"a mode in letters", "Dockerfile", "FROM debian:12.8\nRUN chmod <|a+rwx|> /app && chmod <|u=rw,o+w|> /a\n"},
         {"other commands that set modes", "Dockerfile",
          "FROM debian:12.8\nRUN mkdir -m <|0777|> /data && install <|--mode=666|> a.conf /etc/a.conf\n",
          "FROM debian:12.8\nRUN mkdir -m 0755 /data && install --mode=666 a.conf /etc/a.conf\n"},
         {"what is copied", "Dockerfile", "FROM debian:12.8\nCOPY --chmod=<|777|> run.sh /\n",
          "FROM debian:12.8\nCOPY --chmod=755 run.sh /\n"},
         {"modes that let no other write", "Dockerfile",
          "FROM debian:12.8\nRUN chmod 755 /a && chmod -x,o-w /b && chmod +x /c && chmod g=u /d && chmod 770 /e\n"},
         {"folders for everybody", "Dockerfile",
          "FROM debian:12.8\nRUN chmod 1777 /data && chmod 777 /tmp/cache && chmod a+rwx,o+t /srv/shared\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM debian:12.8 AS build\nRUN chmod 777 /src\nFROM debian:12.8\nCOPY --from=build /src/a /a\n"}},
    .checks = {on(check_run), on(check_copy), on(check_add)},
});

}  // namespace quaymaster::rules
