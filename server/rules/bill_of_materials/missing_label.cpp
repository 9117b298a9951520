#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule missing_label;
namespace {

using dockerfile::File;
using dockerfile::Stage;

bool sets(const File& file, const Stage& stage, std::string_view label) {
  for (std::size_t i = stage.first; i < stage.end; ++i) {
    const auto* node = file.instructions[i].instruction->as<dockerfile::Label>();
    if (node == nullptr || node->triggered) continue;
    const bool here = std::ranges::any_of(node->pairs, [&](const dockerfile::Pair& pair) {
      const std::string_view key = without_quotes(pair.key.string());
      // A key with a variable may be any.
      return key == label || key.find('$') != std::string_view::npos;
    });
    if (here) return true;
  }
  return false;
}

/// For each stage whether it is an image of its own: no other one is built on it or takes files from it.
std::vector<bool> images_of(const File& file) {
  std::vector<bool> result(file.stages.size(), true);
  for (const Stage& stage : file.stages) {
    if (stage.parent) result[*stage.parent] = false;
    for (const std::size_t source : stage.copies_from) result[source] = false;
  }
  if (!result.empty()) result.back() = true;
  return result;
}

/// A line behind the FROM, for the user to fill.
Fix fix_of(const File& file, const dockerfile::Placed& from, std::string_view label) {
  Fix fix{"Add the label", Applicability::DisplayOnly, {}};
  if (from.instruction->line_end.empty()) return fix;
  fix.edits.push_back(Edit::insertion(from.begin + from.instruction->line_end.end,
                                      "LABEL " + std::string(label) + "=\"\"" + std::string(file.line_ending)));
  fix.caveat = "The value is for you to write.";
  return fix;
}

void check_file(const File& file, RuleContext& ctx) {
  const std::vector<RequiredLabel>& labels = ctx.project().labels;
  if (labels.empty()) return;
  const std::vector<bool> images = images_of(file);
  for (const RequiredLabel& label : labels) {
    // A stage has what its parent has, which comes before it.
    std::vector<bool> has(file.stages.size());
    for (std::size_t i = 0; i < file.stages.size(); ++i) {
      const Stage& stage = file.stages[i];
      has[i] = sets(file, stage, label.name) || (stage.parent && has[*stage.parent]);
      if (has[i] || !images[i]) continue;
      const dockerfile::Placed& placed = file.instructions[stage.first];
      const auto* from = placed.instruction->as<dockerfile::From>();
      const TextRange range = from->image ? from->image->range : from->keyword;
      ctx.report({.range = range.shifted(placed.begin),
                  .message = "the image has no label " + quoted(label.name, 48),
                  .fixes = {fix_of(file, placed, label.name)}});
    }
  }
}

}  // namespace

constinit const Rule missing_label = checked({
    .name = "missing-label",
    .family = Family::BillOfMaterials,
    .title = "An image lacks a label that the project demands.",
    .consequence =
        "A scanner finds a hole in an image that runs in eleven places. The label that says which repository it was "
        "built from and who answers for it is there in all the others; for this one somebody asks in every team's "
        "channel, and the hole stays open until the right person is back from holiday.",
    .fine_when =
        "The build adds the label (`docker build --label`), or the base image brings it. What is demanded stands "
        "under `labels: {schema: …}` in the configuration file; without it nothing is reported.",
    .fix = FixAvailability::None,
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3049"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://specs.opencontainers.org/image-spec/annotations/",
                   "https://docs.docker.com/reference/dockerfile/#label"},
    .examples = {{.title = "none of two",
                  .path = "Dockerfile",
                  .before = "FROM <|node:22.11.0|>\nLABEL org.opencontainers.image.version=\"1.0.0\"\n",
                  .options = "labels: {schema: {org.opencontainers.image.version: semver, owner: text}}"},
                 {.title = "each image of the file",
                  .path = "Dockerfile",
                  .before = "FROM node:22.11.0 AS base\nFROM <|base|> AS api\nFROM base AS web\nLABEL owner=\"shop\"\n",
                  .options = "labels: {schema: {owner: text}}"},
                 {.title = "a stage that is not the image",
                  .path = "Dockerfile",
                  .before = "FROM golang:1.23.3 AS build\nRUN go build\nFROM scratch AS base\nLABEL \"owner\"=shop\n"
                            "FROM base\nCOPY --from=build /a /a\n",
                  .options = "labels: {schema: {owner: text}}"},
                 {"without a schema", "Dockerfile", "FROM node:22.11.0\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
