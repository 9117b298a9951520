#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/start_text.h"

namespace quaymaster::rules {
extern const Rule host_command_in_build;
namespace {

constexpr std::string_view kLostService = "lost-service";
constexpr std::string_view kCommand = "command";

/// Programs that look after a running machine, or want a person at a terminal.
constexpr std::string_view kHostCommands[] = {"free",     "kill", "mount", "ps", "service",
                                              "shutdown", "ssh",  "top",   "vim"};

/// The name of the service that `command` starts; empty when it starts none.
std::string_view started_service(const shell::Command& command) {
  const std::vector<shell::Word>& words = command.words;
  const auto starts = [&](std::size_t i) {
    return i < words.size() && (words[i].text == "start" || words[i].text == "restart");
  };
  const std::string_view name = command.name();
  if ((name == "service" || name == "rc-service") && starts(2)) return words[1].text;
  if (words.front().text.starts_with("/etc/init.d/") && starts(1)) return name;
  if (name == "systemctl" && starts(1) && words.size() > 2) return words[2].text;
  return {};
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  const std::vector<const shell::Command*> commands = own_commands(*build.text.script);
  if (commands.empty()) return;
  const shell::Command& last = *commands.back();
  if (const std::string_view service = started_service(last); !service.empty()) {
    Report report{.variant = kLostService,
                  .range = build.text.in_file(cover(last.words.front().range, last.words.back().range)),
                  .message = "starts " + quoted(service) + ", which ends with this RUN: the image holds no processes"};
    if (last.name() != "service") report.aliases.emplace();
    ctx.report(std::move(report));
  }
  for (const shell::Command& command : build.text.script->commands) {
    const bool lost = &command == &last && !started_service(command).empty();
    const std::string_view name = command.name();
    if (lost || std::ranges::find(kHostCommands, name) == std::end(kHostCommands)) continue;
    ctx.report({.variant = kCommand,
                .range = build.text.in_file(command.words.front().range),
                .message = quoted(name) + " is for a running machine, not for the build of an image"});
    return;
  }
}

}  // namespace

constinit const Rule host_command_in_build = checked({
    .name = "host-command-in-build",
    .family = Family::Immutability,
    .title = "The build runs a command that is made for a running machine.",
    .consequence =
        "`RUN service mysql start` succeeds, and the container comes up without a database: the layer keeps files, and "
        "the process ended together with the RUN that started it. What is mounted, killed, listed or edited during the "
        "build concerns a container that is gone a second later.",
    .fine_when =
        "Something is started, used and stopped again within one RUN, for example a database that gets its schema.",
    .fix = FixAvailability::None,
    .variants = {{.name = "lost-service",
                  .summary = "A RUN starts a service and ends.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3001"}},
                  .languages = Language::Dockerfile},
                 {.name = "command",
                  .summary = "A command of system administration, or for a terminal, runs in the build.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3001"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#run",
                   "https://docs.docker.com/build/building/best-practices/#create-ephemeral-containers"},
    .examples = {{"a service that is gone again", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get update && <|service nginx start|>\n"},
                 {"its script", "Dockerfile", "FROM debian:12.8\nRUN <|/etc/init.d/ssh restart|>\n"},
                 {"exec form", "Dockerfile", "FROM debian:12.8\nRUN [\"<|service\", \"cron\", \"start|>\"]\n"},
                 {"started for the rest of the RUN", "Dockerfile",
                  "FROM debian:12.8\nRUN <|service|> mysql start && mysql < /schema.sql\n"},
                 {"a process table of nothing", "Dockerfile", "FROM debian:12.8\nRUN env | sort && <|ps|> aux\n"},
                 {"with its folder", "Dockerfile", "FROM debian:12.8\nONBUILD RUN sudo <|/bin/mount|> -a\n"},
                 {"in a here-document", "Dockerfile",
                  "FROM debian:12.8\nRUN <<EOF\nset -e\n<|ssh|> build@example.com make\nEOF\n"},
                 {"only a package", "Dockerfile", "FROM debian:12.8\nRUN apt-get install -y ssh vim\n"},
                 {"enabled for later", "Dockerfile", "FROM debian:12.8\nRUN systemctl enable nginx\n"},
                 {"only asks whether it is there", "Dockerfile", "FROM debian:12.8\nRUN command -v ssh\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
