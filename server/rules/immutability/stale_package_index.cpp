#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/joined_runs.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"

namespace quaymaster::rules {
extern const Rule stale_package_index;
namespace {

using packages::Manager;
using packages::Operation;
using Step = dockerfile::BuildFile::Step;

/// Managers that share an index.
enum class Index : std::uint8_t { Apt, Apk, Rpm, Zypper };
constexpr std::size_t kIndexCount = 4;

std::optional<Index> index_of(Manager manager) {
  switch (manager) {
    case Manager::Apt:
    case Manager::AptGet:
    case Manager::Aptitude: return Index::Apt;
    case Manager::Apk: return Index::Apk;
    case Manager::Yum:
    case Manager::Dnf:
    case Manager::Microdnf:
    case Manager::Tdnf: return Index::Rpm;
    case Manager::Zypper: return Index::Zypper;
    default: return std::nullopt;
  }
}

/// Whether the command surely does nothing with an index.
bool is_harmless(const shell::Command& command) {
  constexpr std::string_view kNames[] = {"rm",    ":",     "true", "echo", "printf", "set",    "mkdir", "touch",
                                         "chmod", "chown", "ln",   "cp",   "mv",     "export", "ls",    "sleep"};
  return std::find(std::begin(kNames), std::end(kNames), command.name()) != std::end(kNames);
}

bool installs(const packages::Invocation& call) {
  return call.operation == Operation::Install || call.operation == Operation::Upgrade ||
         call.operation == Operation::Download || call.operation == Operation::Sync ||
         call.operation == Operation::Build;
}

/// The RUN's last update of an index, when nothing behind it in the RUN makes use of it.
std::optional<PackageCommand> lone_update(const Step& step, const std::vector<PackageCommand>& calls) {
  if (step.script.run.triggered || !step.script.text.script->complete) return std::nullopt;
  const auto last = std::find_if(calls.rbegin(), calls.rend(), [](const PackageCommand& use) {
    return use.call.operation == Operation::UpdateIndex && index_of(use.call.manager);
  });
  if (last == calls.rend()) return std::nullopt;
  const std::vector<shell::Command>& commands = step.script.text.script->commands;
  for (const shell::Command* command = last->command + 1; command != commands.data() + commands.size(); ++command) {
    const bool cleans = std::any_of(calls.begin(), calls.end(), [&](const PackageCommand& use) {
      return use.command == command && use.call.operation == Operation::Clean;
    });
    if (!cleans && !is_harmless(*command)) return std::nullopt;
  }
  return *last;
}

/// An update that may wait for the RUN that uses it.
struct Waiting {
  const Step* step = nullptr;
  TextRange range;  ///< relative to its segment
  std::string call;
};

class FileCheck {
 public:
  FileCheck(const dockerfile::BuildFile& build, RuleContext& ctx) : build_(build), ctx_(ctx), stages_(build.file) {}

  void check() {
    std::size_t stage = build_.file.stages.size();
    for (const Step& step : build_.steps) {
      if (const std::size_t here = stages_.at(step.index); here != stage) {
        finish();
        stage = here;
      }
      look_at(step);
    }
    finish();
  }

 private:
  void look_at(const Step& step) {
    const std::vector<PackageCommand> calls = package_commands(step.script);
    for (const PackageCommand& use : calls) {
      const std::optional<Index> index = index_of(use.call.manager);
      if (!index) continue;
      std::optional<Waiting>& waiting = waiting_.at(static_cast<std::size_t>(*index));
      if (!waiting) continue;
      if (use.call.operation == Operation::UpdateIndex)
        report_unused(*waiting);
      else if (installs(use.call))
        report_used(*waiting, step, step.script.text.in_file(use.call.head()));
      else
        continue;
      waiting.reset();
    }
    const std::optional<PackageCommand> update = lone_update(step, calls);
    if (!update || has_mount_at(step.script, "/var/lib/apt") || has_mount_at(step.script, "/var/cache")) return;
    const std::optional<Index> index = index_of(update->call.manager);
    waiting_.at(static_cast<std::size_t>(*index)) =
        Waiting{&step, step.script.text.in_file(update->call.head()), call_name(update->call)};
  }

  void finish() {
    for (std::optional<Waiting>& waiting : waiting_) {
      if (waiting) report_unused(*waiting);
      waiting.reset();
    }
  }

