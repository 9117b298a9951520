#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "model/dockerfile/run_mount.h"
#include "model/dockerfile/stage_names.h"
#include "rules/rule_context.h"
#include "rules/support/builder.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule undefined_stage;
namespace {

using dockerfile::File;
using dockerfile::Placed;
using dockerfile::Word;

constexpr std::string_view kDL3022 = "hadolint:DL3022";
constexpr std::string_view kDL3023 = "hadolint:DL3023";
constexpr std::string_view kOwnStageOfTrivy = "trivy:DS-0006";

/// A place that names a stage, in stage number `stage`.
struct Reference {
  enum class Kind { From, Copy, Mount };
  Kind kind = Kind::Copy;
  const Word& word;
  std::uint32_t begin = 0;  ///< of its segment
  std::size_t stage = 0;

  [[nodiscard]] const std::string& text() const { return word.string(); }
  [[nodiscard]] TextRange range() const { return word.range.shifted(begin); }
};

std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The aliases of a finding that others would have for COPY only.
std::vector<std::string_view> for_copy(const Reference& reference, std::string_view alias) {
  if (reference.kind != Reference::Kind::Copy) return {};
  if (alias == kDL3023) return {kDL3023, kOwnStageOfTrivy};
  return {alias};
}

RelatedPlace definition(const File& file, std::size_t stage) {
  const Placed& placed = file.instructions[file.stages[stage].first];
  const auto* from = placed.instruction->as<dockerfile::From>();
  const TextRange range = from->stage_name ? from->stage_name->range : from->keyword;
  return {range.shifted(placed.begin), "the stage begins here"};
}

void report_number(const Reference& reference, std::size_t number, const File& file, RuleContext& ctx) {
  if (number < reference.stage || file.stages.empty()) return;
  const std::string name = "stage " + quoted(reference.text());
  if (number >= file.stages.size())
    ctx.report(
        {.variant = "out-of-range",
         .range = reference.range(),
         .message = name + " does not exist: the file has " + std::to_string(file.stages.size()) + ", counted from 0"});
  else if (number == reference.stage)
    ctx.report({.variant = "own-stage",
                .range = reference.range(),
                .message = name + " is this very stage: it cannot copy from itself",
                .related = {definition(file, number)},
                .aliases = std::vector<std::string_view>{}});
  else
    ctx.report({.variant = "later-stage",
                .range = reference.range(),
                .message = name + " comes later in the file",
                .related = {definition(file, number)}});
}

std::vector<Fix> renamed(const Reference& reference, std::string_view name, Applicability applicability,
                         std::string caveat) {
  if (!verbatim(reference.word)) return {};
  return {{"Use the stage " + quoted(name),
           applicability,
           {Edit::replacement(reference.range(), std::string(name))},
           std::move(caveat)}};
}

void report_misspelt(const Reference& reference, std::size_t stage, const File& file, RuleContext& ctx) {
  const std::string& nearest = file.stages[stage].name;
  ctx.report({.variant = "misspelt",
              .range = reference.range(),
              .message = "no stage is called " + quoted(reference.text(), 20) + "; did you mean " + quoted(nearest, 20),
              .fixes = renamed(reference, nearest, Applicability::Unsafe,
                               "If an image or a build context is called so, it is no mistake."),
              .aliases = for_copy(reference, kDL3022)});
}

/// FROM minds the case of a name, and takes what is no stage above for an image.
void check_base(const Reference& reference, const File& file, RuleContext& ctx) {
  const std::string& text = reference.text();
  if (number_in(text) || file.stages[reference.stage].parent) return;
  if (const auto found = file.find_stage(text, reference.stage)) {
    ctx.report({.variant = "misspelt",
                .range = reference.range(),
                .message = "FROM " + quoted(text) + " finds no stage: their names are lower case there",
                .fixes = renamed(reference, ascii_lower(text), Applicability::Safe, {}),
                .related = {definition(file, *found)},
                .aliases = std::vector<std::string_view>{}});
  } else if (const auto later = file.last_stage_called(text); later && *later > reference.stage) {
    ctx.report({.variant = "later-base",
                .range = reference.range(),
                .message = "FROM " + quoted(text) + " means an image: the stage comes later",
                .related = {definition(file, *later)}});
  } else if (const auto nearest = misspelt_stage(file, text, reference.stage); nearest && !later) {
    report_misspelt(reference, *nearest, file, ctx);
  }
}

/// COPY and RUN take the last stage of the name, in whatever case, and do not wait for one that comes later.
void check_source(const Reference& reference, const File& file, RuleContext& ctx) {
  const std::string& text = reference.text();
  const bool is_copy = reference.kind == Reference::Kind::Copy;
  if (text.empty()) return;
  if (text.find('$') != std::string::npos && expands_copy_source(ctx.project())) return;
  if (text.find_first_of(is_copy ? "$\"'\\`" : "$") != std::string::npos)
    return ctx.report({.variant = "variable",
                       .range = reference.range(),
                       .message = "no variable is expanded here: name a stage whose FROM has the variable",
                       .aliases = for_copy(reference, kDL3022)});
  if (const std::optional<std::size_t> number = number_in(text)) {
    if (is_copy) return report_number(reference, *number, file, ctx);
    return ctx.report({.variant = "numbered-mount",
                       .range = reference.range(),
                       .message = "a mount knows no numbers of stages: " + quoted(text) + " means an image"});
  }
  if (const std::optional<std::size_t> stage = file.last_stage_called(text)) {
    if (*stage < reference.stage) return;
    const bool own = *stage == reference.stage;
    return ctx.report({.variant = own ? "own-stage" : "later-stage",
                       .range = reference.range(),
                       .message = quoted(text) + (own ? " is this very stage: it cannot read from itself"
                                                      : " is a stage that comes later in the file"),
                       .related = {definition(file, *stage)},
                       .aliases = for_copy(reference, own ? kDL3023 : kDL3022)});
  }
  if (const std::optional<std::size_t> nearest = misspelt_stage(file, text, reference.stage))
    return report_misspelt(reference, *nearest, file, ctx);
  if (is_copy && text.find(':') == std::string::npos)
    ctx.report({.variant = "no-stage",
                .range = reference.range(),
                .message = quoted(text) + " is no stage of this file, and no image with a version"});
}

void check_instruction(const Placed& placed, std::size_t stage, const File& file, RuleContext& ctx) {
  const dockerfile::Instruction& instruction = *placed.instruction;
  if (const auto* from = instruction.as<dockerfile::From>()) {
    if (from->image) check_base({Reference::Kind::From, *from->image, placed.begin, stage}, file, ctx);
  } else if (const auto* copy = instruction.as<dockerfile::Copy>()) {
    const dockerfile::Flag* source = copy->flag("from");
    if (source != nullptr && source->value)
      check_source({Reference::Kind::Copy, *source->value, placed.begin, stage}, file, ctx);
  } else if (const auto* run = instruction.as<dockerfile::Run>()) {
    for (const dockerfile::RunMount& mount : run_mounts(*run)) {
      const dockerfile::MountField* source = mount.field({"from"});
      if (source != nullptr && source->value)
        check_source({Reference::Kind::Mount, *source->value, placed.begin, stage}, file, ctx);
    }
  }
}

void check_file(const File& file, RuleContext& ctx) {
  // A part of a file has no stages at all.
  if (file.stages.empty())
    for (const Placed& placed : file.instructions) check_instruction(placed, 0, file, ctx);
  for (std::size_t stage = 0; stage < file.stages.size(); ++stage)
    for (std::size_t i = file.stages[stage].first; i < file.stages[stage].end; ++i)
      check_instruction(file.instructions[i], stage, file, ctx);
}

}  // namespace

