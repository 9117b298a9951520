#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "model/container/container.h"
#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/development.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"
#include "rules/support/start_text.h"

namespace quaymaster::rules {
extern const Rule ssh_server;
namespace {

/// "ssh" is the client and the server on Debian.
bool is_server_package(std::string_view name) {
  constexpr std::string_view kPackages[] = {"openssh-server", "openssh-sftp-server", "dropbear", "tinysshd", "ssh"};
  return std::find(std::begin(kPackages), std::end(kPackages), name) != std::end(kPackages);
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  if (!stays_in_image(build) || is_development_path(ctx.path())) return;
  for (const PackageCommand& use : package_commands(build)) {
    if (use.call.operation != packages::Operation::Install || !packages::is_system(use.call.manager)) continue;
    const bool debian = use.call.manager == packages::Manager::AptGet || use.call.manager == packages::Manager::Apt;
    for (const packages::Package& package : use.call.packages)
      if (is_server_package(package.name) && (debian || package.name != "ssh"))
        ctx.report({.variant = "installed",
                    .range = build.text.in_file(package.name_range),
                    .message = package.name == "ssh"
                                   ? std::string("`ssh` brings a server along; the client is `openssh-client`")
                                   : quoted(package.name) + " is there to log in to the container and change it"});
  }
}

void check_container(const container::Container& container, RuleContext& ctx) {
  if (container.template_only) return;
  for (const container::StartCommand* start : start_texts(container))
    for (const shell::Command* command : own_commands(*start->text.script)) {
      const shell::Word& program = working_words(*command).front();
      const std::string_view name = program_name(program);
      if (name == "sshd" || name == "dropbear")
        ctx.report({.variant = "started",
                    .range = start->text.in_file(program.range),
                    .message = quoted(name) + " is started, to log in to the container and change it"});
    }
}

}  // namespace

constinit const Rule ssh_server = checked({
    .name = "ssh-server",
    .family = Family::Immutability,
    .title = "The container has an SSH server, so that people can log in to it.",
    .consequence =
        "Somebody logs in, edits a file, and the service works again. The next deployment takes the change away, and "
        "nobody knows any more what it was. Meanwhile the server wants keys, accounts and updates of its own in every "
        "container, and is one more door for whoever scans the network; `docker exec` and `kubectl exec` need none of "
        "that.",
    .fine_when = "SSH is the service that the container offers, to git, SFTP or a jump host, and it runs nothing else; "
                 "or an editor connects to it for development.",
    .variants = {{.name = "installed",
                  .summary = "An SSH server is installed in an image that ships.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "started",
                  .summary = "The container starts an SSH server.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}}}},
    .references = {"https://docs.docker.com/reference/cli/docker/container/exec/",
                   "https://docs.docker.com/build/building/best-practices/#create-ephemeral-containers"},
    .examples =
        {{"a server", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get install -y <|openssh-server|> && mkdir /run/sshd\nEXPOSE 80 22\n"
          "CMD [\"<|/usr/sbin/sshd|>\", \"-D\"]\n"},
         {"a client", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get install -y openssh-client\nEXPOSE 22\nCMD [\"/app\"]\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM debian:12.8 AS test\nRUN apt-get install -y openssh-server\nFROM debian:12.8\nCOPY a /a\n"},
         {"a service", "compose.yaml",
          "services:\n  app:\n    image: shop/app:1.4.2\n    command: sh -c \"<|/usr/sbin/sshd|> && exec /app\"\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "shop/web:3.1.0\n      command: [<|/usr/sbin/sshd|>, -D, -e]\n"}},
    .checks = {on(check_run), on(check_container)},
});

}  // namespace quaymaster::rules
