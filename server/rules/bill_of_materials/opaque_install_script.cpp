#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule opaque_install_script;
namespace {

/// Whether the name of a script says that it sets something up.
bool is_install_script(std::string_view path) {
  constexpr std::string_view kNames[] = {"install", "setup", "bootstrap", "provision", "deploy", "build"};
  if (!path.ends_with(".sh")) return false;
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [&](std::string_view word) { return name.starts_with(word); });
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  if (!stays_in_image(build)) return;
  const auto& commands = build.text.script->commands;
  // What this RUN unpacks or clones brings its installer along.
  const bool fetched = std::any_of(commands.begin(), commands.end(), [](const shell::Command& command) {
    constexpr std::string_view kPrograms[] = {"curl", "wget", "tar", "unzip", "git", "cd"};
    return std::find(std::begin(kPrograms), std::end(kPrograms), command.name()) != std::end(kPrograms);
  });
  if (fetched) return;
  for (const shell::Command& command : commands) {
    const bool shell_runs = command.name() == "sh" || command.name() == "bash";
    if (shell_runs && command.words.size() < 2) continue;
    const shell::Word& script = command.words[shell_runs ? 1 : 0];
    const bool is_path = shell_runs || script.text.find('/') != std::string::npos;
    if (script.literal && is_path && is_install_script(script.text))
      ctx.report(
          {.range = build.text.in_file(script.range),
           .message = quoted(script.text, 36) + " decides what is in the image; the Dockerfile does not say it"});
  }
}

}  // namespace

constinit const Rule opaque_install_script = checked({
    .name = "opaque-install-script",
    .family = Family::BillOfMaterials,
    .title = "A script sets the image up, and the Dockerfile does not show what it does.",
    .consequence =
        "The scanner reports a package, and nobody finds where it comes from: the Dockerfile has one line, and the "
        "script behind it calls others. One changed comment in it makes the whole layer anew, all linters of "
        "Dockerfiles are blind, and so is whoever reviews the change.",
    .fine_when = "The script is short and stands beside the Dockerfile, or several images share it on purpose.",
    .variants = {{.severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/cache/", "https://docs.docker.com/build/building/best-practices/"},
    .examples = {{"a script of the project", "Dockerfile",
                  "FROM debian:12.8\nCOPY scripts /scripts\nRUN <|/scripts/install-all.sh|> && bash <|setup.sh|>\n"},
                 {"what was fetched", "Dockerfile",
                  "FROM debian:12.8\nRUN curl -O https://example.org/a.tgz && tar xf a.tgz && ./a/install.sh\n"},
                 {"other scripts", "Dockerfile", "FROM debian:12.8\nRUN ./gradlew build && /app/manage.sh collect\n"},
                 {"a stage that does not ship", "Dockerfile",
                  "FROM debian:12.8 AS build\nRUN ./build.sh\nFROM debian:12.8\nCOPY --from=build /a /a\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
