#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"

namespace quaymaster::rules {
extern const Rule cron_in_image;
namespace {

bool is_cron_package(std::string_view name) {
  constexpr std::string_view kPackages[] = {"cron", "cronie", "dcron", "anacron", "vixie-cron", "fcron"};
  return std::find(std::begin(kPackages), std::end(kPackages), name) != std::end(kPackages);
}

bool is_crontab_path(std::string_view path) {
  return path.starts_with("/etc/cron") || path.starts_with("/var/spool/cron");
}

bool mentions_cron(const dockerfile::CommandLine& command) {
  if (command.source && command.source->text.bytes().find("cron") != std::string::npos) return true;
  return std::any_of(command.strings.begin(), command.strings.end(),
                     [](const dockerfile::Word& word) { return word.string().find("cron") != std::string::npos; });
}

/// Whether the image starts cron as the thing that it is for.
bool starts_cron(const dockerfile::File& file) {
  return std::any_of(file.instructions.begin(), file.instructions.end(), [](const dockerfile::Placed& placed) {
    const auto* cmd = placed.instruction->as<dockerfile::Cmd>();
    const auto* entrypoint = placed.instruction->as<dockerfile::Entrypoint>();
    return (cmd != nullptr && mentions_cron(cmd->command)) ||
           (entrypoint != nullptr && mentions_cron(entrypoint->command));
  });
}

/// A place that plans jobs, relative to its segment.
struct Planned {
  std::string_view variant;
  TextRange range;
  std::string message;
};

std::optional<Planned> in_command(const dockerfile::BuildScript& build, const shell::Command& command) {
  if (command.name() == "crontab" && command.words.size() > 1 && command.words[1].text != "-l")
    return Planned{"jobs", build.text.in_file(command.words.front().range),
                   "`crontab` plans jobs inside of the container, beside its service"};
  for (const shell::Redirection& to : command.redirections)
    if (to.op.find('>') != std::string::npos && is_crontab_path(to.target.text))
      return Planned{"jobs", build.text.in_file(to.target.range),
                     quoted(to.target.text) + " plans jobs inside of the container, beside its service"};
  return std::nullopt;
}

void check_step(const dockerfile::BuildScript& build, std::uint32_t begin, RuleContext& ctx) {
  for (const shell::Command& command : build.text.script->commands)
    if (std::optional<Planned> found = in_command(build, command))
      report_in_segment(begin, {.variant = found->variant, .range = found->range, .message = std::move(found->message)},
                        ctx);
  for (const PackageCommand& use : package_commands(build)) {
    if (use.call.operation != packages::Operation::Install || !packages::is_system(use.call.manager)) continue;
    for (const packages::Package& package : use.call.packages)
      if (is_cron_package(package.name))
        report_in_segment(begin,
                          {.variant = "installed",
                           .range = build.text.in_file(package.name_range),
                           .message = quoted(package.name) + " is a second service beside the one of the image"},
                          ctx);
  }
}

void check_file(const dockerfile::BuildFile& build, RuleContext& ctx) {
  if (starts_cron(build.file)) return;
  for (const dockerfile::BuildFile::Step& step : build.steps)
    if (stays_in_image(step.script)) check_step(step.script, build.file.instructions[step.index].begin, ctx);
  for (const dockerfile::Placed& placed : build.file.instructions) {
    const auto* copy = placed.instruction->as<dockerfile::Copy>();
    if (copy == nullptr || !placed.context->ships || !copy->destination) continue;
    if (is_crontab_path(copy->destination->string()))
      report_in_segment(placed.begin,
                        {.variant = "jobs",
                         .range = copy->destination->range,
                         .message = "jobs are planned inside of the container, beside its service"},
                        ctx);
  }
}

}  // namespace

constinit const Rule cron_in_image = checked({
    .name = "cron-in-image",
    .family = Family::SingleService,
    .title = "The image plans jobs with cron beside its service.",
    .consequence =
        "The job for the night fails. Its output went into a mail that no container can send, `docker logs` is "
        "silent, and the container is healthy, since the service runs. Then the service is scaled to three replicas, "
        "and each invoice is sent three times.",
    .fine_when = "An entrypoint starts cron and nothing else in a container of its own, which the finding cannot see.",
    .variants = {{.name = "installed",
                  .summary = "cron is installed in an image whose start command is something else.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "jobs",
                  .summary = "A table of jobs is put into the image.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/engine/containers/multi-service_container/",
                   "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/"},
    .examples =
        {{"cron beside a service", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get install -y <|cron|> nginx\nCOPY jobs <|/etc/cron.d/jobs|>\n"
          "RUN <|crontab|> /etc/cron.d/jobs && echo '* * * * * root a' > <|/etc/cron.d/a|>\nCMD [\"/start.sh\"]\n"},
         {"a container for jobs", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get install -y cron\nCOPY jobs /etc/cron.d/jobs\nCMD [\"cron\", \"-f\"]\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM debian:12.8 AS test\nRUN apt-get install -y cron\nFROM debian:12.8\nCMD [\"/app\"]\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
