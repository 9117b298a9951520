#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/ascii.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule undefined_stage;
namespace {

using dockerfile::File;
using dockerfile::Placed;
using dockerfile::Word;

constexpr std::string_view kDL3022 = "hadolint:DL3022";
constexpr std::string_view kDL3023 = "hadolint:DL3023";

/// A place that names a stage, in the instruction `placed` of stage number `stage` (none before the first FROM).
struct Reference {
  enum class Kind { From, Copy, Mount };
  Kind kind = Kind::Copy;
  const Placed& placed;
  std::optional<std::size_t> stage;
  std::string text;
  TextRange range;        ///< absolute
  bool editable = false;  ///< the text stands in the file as it is
};

std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Whether `text` can only be the name of an image or of a context: no stage has a '/' or a ':' in its name.
bool is_image(std::string_view text) { return text.find_first_of("/:@.$") != std::string_view::npos; }

/// Images that a name without a tag may mean, however near a stage's name it is.
bool is_official_image(std::string_view name) {
  constexpr std::string_view kImages[] = {"alpine",  "archlinux", "bash",     "busybox", "caddy",
                                          "centos",  "composer",  "debian",   "docker",  "eclipse-temurin",
                                          "elixir",  "erlang",    "fedora",   "gcc",     "golang",
                                          "gradle",  "haproxy",   "httpd",    "julia",   "mariadb",
                                          "maven",   "memcached", "mongo",    "mysql",   "nginx",
                                          "node",    "openjdk",   "perl",     "php",     "postgres",
                                          "python",  "redis",     "registry", "ruby",    "rust",
                                          "scratch", "swift",     "tomcat",   "traefik", "ubuntu"};
  return std::find(std::begin(kImages), std::end(kImages), name) != std::end(kImages);
}

/// The aliases of a finding that hadolint would have for COPY only.
std::vector<std::string_view> for_copy(const Reference& reference, std::string_view alias) {
  if (reference.kind == Reference::Kind::Copy) return {alias};
  return {};
}

RelatedPlace definition(const File& file, std::size_t stage) {
  const Placed& placed = file.instructions[file.stages[stage].first];
  const auto* from = placed.instruction->as<dockerfile::From>();
  const TextRange range = from->stage_name ? from->stage_name->range : from->keyword;
  return {range.shifted(placed.begin), "the stage begins here"};
}

void report_number(const Reference& reference, std::size_t number, const File& file, RuleContext& ctx) {
  const std::size_t own = reference.stage.value_or(0);
  if (number < own || reference.kind != Reference::Kind::Copy) return;
  if (number >= file.stages.size()) {
    ctx.report({.variant = "out-of-range",
                .range = reference.range,
                .message = "stage " + quoted(reference.text) + " does not exist: the file has " +
                           std::to_string(file.stages.size()) + ", counted from 0"});
  } else if (number == own) {
    ctx.report({.variant = "own-stage",
                .range = reference.range,
                .message = "stage " + quoted(reference.text) + " is this very stage: it cannot copy from itself",
                .related = {definition(file, number)},
                .aliases = std::vector<std::string_view>{}});
  } else {
    ctx.report({.variant = "later-stage",
                .range = reference.range,
                .message = "stage " + quoted(reference.text) + " comes later in the file",
                .related = {definition(file, number)},
                .aliases = for_copy(reference, kDL3022)});
  }
}

/// The stage called `name`, if it is the stage of the reference or a later one.
std::optional<std::size_t> not_yet_defined(const Reference& reference, std::string_view name, const File& file) {
  for (std::size_t i = reference.stage.value_or(0); i < file.stages.size(); ++i)
    if (file.stages[i].name == name) return i;
  return std::nullopt;
}

std::string_view nearest_stage(std::string_view name, const File& file, std::size_t before) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < before && i < file.stages.size(); ++i)
    if (!file.stages[i].name.empty()) names.push_back(file.stages[i].name);
  return near_miss(name, names);
}

std::vector<Fix> renamed(const Reference& reference, std::string_view name, Applicability applicability,
                         std::string caveat) {
  if (!reference.editable) return {};
  return {{"Use the stage " + quoted(name),
           applicability,
           {Edit::replacement(reference.range, std::string(name))},
           std::move(caveat)}};
}

void report_name(const Reference& reference, const File& file, RuleContext& ctx) {
  const std::string name = ascii_lower(reference.text);
  const bool is_from = reference.kind == Reference::Kind::From;
  const std::size_t before = reference.stage.value_or(0);
  if (const std::optional<std::size_t> found = file.find_stage(name, before); found && !number_in(name)) {
    // FROM alone minds the case: the name would be looked for in a registry, which has no upper case.
    if (is_from && name != reference.text)
      ctx.report({.variant = "misspelt",
                  .range = reference.range,
                  .message = "FROM " + quoted(reference.text) + " finds no stage: their names are lower case there",
                  .fixes = renamed(reference, name, Applicability::Safe, {}),
                  .related = {definition(file, *found)},
                  .aliases = std::vector<std::string_view>{}});
    return;
  }
  if (const std::optional<std::size_t> later = not_yet_defined(reference, name, file)) {
    const bool own = later == reference.stage;
    if (own && is_from) return;  // `FROM node AS node` is the image
    ctx.report({.variant = own ? "own-stage" : "later-stage",
                .range = reference.range,
                .message = own       ? quoted(reference.text) + " is this very stage: it cannot read from itself"
                           : is_from ? "FROM " + quoted(reference.text) + " means an image: the stage comes later"
                                     : "the stage " + quoted(reference.text) + " comes later in the file",
                .related = {definition(file, *later)},
                .aliases = for_copy(reference, own ? kDL3023 : kDL3022)});
    return;
  }
  if (const std::string_view nearest = nearest_stage(name, file, before);
      !nearest.empty() && !is_official_image(name)) {
    ctx.report({.variant = "misspelt",
                .range = reference.range,
                .message = "no stage is called " + quoted(reference.text, 20) + "; did you mean " + quoted(nearest, 20),
                .fixes = renamed(reference, nearest, Applicability::Unsafe,
                                 "If an image or a build context is called so, it is no mistake."),
                .aliases = for_copy(reference, kDL3022)});
    return;
  }
  if (reference.kind == Reference::Kind::Copy)
    ctx.report({.variant = "no-stage",
                .range = reference.range,
                .message = quoted(reference.text) + " is no stage of this file, and no image with a version"});
}

