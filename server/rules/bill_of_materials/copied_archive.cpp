#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_map>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/archive.h"
#include "rules/support/build_step.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule copied_archive;
namespace {

using dockerfile::BuildFile;
using dockerfile::Copy;
using shell::Command;

std::string_view file_name(std::string_view path) { return path.substr(path.find_last_of("/\\") + 1); }

/// Whether `word` has tar extract something: `-xzf`, `xzf`, `--extract`.
bool is_extract(const shell::Word& word, bool first) {
  const std::string& text = word.text;
  if (text == "--extract" || text == "--get") return true;
  if (text.starts_with("--")) return false;
  return (text.starts_with('-') || first) && text.find('x') != std::string::npos && !is_archive(text);
}

bool unpacks(const Command& command) {
  constexpr std::string_view kPrograms[] = {"unzip", "gunzip", "bunzip2",    "unlzma", "unxz",
                                            "zgz",   "zcat",   "uncompress", "gzcat"};
  const std::string_view name = command.name();
  if (std::find(std::begin(kPrograms), std::end(kPrograms), name) != std::end(kPrograms)) return true;
  if (name != "tar") return false;
  for (std::size_t i = 1; i < command.words.size(); ++i)
    if (is_extract(command.words[i], i == 1)) return true;
  return false;
}

/// An archive that was copied into the image.
struct Archive {
  TextRange source;  ///< absolute
  bool reported = false;
};
/// By the name in the image, without its folder.
using Archives = std::unordered_map<std::string, Archive>;

void find_archives(const dockerfile::Placed& placed, Archives& archives) {
  const auto* copy = placed.instruction->as<Copy>();
  if (copy == nullptr || copy->flag("from") != nullptr || !copy->destination) return;
  const std::string_view target =
      copy->json ? std::string_view(copy->destination->string()) : without_quotes(copy->destination->string());
  for (const dockerfile::Word& source : copy->sources) {
    const std::string_view path = copy->json ? std::string_view(source.string()) : without_quotes(source.string());
    const std::string_view name = is_archive(target) ? target : path;
    if (is_archive(name))
      archives.try_emplace(std::string(file_name(name)), Archive{source.range.shifted(placed.begin)});
  }
}

void check_step(const BuildFile::Step& step, const BuildFile& build, Archives& archives, RuleContext& ctx) {
  for (const Command& command : step.script.text.script->commands) {
    if (command.words.empty() || !unpacks(command)) continue;
    for (std::size_t i = 1; i < command.words.size(); ++i) {
      const auto archive = archives.find(std::string(file_name(command.words[i].text)));
      if (archive == archives.end() || archive->second.reported) continue;
      archive->second.reported = true;
      const std::uint32_t begin = build.file.instructions[step.index].begin;
      const TextRange used = step.script.text.in_file(command.words[i].range).shifted(begin);
      ctx.report({.variant = stays_in_image(step.script) ? "in-image" : "in-build-stage",
                  .range = archive->second.source,
                  .message = quoted(archive->first, 40) + " is copied, then unpacked: its layer keeps it",
                  .related = {{used, "unpacked here"}}});
    }
  }
}

void check_build(const BuildFile& build, RuleContext& ctx) {
  std::size_t next = 0;
  for (const Section& section : sections(build.file)) {
    Archives archives;
    for (std::size_t i = section.first; i < section.end; ++i) {
      find_archives(build.file.instructions[i], archives);
      for (; next < build.steps.size() && build.steps[next].index <= i; ++next)
        check_step(build.steps[next], build, archives, ctx);
    }
  }
}

}  // namespace

constinit const Rule copied_archive = checked({
    .name = "copied-archive",
    .family = Family::BillOfMaterials,
    .title = "An archive is copied into the image and unpacked there.",
    .consequence =
        "The archive has 400 MB and is unpacked, then deleted with `rm`. The image still has both, because the layer "
        "of the COPY stays below; every node pulls 400 MB that nobody can see.",
    .fine_when = "It is unpacked in a stage that does not ship, and you want to see the files' names there.",
    .fix = FixAvailability::None,
    .variants = {{.name = "in-image",
                  .summary = "The archive's layer is a part of the final image.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information},
                              {Preset::Strict, Severity::Information},
                              {Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3010"}},
                  .languages = Language::Dockerfile},
                 {.name = "in-build-stage",
                  .summary = "The archive is unpacked in a stage that does not ship; ADD would be one step less.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3010"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives",
                   "https://docs.docker.com/build/building/best-practices/#add-or-copy"},
    .examples = {{"in the image", "Dockerfile",
                  "FROM debian:12.8\nCOPY <|dist/app.tar.gz|> /tmp/\nRUN tar -xzf /tmp/app.tar.gz -C /srv && rm "
                  "/tmp/app.tar.gz\n"},
                 {"under another name", "Dockerfile",
                  "FROM debian:12.8\nCOPY <|app-1.4.2.txz|> /app.txz\nWORKDIR /\nRUN set -e; tar xf app.txz\n"},
                 {"in a build stage", "Dockerfile",
                  "FROM debian:12.8 AS build\nCOPY <|app.gz|> .\nRUN gunzip app.gz\nFROM debian:12.8\n"},
                 {"from a stage, not unpacked, or packed", "Dockerfile",
                  "FROM debian:12.8 AS build\nFROM debian:12.8\nCOPY --from=build /app.tar /app.tar\n"
                  "RUN tar -xf /app.tar\nCOPY data.tgz /data.tgz\nRUN tar -cf /data.tgz /etc\n"},
                 {"ADD", "Dockerfile", "FROM debian:12.8\nADD app.tar.gz /srv/\n"}},
    .checks = {on(check_build)},
});

}  // namespace quaymaster::rules