constinit const Rule undefined_stage = checked({
    .name = "undefined-stage",
    .family = Family::Correctness,
    .title = "The instruction names a stage that is not there.",
    .consequence =
        "The builder takes a name that is no stage for an image, and asks the registry for it. At best that fails, "
        "with `pull access denied` for a name that nobody remembers to be a stage. At worst somebody has published an "
        "image under this name, and its files end up in yours.",
    .fine_when = "The name is that of a build context (`docker build --build-context`).",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("out-of-range", "COPY copies from a stage number that the file does not have.", kDL3022),
                 {.name = "own-stage",
                  .summary = "A stage copies from itself.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error},
                              {Preset::Strict, Severity::Error},
                              {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, kDL3023}, {Language::Dockerfile, kOwnStageOfTrivy}},
                  .languages = Language::Dockerfile},
                 refused("later-stage", "COPY or RUN reads from a stage that is defined below.", kDL3022),
                 refused("variable", "A stage to read from is given by a variable, which is not expanded.", kDL3022),
                 {.name = "later-base",
                  .summary = "FROM names a stage that is defined below it.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "numbered-mount",
                  .summary = "A mount names a stage by its number.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 reported("misspelt", "The name is nearly that of a stage.", Severity::Warning, Preset::Hadolint,
                          kDL3022),
                 {.name = "no-stage",
                  .summary = "COPY copies from a name that is neither a stage nor an image with a version.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, kDL3022}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#copy---from",
                   "https://docs.docker.com/build/building/multi-stage/#name-your-build-stages"},
    .examples =
        {{.title = "variables, which Buildah expands",
          .path = "Dockerfile",
          .before = "ARG TAG=1.27.2\nFROM scratch\nCOPY --from=nginx:$TAG /a /a\n",
          .options = "builder: buildah"},
         {"a number too high", "Dockerfile", "FROM golang:1.23.3\nFROM scratch\nCOPY --from=<|2|> /app /app\n"},
         {"its own number", "Dockerfile", "FROM golang:1.23.3\nFROM scratch\nCOPY --from=<|1|> /app /app\n"},
         {"its own name", "Dockerfile",
          "FROM golang:1.23.3 AS build\nCOPY --from=<|build|> /app /app\nFROM scratch\nCOPY --from=build /app /app\n"},
         {"a stage further down", "Dockerfile",
          "FROM nginx:1.27.2\nCOPY --from=<|assets|> /dist /srv\nFROM node:22.11.0 AS assets\n"},
         {"a base further down", "Dockerfile", "FROM <|base|>\nRUN make\nFROM debian:12.8 AS base\n"},
         {"a letter missing", "Dockerfile",
          "FROM golang:1.23.3 AS builder\nFROM scratch\nCOPY --from=<|bilder|> /app /app\n",
          "FROM golang:1.23.3 AS builder\nFROM scratch\nCOPY --from=builder /app /app\n"},
         {"a letter missing in a mount", "Dockerfile",
          "FROM node:22.11.0 AS assets\r\nFROM nginx:1.27.2\r\nRUN --mount=type=bind,from=<|asets|>,target=/in \\\r\n  "
          "  "
          "cp -r /in/dist /srv\r\n",
          "FROM node:22.11.0 AS assets\r\nFROM nginx:1.27.2\r\nRUN --mount=type=bind,from=assets,target=/in \\\r\n    "
          "cp -r /in/dist /srv\r\n"},
         {"the case of a base", "Dockerfile", "FROM debian:12.8 AS Base\nFROM <|Base|>\nRUN make\n",
          "FROM debian:12.8 AS Base\nFROM base\nRUN make\n"},
         {"a number of a stage in a mount", "Dockerfile",
          "FROM node:22.11.0\nFROM nginx:1.27.2\nRUN --mount=from=<|0|>,target=/in cp -r /in/dist /srv\n"},
         {"a variable", "Dockerfile",
          "ARG TAG=1.27.2\nFROM scratch\nCOPY --from=<|nginx:$TAG|> /a /a\nRUN --mount=from=<|${BASE}|>,target=/b ls "
          "/b\n"},
         {"the last one of two stages", "Dockerfile",
          "FROM golang:1.23.3 AS build\nFROM scratch\nCOPY --from=<|build|> /a /a\nFROM golang:1.24.0 AS build\n"},
         {"neither stage nor version", "Dockerfile", "FROM scratch\nCOPY --from=<|shop-assets|> /dist /srv\n"},
         {"a part of a file", "Dockerfile", "COPY --from=<|shop-assets|> /dist /srv\n"},
         {"an image", "Dockerfile", "FROM scratch\nCOPY --from=nginx:1.27.2 /etc/nginx /etc/nginx\n"},
         {"the case of a copy", "Dockerfile", "FROM debian:12.8 AS base\nFROM scratch\nCOPY --from=Base /a /a\n"},
         {"a stage called as its image", "Dockerfile", "FROM node:22.11.0\nFROM node AS node\n"},
         {"numbers in range", "Dockerfile",
          "FROM golang:1.23.3\nFROM scratch\nCOPY --from=0 /app /app\nFROM scratch\nCOPY --from=1 /app /app\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
