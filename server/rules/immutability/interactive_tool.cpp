#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/development.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"

namespace quaymaster::rules {
extern const Rule interactive_tool;
namespace {

/// Programs for a person at a terminal.
bool is_for_people(std::string_view package) {
  constexpr std::string_view kPackages[] = {"bash-completion",
                                            "byobu",
                                            "emacs",
                                            "emacs-nox",
                                            "htop",
                                            "inetutils-telnet",
                                            "iotop",
                                            "less",
                                            "man-db",
                                            "mc",
                                            "mlocate",
                                            "nano",
                                            "neovim",
                                            "screen",
                                            "telnet",
                                            "tmux",
                                            "vim",
                                            "vim-tiny",
                                            "vim-enhanced",
                                            "vim-minimal",
                                            "vim-nox",
                                            "zsh",
                                            "fish",
                                            "busybox-extras",
                                            "nmap"};
  return std::find(std::begin(kPackages), std::end(kPackages), package) != std::end(kPackages);
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  if (!stays_in_image(build) || is_development_path(ctx.path())) return;
  if (names_development(build.context.stage_name)) return;
  std::vector<const packages::Package*> found;
  const std::vector<PackageCommand> uses = package_commands(build);
  for (const PackageCommand& use : uses) {
    if (use.call.operation != packages::Operation::Install || !packages::is_system(use.call.manager)) continue;
    for (const packages::Package& package : use.call.packages)
      if (is_for_people(package.name)) found.push_back(&package);
  }
  if (found.empty()) return;
  std::string message = quoted(found.front()->name, 24);
  if (found.size() > 1) message += " and " + std::to_string(found.size() - 1) + " more are";
  message += found.size() > 1 ? " for people who work in the container" : " is for people who work in the container";
  Report report{.range = build.text.in_file(found.front()->name_range), .message = std::move(message)};
  constexpr std::size_t kMostRelated = 20;
  for (std::size_t i = 1; i < found.size() && i <= kMostRelated; ++i)
    report.related.push_back({build.text.in_file(found[i]->name_range), quoted(found[i]->name) + " as well"});
  ctx.report(std::move(report));
}

}  // namespace

constinit const Rule interactive_tool = checked({
    .name = "interactive-tool",
    .family = Family::Immutability,
    .title = "The image has editors and other tools for people who log in.",
    .consequence =
        "Somebody opens the configuration in the running container with `vim`, and the service works again. The "
        "container is replaced an hour later, the error is back, and nobody knows what had been changed. Until then "
        "the scanner reports the holes of an editor that the service never starts.",
    .fine_when = "People are meant to work in the container: a toolbox, a lesson, an image for development. To look "
                 "into a running one, `kubectl debug` and `docker debug` bring the tools along.",
    .variants = {{.severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages",
                   "https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#ephemeral-container"},
    .examples = {{"an editor", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get update && apt-get install -y curl <|vim|> htop\n"},
                 {"what services need", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get install -y curl ca-certificates\n"},
                 {"a stage for development", "Dockerfile", "FROM debian:12.8 AS dev\nRUN apt-get install -y vim\n"},
                 {"a stage that does not ship", "Dockerfile",
                  "FROM debian:12.8 AS build\nRUN apt-get install -y less\nFROM debian:12.8\nCMD [\"/a\"]\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
