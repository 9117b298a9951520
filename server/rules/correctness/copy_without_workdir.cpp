#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/first_folder.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule copy_without_workdir;
namespace {

using dockerfile::Copy;
using dockerfile::Placed;

std::vector<Fix> fixes_for(const Copy& copy, bool at_root, bool on_scratch, std::string_view written) {
  const dockerfile::Word& target = *copy.destination;
  if (!at_root || copy.json || !verbatim(target)) return {};
  // What is meant for a folder of its own wants a WORKDIR, and its path is for the author to choose.
  if (!on_scratch && (written == "." || written == "./")) return {};
  const std::uint32_t quote = written.size() == target.string().size() ? 0 : 1;
  // `./` and `.` become `/`, but `..` and `.config` stay.
  const std::uint32_t dot = written == "." || written.starts_with("./") ? 1 : 0;
  const std::uint32_t slash = written.starts_with("./") ? 1 : 0;
  const std::uint32_t begin = target.range.begin + quote;
  return {{"Begin it with a slash", Applicability::Safe, {Edit::replacement({begin, begin + dot + slash}, "/")}}};
}

void check_copy(const Copy& copy, const Placed& placed, const dockerfile::Stage* stage, RuleContext& ctx) {
  if (!copy.destination) return;
  const std::string_view written =
      copy.json ? std::string_view(copy.destination->string()) : without_quotes(copy.destination->string());
  if (written.empty() || written.starts_with('$') || written.starts_with("<<") || is_absolute_path(written)) return;
  const bool at_root = stage != nullptr && stage->base_known && starts_at_root(stage->base);
  const bool on_scratch = at_root && stage->base.canonical_name() == "scratch";
  report_in_segment(
      placed.begin,
      {.variant = at_root && !on_scratch ? "root-folder" : "unknown-folder",
       .range = copy.destination->range,
       .message = quoted(written, 32) + (at_root ? " without a WORKDIR is at the root of the file system"
                                                 : " without a WORKDIR: where it is, the base image decides"),
       .fixes = fixes_for(copy, at_root, on_scratch, written)},
      ctx);
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  std::vector<char> has_workdir;  // for each section, at its end
  for (const Section& section : sections(file)) {
    const dockerfile::Stage* stage = section.stage ? &file.stages[*section.stage] : nullptr;
    bool workdir = section.parent && has_workdir[*section.parent] != 0;
    for (std::size_t i = section.first; i < section.end; ++i) {
      const Placed& placed = file.instructions[i];
      workdir = workdir || placed.instruction->as<dockerfile::Workdir>() != nullptr;
      const auto* copy = placed.instruction->as<Copy>();
      if (copy != nullptr && !workdir) check_copy(*copy, placed, stage, ctx);
    }
    has_workdir.push_back(workdir ? 1 : 0);
  }
}

}  // namespace

constinit const Rule copy_without_workdir = checked({
    .name = "copy-without-workdir",
    .family = Family::Correctness,
    .title = "COPY goes to a relative path, and no WORKDIR says from where.",
    .consequence =
        "`COPY . .` spreads the project over the root of the file system, beside `/bin` and `/etc`. After a change of "
        "the base image the same line means `/usr/src/app`, and the CMD that starts `/server.js` finds nothing.",
    .fine_when = "The base image is your own, and sets the folder for what is built on it.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "root-folder",
                  .summary = "The base image has no folder of its own, so the files land at the root.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information},
                              {Preset::Strict, Severity::Information},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3045"}},
                  .languages = Language::Dockerfile},
                 {.name = "unknown-folder",
                  .summary = "The base image decides where the files land, or it is empty.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3045"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#workdir",
                   "https://docs.docker.com/build/building/best-practices/#workdir"},
    .examples = {{"here", "Dockerfile", "FROM node:22.11.0\nCOPY . <|.|>\nWORKDIR /app\nCOPY . .\n"},
                 {"in a folder", "Dockerfile", "FROM node:22.11.0\nCOPY [\"server.js\", <|\"app/\"|>]\n"},
                 {"below", "Dockerfile", "FROM node:22.11.0\nCOPY a <|\"./b\"|>\nCOPY c <|.d/|>\nCOPY e <|../f|>\n",
                  "FROM node:22.11.0\nCOPY a \"/b\"\nCOPY c /.d/\nCOPY e /../f\n"},
                 {"on an image of one's own", "Dockerfile", "FROM registry.example/base:1.4.2\nCOPY . <|./app|>\n"},
                 {"on nothing", "Dockerfile",
                  "FROM golang:1.23.3 AS build\nFROM scratch\r\nCOPY --from=build /server <|server|>\r\n",
                  "FROM golang:1.23.3 AS build\nFROM scratch\r\nCOPY --from=build /server /server\r\n"},
                 {"from the root", "Dockerfile",
                  "FROM node:22.11.0\nCOPY . /app\nCOPY . \"/app\"\nCOPY . $APP\nCOPY . 'C:\\app'\n"},
                 {"a folder from the stage below", "Dockerfile",
                  "FROM node:22.11.0 AS base\nWORKDIR /app\nFROM base\nCOPY . .\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
