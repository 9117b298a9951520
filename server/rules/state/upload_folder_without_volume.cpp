#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/paths.h"

namespace quaymaster::rules {
extern const Rule upload_folder_without_volume;
namespace {

bool is_for_data(std::string_view path) {
  constexpr std::string_view kNames[] = {"data", "uploads", "upload", "storage", "media", "attachments", "backups"};
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

std::vector<std::string> volumes_of(const dockerfile::File& file) {
  constexpr std::size_t kMostVolumes = 64;
  std::vector<std::string> volumes;
  for (const dockerfile::Placed& placed : file.instructions)
    if (const auto* volume = placed.instruction->as<dockerfile::Volume>())
      for (const dockerfile::Word& word : volume->paths)
        if (const auto value = known_value(word, *placed.context))
          if (auto path = absolute_path(without_quotes(*value), placed.context->workdir))
            volumes.push_back(*std::move(path));
  if (volumes.size() > kMostVolumes) volumes.resize(kMostVolumes);
  return volumes;
}

void check_file(const dockerfile::BuildFile& build, RuleContext& ctx) {
  const std::vector<std::string> volumes = volumes_of(build.file);
  for (const dockerfile::BuildFile::Step& step : build.steps) {
    if (!stays_in_image(step.script)) continue;
    for (const shell::Command& command : step.script.text.script->commands) {
      if (command.name() != "mkdir") continue;
      for (const shell::Word* word : command.arguments()) {
        const std::optional<std::string> path =
            word->literal ? absolute_path(word->text, step.script.context.workdir) : std::nullopt;
        if (!path || !is_for_data(*path)) continue;
        if (std::any_of(volumes.begin(), volumes.end(),
                        [&](const std::string& volume) { return is_in_folder(*path, volume); }))
          continue;
        report_in_segment(build.file.instructions[step.index].begin,
                          {.range = step.script.text.in_file(word->range),
                           .message = quoted(*path, 36) + " sounds like data, and no VOLUME says that it must last"},
                          ctx);
      }
    }
  }
}

}  // namespace

constinit const Rule upload_folder_without_volume = checked({
    .name = "upload-folder-without-volume",
    .family = Family::State,
    .title = "The image has a folder for data, and nothing says that it has to be kept.",
    .consequence =
        "Users upload pictures for half a year. Whoever runs the image never learned that `/app/uploads` is where they "
        "go, for the image does not say so. With the next release the container is replaced, and the pictures are "
        "gone.",
    .fine_when = "The folder is filled when the image is built, or the documentation of the image says what to mount.",
    .variants = {{.severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#volume", "https://12factor.net/processes"},
    .examples = {{"a folder for uploads", "Dockerfile",
                  "FROM debian:12.8\nWORKDIR /app\nRUN mkdir -p <|uploads|> /app/cache && mkdir <|/data|>\n"},
                 {"a volume", "Dockerfile", "FROM debian:12.8\nRUN mkdir -p /data/uploads\nVOLUME /data\n"},
                 {"a stage that does not ship", "Dockerfile",
                  "FROM debian:12.8 AS build\nRUN mkdir /data\nFROM debian:12.8\nRUN mkdir /app\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
