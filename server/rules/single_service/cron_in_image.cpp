#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "model/dockerfile/file.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"
#include "rules/support/start_text.h"
#include "text/one_of.h"

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

bool is_cron(std::span<const shell::Word> words) {
  constexpr std::string_view kDaemons[] = {"cron", "crond", "supercronic", "go-crond", "busybox"};
  const std::string_view program = program_name(words.front());
  if (program == "busybox") return words.size() > 1 && words[1].text == "crond";
  return one_of(kDaemons, program);
}

/// The last command that a container runs is what it is for.
void check_start(const container::StartCommand& start, RuleContext& ctx) {
  const std::vector<const shell::Command*> commands = own_commands(*start.text.script);
  if (commands.empty()) return;
  const std::span<const shell::Word> words = working_words(*commands.back());
  if (!is_cron(words)) return;
  ctx.report({.variant = "daemon",
              .range = start.text.in_file(words.front().range),
              .message = quoted(program_name(words.front())) + " plans jobs past the cluster, which has CronJobs"});
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  constexpr std::string_view kServices[] = {"Deployment", "ReplicaSet", "StatefulSet", "ReplicationController"};
  if (!one_of(kServices, workload.object.kind)) return;
  for (const kubernetes::PodContainer& container : workload.containers)
    if (container.container.kind == container::Container::Kind::PodContainer)
      for (const container::StartCommand* start : start_texts(container.container)) check_start(*start, ctx);
}

}  // namespace

constinit const Rule cron_in_image = checked({
    .name = "cron-in-image",
    .family = Family::SingleService,
    .title = "Jobs are planned with cron inside of a container.",
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
                  .languages = Language::Dockerfile},
                 {.name = "daemon",
                  .summary = "A Deployment runs a cron daemon.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/engine/containers/multi-service_container/",
                   "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/"},
    .examples =
        {{"cron beside a service", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get install -y <|cron|> nginx\nCOPY jobs <|/etc/cron.d/jobs|>\n"
          "RUN <|crontab|> /etc/cron.d/jobs && echo '* * * * * root a' > <|/etc/cron.d/a|>\nCMD [\"/start.sh\"]\n"},
         {"a container for jobs", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get install -y cron\nCOPY jobs /etc/cron.d/jobs\nCMD [\"cron\", \"-f\"]\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM debian:12.8 AS test\nRUN apt-get install -y cron\nFROM debian:12.8\nCMD [\"/app\"]\n"},
         {"a deployment of cron", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n"
          "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n"
          "      containers:\n        - name: jobs\n          image: shop/jobs:1.4.2\n"
          "          command: [sh, -c, \"crontab /jobs && exec <|crond|> -f\"]\n"},
         {"jobs of the cluster", "job.yaml",
          "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: jobs\nspec:\n  schedule: \"0 3 * * *\"\n"
          "  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n"
          "          containers:\n            - name: job\n              image: shop/jobs:1.4.2\n"
          "              command: [/jobs/cron]\n"}},
    .checks = {on(check_file), on(check_workload)},
});

}  // namespace quaymaster::rules