void check_reference(const Reference& reference, const File& file, RuleContext& ctx) {
  if (reference.text.empty()) return;
  if (const std::optional<std::size_t> number = number_in(reference.text)) {
    // A stage may be called "1" in no file: its name begins with a letter.
    report_number(reference, *number, file, ctx);
  } else if (!is_image(reference.text)) {
    report_name(reference, file, ctx);
  } else if (reference.kind == Reference::Kind::Copy && reference.text.find(':') == std::string::npos) {
    if (file.find_stage(reference.text, reference.stage.value_or(0))) return;
    if (not_yet_defined(reference, ascii_lower(reference.text), file)) return report_name(reference, file, ctx);
    ctx.report({.variant = "no-stage",
                .range = reference.range,
                .message = quoted(reference.text) + " is no stage of this file, and no image with a version"});
  }
}

Reference reference_to(Reference::Kind kind, const Word& word, const Placed& placed, std::optional<std::size_t> stage) {
  return {
      kind, placed, stage, word.string(), word.range.shifted(placed.begin), word.range.size() == word.string().size()};
}

void check_instruction(const Placed& placed, std::optional<std::size_t> stage, const File& file, RuleContext& ctx) {
  const dockerfile::Instruction& instruction = *placed.instruction;
  if (const auto* from = instruction.as<dockerfile::From>()) {
    if (from->image) check_reference(reference_to(Reference::Kind::From, *from->image, placed, stage), file, ctx);
    return;
  }
  const Reference::Kind kind =
      instruction.as<dockerfile::Run>() != nullptr ? Reference::Kind::Mount : Reference::Kind::Copy;
  for (const Word& word : stage_references(instruction))
    check_reference(reference_to(kind, word, placed, stage), file, ctx);
}

void check_file(const File& file, RuleContext& ctx) {
  std::optional<std::size_t> stage;
  for (std::size_t i = 0; i < file.instructions.size(); ++i) {
    const std::size_t next = stage ? *stage + 1 : 0;
    if (next < file.stages.size() && file.stages[next].first == i) stage = next;
    check_instruction(file.instructions[i], stage, file, ctx);
  }
}

}  // namespace

constinit const Rule undefined_stage = checked({
    .name = "undefined-stage",
    .family = Family::Correctness,
    .title = "The instruction names a stage that is not there.",
    .consequence =
        "The builder takes a name that is no stage for an image, and asks the registry for it. At best that fails, "
        "with "
        "`pull access denied` for a name that nobody remembers to be a stage. At worst somebody has published an image "
        "under this name, and its files end up in yours.",
    .fine_when =
        "The name is that of a build context (`docker build --build-context`), or the image is built with BuildKit "
        "alone, which finds the stages of COPY and RUN further down in the file, too.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "out-of-range",
                  .summary = "COPY copies from a stage number that the file does not have.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error},
                              {Preset::Strict, Severity::Error},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, kDL3022}},
                  .languages = Language::Dockerfile},
                 {.name = "own-stage",
                  .summary = "A stage copies from itself.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error},
                              {Preset::Strict, Severity::Error},
                              {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, kDL3023}},
                  .languages = Language::Dockerfile},
                 {.name = "later-stage",
                  .summary = "The stage is defined below the instruction that uses it.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, kDL3022}},
                  .languages = Language::Dockerfile},
                 {.name = "misspelt",
                  .summary = "The name is nearly that of a stage.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, kDL3022}},
                  .languages = Language::Dockerfile},
                 {.name = "no-stage",
                  .summary = "COPY copies from a name that is neither a stage nor an image with a version.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, kDL3022}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#copy---from",
                   "https://docs.docker.com/build/building/multi-stage/#name-your-build-stages"},
    .examples =
        {{"a number too high", "Dockerfile", "FROM golang:1.23.3\nFROM scratch\nCOPY --from=<|2|> /app /app\n"},
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
         {"neither stage nor version", "Dockerfile", "FROM scratch\nCOPY --from=<|shop-assets|> /dist /srv\n"},
         {"an image", "Dockerfile", "FROM scratch\nCOPY --from=nginx:1.27.2 /etc/nginx /etc/nginx\n"},
         {"the case of a copy", "Dockerfile", "FROM debian:12.8 AS base\nFROM scratch\nCOPY --from=Base /a /a\n"},
         {"a stage called as its image", "Dockerfile", "FROM node:22.11.0\nFROM node AS node\n"},
         {"numbers in range", "Dockerfile",
          "FROM golang:1.23.3\nFROM scratch\nCOPY --from=0 /app /app\nFROM scratch\nCOPY --from=1 /app /app\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
