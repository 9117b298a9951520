#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"

namespace quaymaster::rules {
extern const Rule source_before_dependencies;
namespace {

using packages::Flag;
using packages::Invocation;
using packages::Manager;
using packages::Operation;

/// The word of a COPY that brings the whole build context; null when none does.
const dockerfile::Word* whole_context(const dockerfile::Instruction& instruction) {
  const dockerfile::Transfer* transfer = instruction.as<dockerfile::Copy>();
  if (transfer == nullptr) transfer = instruction.as<dockerfile::Add>();
  if (transfer == nullptr || transfer->flag("from") != nullptr) return nullptr;
  if (transfer->flag("exclude") != nullptr) return nullptr;
  for (const dockerfile::Word& source : transfer->sources) {
    const std::string_view text = without_quotes(source.string());
    if (text == "." || text == "./") return &source;
  }
  return nullptr;
}

/// Whether the command installs what files of the project list, and nothing of the project itself.
bool installs_dependencies(const Invocation& call) {
  switch (call.manager) {
    case Manager::Npm:
    case Manager::Yarn:
    case Manager::Pnpm:
    case Manager::Bun:
    case Manager::Bundler:
    case Manager::Composer:
    case Manager::Pipenv:
    case Manager::Poetry: return call.operation == Operation::Sync && !call.has(Flag::Path);
    case Manager::Pip:
      return call.has(Flag::RequirementFile) &&
             std::all_of(call.packages.begin(), call.packages.end(), [](const packages::Package& package) {
               return package.origin == packages::Origin::Requirement;
             });
    case Manager::Go: return call.verb == "mod download";
    default: return false;
  }
}

/// The first command of a step that installs dependencies.
std::optional<PackageCommand> installer_of(const dockerfile::BuildScript& build) {
  for (PackageCommand& use : package_commands(build))
    if (installs_dependencies(use.call)) return std::move(use);
  return std::nullopt;
}

/// Whether a cache is mounted for the packages.
bool has_cache(const dockerfile::Run& run) {
  return std::any_of(run.flags.begin(), run.flags.end(), [](const dockerfile::Flag& flag) {
    return flag.name == "mount" && flag.value && flag.value->string().find("type=cache") != std::string::npos;
  });
}

void check_file(const dockerfile::BuildFile& build, RuleContext& ctx) {
  const dockerfile::File& file = build.file;
  auto step = build.steps.begin();
  for (const dockerfile::Stage& stage : file.stages) {
    const dockerfile::Word* copied = nullptr;
    std::uint32_t copied_in = 0;
    bool before = false;  // dependencies were installed ahead of the source
    for (std::size_t i = stage.first; i < stage.end; ++i) {
      while (step != build.steps.end() && step->index < i) ++step;
      if (const dockerfile::Word* word = whole_context(*file.instructions[i].instruction); word != nullptr && !copied) {
        copied = word;
        copied_in = file.instructions[i].begin;
      }
      if (step == build.steps.end() || step->index != i || step->script.run.triggered) continue;
      const std::optional<PackageCommand> use = installer_of(step->script);
      if (!use) continue;
      if (copied != nullptr && !before && !has_cache(step->script.run)) {
        const std::string name = call_name(use->call);
        ctx.report({.range = copied->range.shifted(copied_in),
                    .message = "each change of a file runs " + quoted(name, 20) + " anew: all is copied before it",
                    .related = {{step->script.text.in_file(use->call.head()).shifted(file.instructions[i].begin),
                                 "the dependencies are installed here"}}});
        break;
      }
      before = true;
    }
  }
}

}  // namespace

constinit const Rule source_before_dependencies = checked({
    .name = "source-before-dependencies",
    .family = Family::BillOfMaterials,
    .title = "All of the source is copied before the dependencies are installed.",
    .consequence =
        "Somebody corrects a word in the README, and the pipeline installs eleven hundred packages again, because the "
        "layer with the source stands before the one with the dependencies. Ten builds a day, four minutes each; and "
        "each of them is a new chance to get other versions than yesterday.",
    .fine_when = "The dependencies are part of the source, or the installation needs nearly all of it, as some "
                 "workspaces do.",
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information}, {Preset::Strict, Severity::Information}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/cache/optimize/#order-your-layers",
                   "https://docs.docker.com/build/building/best-practices/#leverage-build-cache"},
    .examples = {{"all at once", "Dockerfile",
                  "FROM node:22.11.0\nWORKDIR /app\nCOPY <|.|> .\nRUN npm ci && npm run build\n"},
                 {"requirements of Python", "Dockerfile",
                  "FROM python:3.13.0\nADD <|.|> /app\nRUN pip install -r /app/requirements.txt\n"},
                 {"what the installation needs comes first", "Dockerfile",
                  "FROM node:22.11.0\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n"
                  "RUN npm run build\n"},
                 {"a part of the source", "Dockerfile",
                  "FROM node:22.11.0\nCOPY app/ /app/\nRUN npm ci --prefix /app\n"},
                 {"a cache for the packages", "Dockerfile",
                  "FROM node:22.11.0\nCOPY . .\nRUN --mount=type=cache,target=/root/.npm npm ci\n"},
                 {"the project itself", "Dockerfile", "FROM python:3.13.0\nCOPY . .\nRUN pip install .\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
