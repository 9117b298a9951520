#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "model/image/well_known.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/paths.h"

namespace quaymaster::rules {
extern const Rule write_below_volume;
namespace {

/// A folder that is a volume from some instruction on.
struct VolumePath {
  std::string path;
  std::optional<TextRange> declared;  ///< absolute; empty when the base image declares it
};

/// Programs that change the files which they are given.
bool is_writer(std::string_view program) {
  constexpr std::string_view kWriters[] = {"chgrp", "chmod", "chown", "cp",  "install", "ln",
                                           "mkdir", "mv",    "tee",   "tar", "touch",   "unzip"};
  return std::find(std::begin(kWriters), std::end(kWriters), program) != std::end(kWriters);
}

const VolumePath* volume_around(const std::vector<VolumePath>& volumes, const shell::Word& word,
                                const std::string& workdir) {
  if (!word.literal || word.text.starts_with('-')) return nullptr;
  const std::optional<std::string> path = absolute_path(word.text, workdir);
  if (!path) return nullptr;
  for (const VolumePath& volume : volumes)
    if (is_in_folder(*path, volume.path)) return &volume;
  return nullptr;
}

void check_step(const dockerfile::BuildFile::Step& step, std::uint32_t begin, const std::vector<VolumePath>& volumes,
                RuleContext& ctx) {
  const dockerfile::BuildScript& build = step.script;
  // A `cd` changes what relative paths mean.
  const bool moves = std::any_of(build.text.script->commands.begin(), build.text.script->commands.end(),
                                 [](const shell::Command& command) { return command.name() == "cd"; });
  const std::string workdir = moves ? "" : build.context.workdir;
  const auto report = [&](const shell::Word& word, const VolumePath& volume) {
    Report found{.range = build.text.in_file(word.range).shifted(begin),
                 .message = quoted(word.text, 30) + " is below a volume: builders may drop what RUN writes there"};
    if (volume.declared) found.related.push_back({*volume.declared, quoted(volume.path, 32) + " is declared here"});
    ctx.report(std::move(found));
  };
  for (const shell::Command& command : build.text.script->commands) {
    if (is_writer(command.name()))
      for (std::size_t i = 1; i < command.words.size(); ++i)
        if (const VolumePath* volume = volume_around(volumes, command.words[i], workdir))
          return report(command.words[i], *volume);
    for (const shell::Redirection& to : command.redirections)
      if (to.op.find('>') != std::string::npos && !to.op.ends_with(">&"))
        if (const VolumePath* volume = volume_around(volumes, to.target, workdir)) return report(to.target, *volume);
  }
}

void add_volumes(const dockerfile::Placed& placed, std::vector<VolumePath>& volumes) {
  const auto* volume = placed.instruction->as<dockerfile::Volume>();
  if (volume == nullptr) return;
  constexpr std::size_t kMostVolumes = 64;
  for (const dockerfile::Word& word : volume->paths) {
    if (volumes.size() == kMostVolumes) return;
    const std::optional<std::string> value = known_value(word, *placed.context);
    const std::optional<std::string> path =
        value ? absolute_path(without_quotes(*value), placed.context->workdir) : std::nullopt;
    if (path && *path != "/") volumes.push_back({*path, word.range.shifted(placed.begin)});
  }
}

/// The volumes that the image below a stage declares.
std::vector<VolumePath> volumes_of_image(const dockerfile::Stage& stage) {
  std::vector<VolumePath> volumes;
  const image::WellKnownImage* known = stage.base_known ? image::find_well_known(stage.base) : nullptr;
  if (known == nullptr || known->own_volume != image::OwnVolume::Declared) return volumes;
  const std::string_view paths = known->data_paths;
  if (!paths.empty() && paths.find(' ') == std::string_view::npos) volumes.push_back({std::string(paths), {}});
  return volumes;
}

/// Whether only BuildKit can build the file, or it asks for a syntax, which only BuildKit does something about.
bool needs_buildkit(const dockerfile::File& file) {
  const auto is_of_buildkit = [](const dockerfile::Placed& placed) {
    const std::vector<dockerfile::Flag>& flags = placed.instruction->statement().flags;
    return std::any_of(flags.begin(), flags.end(), [](const dockerfile::Flag& flag) {
      return flag.name == "mount" || flag.name == "link" || flag.name == "security" || flag.name == "network";
    });
  };
  return std::any_of(file.directives.begin(), file.directives.end(),
                     [](const dockerfile::ParserDirective& directive) { return directive.name == "syntax"; }) ||
         std::any_of(file.instructions.begin(), file.instructions.end(), is_of_buildkit);
}

void check_file(const dockerfile::BuildFile& build, RuleContext& ctx) {
  const dockerfile::File& file = build.file;
  if (ctx.project().builder == Builder::BuildKit || needs_buildkit(file)) return;
  std::vector<std::vector<VolumePath>> at_end(file.stages.size());
  auto step = build.steps.begin();
  for (std::size_t s = 0; s < file.stages.size(); ++s) {
    const dockerfile::Stage& stage = file.stages[s];
    std::vector<VolumePath> volumes =
        stage.parent && *stage.parent < s ? at_end[*stage.parent] : volumes_of_image(stage);
    for (std::size_t i = stage.first; i < stage.end; ++i) {
      add_volumes(file.instructions[i], volumes);
      while (step != build.steps.end() && step->index < i) ++step;
      const bool here = step != build.steps.end() && step->index == i;
      if (here && !volumes.empty() && stays_in_image(step->script) && !step->script.run.triggered)
        check_step(*step, file.instructions[i].begin, volumes, ctx);
    }
    at_end[s] = std::move(volumes);
  }
}

}  // namespace

constinit const Rule write_below_volume = checked({
    .name = "write-below-volume",
    .family = Family::State,
    .title = "A RUN writes below a volume that was declared before.",
    .consequence =
        "On the laptop BuildKit keeps what RUN wrote, and all is well. The pipeline builds with Docker's legacy "
        "builder, with an older Podman or with kaniko: they mount or leave out the volume during RUN, throw away what "
        "is in it, and say nothing. The image from the pipeline has an empty folder, or one that belongs to root.",
    .fine_when = "All builds of the file, everywhere and for ever, are made by BuildKit: then say `builder: buildkit`.",
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#notes-about-specifying-volumes",
                   "https://github.com/containers/buildah/blob/main/docs/buildah-build.1.md"},
    .examples = {{"rights that get lost", "Dockerfile",
                  "FROM debian:12.8\nVOLUME /data\nRUN useradd app && chown -R app <|/data|>\n"},
                 {"a file in a volume of a stage below", "Dockerfile",
                  "FROM debian:12.8 AS base\nVOLUME [\"/data\", \"/logs\"]\nFROM base\nWORKDIR /data\nRUN echo 1 > "
                  "<|a.txt|>\n"},
                 {"a volume of the base image", "Dockerfile",
                  "FROM mongo:7.0.15\nRUN mkdir -p <|/data/db/import|> && cp a.js /docker-entrypoint-initdb.d/\n"},
                 {.title = "only BuildKit builds it",
                  .path = "Dockerfile",
                  .before = "FROM debian:12.8\nVOLUME /data\nRUN useradd app && chown -R app /data\n",
                  .options = "builder: buildkit"},
                 {"a file that only BuildKit can build", "Dockerfile",
                  "FROM debian:12.8\nVOLUME /data\nRUN --mount=type=cache,target=/var/cache touch /data/a\n"},
                 {"the volume comes last", "Dockerfile",
                  "FROM debian:12.8\nRUN mkdir /data && chown 1000 /data\nVOLUME /data\n"},
                 {"COPY gets through", "Dockerfile",
                  "FROM debian:12.8\nVOLUME /data\nCOPY a.txt /data/\nRUN cat /data/a.txt\n"},
                 {"another folder", "Dockerfile",
                  "FROM debian:12.8\nVOLUME /data\nRUN mkdir /data2 && touch $HOME/data\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
