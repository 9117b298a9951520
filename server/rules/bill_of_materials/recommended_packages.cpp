#include <string>
#include <utility>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"

namespace quaymaster::rules {
extern const Rule recommended_packages;
namespace {

using packages::Flag;
using packages::Manager;

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  for (const auto& [command, call] : package_commands(build)) {
    const bool apt = call.manager == Manager::AptGet || call.manager == Manager::Apt;
    if (!apt || call.verb != "install" || !call.literal) continue;
    if (call.has(Flag::NoRecommends) || call.has(Flag::DryRun) || call.has(Flag::Help)) continue;
    Report report{.range = build.text.in_file(call.verb_range),
                  .message = quoted(call_name(call)) + " also installs what the packages merely recommend"};
    if (auto edit = insert_word(build, call.verb_range, "--no-install-recommends"))
      report.fixes.push_back({.title = "Add --no-install-recommends",
                              .applicability = Applicability::Unsafe,
                              .edits = {std::move(*edit)},
                              .caveat = "What the image relied on without naming it has to be named now, for example "
                                        "ca-certificates."});
    if (call.manager == Manager::Apt) report.aliases.emplace();
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule recommended_packages = checked({
    .name = "recommended-packages",
    .family = Family::BillOfMaterials,
    .title = "Packages come into the image that nobody asked for.",
    .consequence =
        "`apt-get install git` also brings a mail program, manuals and a few dozen more. The image is half as large "
        "again, and next month's alarm is about a hole in a program that your service has never called and that "
        "nobody remembers having installed.",
    .fine_when = "The recommended packages are wanted, and what they are is known.",
    .fix = FixAvailability::Always,
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3015"}, {Language::Dockerfile, "trivy:DS-0029"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages",
                   "https://www.debian.org/doc/debian-policy/ch-relationships.html"},
    .examples =
        {{"apt-get", "Dockerfile", "FROM debian:12.8\nRUN apt-get -y <|install|> git\n",
          "FROM debian:12.8\nRUN apt-get -y install --no-install-recommends git\n"},
         {"exec form", "Dockerfile", "FROM debian:12.8\nONBUILD RUN [\"apt-get\", \"<|install|>\", \"-y\", \"git\"]\n",
          "FROM debian:12.8\nONBUILD RUN [\"apt-get\", \"install\", \"--no-install-recommends\", \"-y\", \"git\"]\n"},
         {"apt", "Dockerfile", "FROM debian:12.8\nRUN sh -c 'apt <|install|> -y git'\n",
          "FROM debian:12.8\nRUN sh -c 'apt install --no-install-recommends -y git'\n"},
         {"told not to", "Dockerfile", "FROM debian:12.8\nRUN apt-get install -y --no-install-recommends git\n"},
         {"told in another way", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get -o APT::Install-Recommends=false install -y git\n"},
         {"nothing is installed", "Dockerfile", "FROM debian:12.8\nRUN apt-get update && apt-get -y upgrade\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
