#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"

namespace quaymaster::rules {
extern const Rule system_upgrade;
namespace {

using packages::Flag;
using packages::Manager;

/// Verbs with which the manager removes packages to get on, or changes to another release.
bool is_full(const packages::Invocation& call) {
  constexpr std::string_view kVerbs[] = {"dist-upgrade", "full-upgrade", "dup", "distro-sync", "dselect-upgrade"};
  return std::find(std::begin(kVerbs), std::end(kVerbs), call.verb) != std::end(kVerbs);
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  for (const auto& [command, call] : package_commands(build)) {
    // On Arch there is nothing else: packages of different days do not go together.
    if (call.operation != packages::Operation::Upgrade || !packages::is_system(call.manager) ||
        call.manager == Manager::Pacman)
      continue;
    if (!call.packages.empty() || !call.literal || call.has(Flag::DryRun) || call.has(Flag::Help)) continue;
    const bool full = is_full(call);
    Report report{.variant = full ? "full" : "packages",
                  .range = build.text.in_file(call.head()),
                  .message = quoted(call_name(call)) + (full ? " may also remove packages of the base image"
                                                             : " puts new versions over those of the base image")};
    report.aliases.emplace();
    if (call.manager == Manager::Zypper) report.aliases->emplace_back("hadolint:DL3035");
    if (call.manager == Manager::AptGet && call.verb == "dist-upgrade") report.aliases->emplace_back("trivy:DS-0024");
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule system_upgrade = checked({
    .name = "system-upgrade",
    .family = Family::Immutability,
    .title = "The build upgrades the system of its base image.",
    .consequence =
        "The same Dockerfile and the same base give another image each day, and the cache decides which day is meant: "
        "the layer says `upgrade`, and holds the versions of the week in which it was first built. When the new libc "
        "breaks the service, no line of the repository has changed, and none leads back.",
    .fine_when =
        "The base image is rebuilt too seldom, the upgrade runs without the cache, and tests run on the very image "
        "that ships.",
    .fix = FixAvailability::None,
    .variants = {{.name = "packages",
                  .summary = "All packages of the base image are upgraded.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Dockerfile},
                 {.name = "full",
                  .summary = "The upgrade may also remove packages, or lead to another release.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3035"}, {Language::Dockerfile, "trivy:DS-0024"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often",
                   "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions"},
    .examples = {{"Debian", "Dockerfile", "FROM debian:12.8\nRUN apt-get update && <|apt-get -y upgrade|>\n"},
                 {"Alpine", "Dockerfile", "FROM alpine:3.21\nRUN <|apk -U upgrade|>\n"},
                 {"Red Hat", "Dockerfile", "FROM rockylinux:9.3\nRUN <|yum -y update|> && yum clean all\n"},
                 {"to another release", "Dockerfile",
                  "FROM opensuse/leap:15.6\nONBUILD RUN <|zypper --non-interactive dup|>\n"},
                 {"in a nested shell", "Dockerfile",
                  "FROM debian:12.8\nRUN bash -c \"<|/usr/bin/apt-get dist-upgrade|> -y\"\n"},
                 {"one package", "Dockerfile", "FROM rockylinux:9.3\nRUN dnf -y upgrade openssl\n"},
                 {"only the lists", "Dockerfile", "FROM debian:12.8\nRUN apt-get update\n"},
                 {"Arch", "Dockerfile", "FROM archlinux:base\nRUN pacman -Syu --noconfirm\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
