#include <cstddef>
#include <string>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unrelated_images;
namespace {

using dockerfile::Stage;

/// The stages that no other one needs: each is an image that somebody may build.
std::vector<std::size_t> final_stages(const std::vector<Stage>& stages) {
  std::vector<bool> used(stages.size());
  for (const Stage& stage : stages) {
    if (stage.parent) used[*stage.parent] = true;
    for (const std::size_t source : stage.copies_from) used[source] = true;
  }
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < stages.size(); ++i)
    if (!used[i]) result.push_back(i);
  return result;
}

bool starts_something(const dockerfile::File& file, const Stage& stage) {
  for (std::size_t i = stage.first; i < stage.end; ++i)
    if (file.instructions[i].instruction->as<dockerfile::Cmd>() != nullptr ||
        file.instructions[i].instruction->as<dockerfile::Entrypoint>() != nullptr)
      return true;
  return false;
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  const std::vector<Stage>& stages = file.stages;
  // A FROM with a variable may name any of the stages.
  for (const Stage& stage : stages)
    if (!stage.base_known) return;
  const std::vector<std::size_t> finals = final_stages(stages);
  constexpr std::size_t kMostFinals = 16;
  if (finals.size() < 2 || finals.size() > kMostFinals) return;
  const std::vector<bool> last = needed_stages(stages, finals.back());
  for (const std::size_t index : finals) {
    const Stage& stage = stages[index];
    if (index == finals.back() || stage.name.empty() || !starts_something(file, stage)) continue;
    const std::vector<bool> needed = needed_stages(stages, index);
    bool shared = stage.base.canonical_name() == stages[finals.back()].base.canonical_name();
    for (std::size_t i = 0; i < stages.size(); ++i) shared = shared || (needed[i] && last[i]);
    const dockerfile::Placed& from = file.instructions[stage.first];
    const auto* instruction = from.instruction->as<dockerfile::From>();
    if (shared || instruction == nullptr || !instruction->stage_name) continue;
    ctx.report(
        {.range = instruction->stage_name->range.shifted(from.begin),
         .message = quoted(stage.name, 24) + " shares nothing with the last stage: another image, another file"});
  }
}

}  // namespace

constinit const Rule unrelated_images = checked({
    .name = "unrelated-images",
    .family = Family::SingleService,
    .title = "One file describes several images that have nothing in common.",
    .consequence =
        "Somebody forgets `--target`, and the database is built where the web server should be. A change for the one "
        "is reviewed by the owners of the other, both are built for every commit, and the version of the file says "
        "nothing about either.",
    .fine_when = "The images are always released together and somebody wants to read them side by side.",
    .variants = {{.severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/multi-stage/",
                   "https://docs.docker.com/build/building/best-practices/#decouple-applications"},
    .examples =
        {{"two images", "Dockerfile",
          "FROM mysql:8.4.3 AS <|db|>\nCMD [\"mysqld\"]\nFROM node:22.11.0 AS web\nCMD [\"node\", \"a.js\"]\n"},
         {"two images over one base", "Dockerfile",
          "FROM node:22.11.0 AS base\nFROM base AS worker\nCMD [\"node\", \"w.js\"]\nFROM base AS web\n"
          "CMD [\"node\", \"a.js\"]\n"},
         {"stages of one build", "Dockerfile",
          "FROM golang:1.23.3 AS build\nRUN go build\nFROM alpine:3.21\nCOPY --from=build /a /a\nCMD [\"/a\"]\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