  void report_unused(const Waiting& waiting) {
    ctx_.report({.variant = "unused",
                 .range = waiting.range.shifted(begin_of(*waiting.step)),
                 .message = quoted(waiting.call, 24) + " alone fills a layer, and nothing here uses it"});
  }

  /// `user` is the RUN that installs with it, at `use`.
  void report_used(const Waiting& waiting, const Step& user, TextRange use) {
    std::vector<Fix> fixes;
    if (std::optional<Edit> edit = joint(*waiting.step, user))
      fixes = {{.title = "Join it with the RUN that installs",
                .applicability = Applicability::Unsafe,
                .edits = {*std::move(edit)},
                .caveat = "A change of what is installed then fetches the lists again: so it should."}};
    ctx_.report({.variant = "used-later",
                 .range = waiting.range.shifted(begin_of(*waiting.step)),
                 .message = quoted(waiting.call, 24) + " is kept in the cache, and a RUN below installs from old lists",
                 .fixes = std::move(fixes),
                 .related = {{use.shifted(begin_of(user)), "installs from what was fetched then"}}});
  }

  [[nodiscard]] std::optional<Edit> joint(const Step& first, const Step& second) const {
    if (first.index + 1 != second.index || !first.script.run.flags.empty()) return std::nullopt;
    if (continuation(second.script) != Continuation::Chain) return std::nullopt;
    return join_runs(build_.file, first, second);
  }

  [[nodiscard]] std::uint32_t begin_of(const Step& step) const { return build_.file.instructions[step.index].begin; }

  const dockerfile::BuildFile& build_;
  RuleContext& ctx_;
  StageCursor stages_;
  std::array<std::optional<Waiting>, kIndexCount> waiting_;
};

void check_file(const dockerfile::BuildFile& build, RuleContext& ctx) { FileCheck(build, ctx).check(); }

}  // namespace

constinit const Rule stale_package_index = checked({
    .name = "stale-package-index",
    .family = Family::Immutability,
    .title = "The lists of packages are fetched in a layer of their own.",
    .consequence =
        "`RUN apt-get update` is in the cache for months, and every change below it installs from the lists of that "
        "day. One morning the server no longer has the version that they name: `apt-get install` gets a 404, the build "
        "of a change that has nothing to do with it fails, and on a machine with an empty cache it works.",
    .fine_when = "The build never uses a cache, or a script in the next RUN is the only one to install something.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "used-later",
                  .summary = "A later RUN installs packages with the lists.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "trivy:DS-0017"}, {Language::Dockerfile, "checkov:CKV_DOCKER_5"}},
                  .languages = Language::Dockerfile},
                 {.name = "unused",
                  .summary = "Nothing in the stage installs packages with the lists.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "trivy:DS-0017"}, {Language::Dockerfile, "checkov:CKV_DOCKER_5"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#apt-get",
                   "https://docs.docker.com/build/cache/invalidation/#run-instructions"},
    .examples = {{"in the next RUN", "Dockerfile",
                  "FROM debian:12.8\nRUN <|apt-get update|>\nRUN apt-get install -y curl && rm -rf /tmp/a\n",
                  "FROM debian:12.8\nRUN apt-get update \\\n    && apt-get install -y curl && rm -rf /tmp/a\n"},
                 {"further down", "Dockerfile",
                  "FROM alpine:3.21\nRUN <|apk update|> && mkdir /a\nCOPY a /a\nRUN apk add curl\nRUN apk add git\n"},
                 {"commands that are no chain", "Dockerfile",
                  "FROM debian:12.8\nRUN <|apt-get update|>\nRUN apt-get install -y curl || exit 1\n"},
                 {"never used", "Dockerfile",
                  "FROM debian:12.8 AS base\nRUN <|apt-get -q update|>\nFROM alpine:3.21\nRUN apk add curl\n"},
                 {"fetched again", "Dockerfile",
                  "FROM opensuse/leap:15.6\nRUN <|zypper refresh|>\nRUN zypper ref && zypper -n in git\n"},
                 {"in one RUN", "Dockerfile", "FROM debian:12.8\nRUN apt-get update && apt-get install -y curl\n"},
                 {"a script may use them", "Dockerfile", "FROM debian:12.8\nRUN apt-get update && ./install.sh\n"},
                 {"in a mount for the cache", "Dockerfile",
                  "FROM debian:12.8\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\n"},
                 {"in images built on this one", "Dockerfile", "FROM debian:12.8\nONBUILD RUN apt-get update\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
