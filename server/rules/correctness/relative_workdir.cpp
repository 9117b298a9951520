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
extern const Rule relative_workdir;
namespace {

using dockerfile::Placed;
using dockerfile::Word;

/// What the WORKDIRs up to here say.
struct Folder {
  bool any = false;
  std::string path;  ///< empty when it is not written down in so many letters
};

bool is_plain(std::string_view path) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
  return path.find_first_not_of(kPlain) == std::string_view::npos;
}

std::string_view without_dot(std::string_view path) { return path.starts_with("./") ? path.substr(2) : path; }

/// The whole path from the root, for a plain one below `folder`.
std::string joined(std::string_view folder, std::string_view path) {
  std::string result(folder);
  if (!result.ends_with('/')) result += '/';
  if (path != ".") result += without_dot(path);
  return result;
}

void check_path(const Word& path, const Placed& placed, const Folder& folder, bool at_root, RuleContext& ctx) {
  const std::optional<std::string> value = known_value(path, *placed.context);
  if (!value || value->empty() || is_absolute_path(*value)) return;
  const std::string_view written = without_quotes(path.string());
  const bool plain = verbatim(path) && is_plain(written) && written.find("..") == std::string_view::npos;
  const auto quote = static_cast<std::uint32_t>((path.string().size() - written.size()) / 2);
  const TextRange inner{path.range.begin + quote, path.range.end - quote};
  std::vector<Fix> fixes;
  if (plain && !folder.any && at_root)
    fixes.push_back({"Begin it with a slash", Applicability::Safe, {Edit::replacement(inner, joined("/", written))}});
  else if (plain && !folder.path.empty())
    fixes.push_back(
        {"Write the whole path", Applicability::Safe, {Edit::replacement(inner, joined(folder.path, written))}});
  std::optional<std::vector<std::string_view>> aliases;
  if (!folder.any && written.starts_with('$')) aliases = {"buildkit:WorkdirRelativePath"};
  if (folder.any && written.starts_with('$')) aliases = std::vector<std::string_view>{};
  report_in_segment(placed.begin,
                    {.variant = folder.any ? "later" : "first",
                     .range = path.range,
                     .message = folder.any ? quoted(*value) + " goes on from the WORKDIR above it"
                                           : quoted(*value) + " is relative: where it is, the base image decides",
                     .fixes = std::move(fixes),
                     .aliases = std::move(aliases)},
                    ctx);
}

void follow(const Word& path, Folder& folder) {
  const std::string_view written = without_quotes(path.string());
  const bool plain = is_plain(written) && written.find("..") == std::string_view::npos;
  if (!plain)
    folder.path.clear();
  else if (written.starts_with('/'))
    folder.path = written;
  else if (!folder.path.empty())
    folder.path = joined(folder.path, written);
  folder.any = true;
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  std::vector<Folder> at_end;
  for (const Section& section : sections(file)) {
    const dockerfile::Stage* stage = section.stage ? &file.stages[*section.stage] : nullptr;
    const bool at_root = stage != nullptr && stage->base_known && starts_at_root(stage->base);
    Folder folder = section.parent ? at_end[*section.parent] : Folder{};
    for (std::size_t i = section.first; i < section.end; ++i) {
      const Placed& placed = file.instructions[i];
      const auto* workdir = placed.instruction->as<dockerfile::Workdir>();
      if (workdir == nullptr || !workdir->path) continue;
      check_path(*workdir->path, placed, folder, at_root, ctx);
      follow(*workdir->path, folder);
    }
    at_end.push_back(std::move(folder));
  }
}

}  // namespace

constinit const Rule relative_workdir = checked({
    .name = "relative-workdir",
    .family = Family::Correctness,
    .title = "WORKDIR is a relative path.",
    .consequence =
        "`WORKDIR app` was `/app` for years. Then a new version of the base image sets a folder of its own, the same "
        "line means `/usr/src/app`, and the CMD that starts `/app/server` finds nothing.",
    .fine_when = "The line goes on from an absolute WORKDIR right above it, and everybody reads both.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "first",
                  .summary = "The first WORKDIR is relative, to a folder that the base image chooses.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Information},
                              {Preset::Strict, Severity::Warning},
                              {Preset::BuildKit, Severity::Warning},
                              {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "buildkit:WorkdirRelativePath"},
                              {Language::Dockerfile, "hadolint:DL3000"},
                              {Language::Dockerfile, "trivy:DS-0009"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_10"}},
                  .languages = Language::Dockerfile},
                 {.name = "later",
                  .summary = "A WORKDIR is relative to the one before it.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}, {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3000"},
                              {Language::Dockerfile, "trivy:DS-0009"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_10"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/build-checks/workdir-relative-path/",
                   "https://docs.docker.com/reference/dockerfile/#workdir"},
    .examples =
        {{"the first one", "Dockerfile", "FROM nginx:1.27.2\nWORKDIR <|usr/share/nginx/html|>\n",
          "FROM nginx:1.27.2\nWORKDIR /usr/share/nginx/html\n"},
         {"the first one, from here and in quotes", "Dockerfile", "FROM node:22.11.0\r\nWORKDIR <|\"./app\"|>\r\n",
          "FROM node:22.11.0\r\nWORKDIR \"/app\"\r\n"},
         {"on an image that may have a folder of its own", "Dockerfile",
          "FROM registry.example/base:1.4.2\nWORKDIR <|app|>\n"},
         {"one after another", "Dockerfile", "FROM node:22.11.0\nWORKDIR /srv\nWORKDIR <|app|>\nWORKDIR <|web|>\n",
          "FROM node:22.11.0\nWORKDIR /srv\nWORKDIR /srv/app\nWORKDIR /srv/app/web\n"},
         {"below one that is a variable", "Dockerfile",
          "FROM node:22.11.0\nENV APP=/srv\nWORKDIR $APP\nWORKDIR <|web|>\n"},
         {"a variable", "Dockerfile", "FROM node:22.11.0\nENV APP=srv\nWORKDIR <|$APP|>\n"},
         {"in a stage on a stage", "Dockerfile",
          "FROM node:22.11.0 AS base\nWORKDIR /srv\nFROM base\nWORKDIR <|app|>\n",
          "FROM node:22.11.0 AS base\nWORKDIR /srv\nFROM base\nWORKDIR /srv/app\n"},
         {"up", "Dockerfile", "FROM node:22.11.0\nWORKDIR /srv/app\nWORKDIR <|../web|>\n"},
         {"paths from the root", "Dockerfile",
          "FROM node:22.11.0\nARG HOME\nWORKDIR /srv\nWORKDIR '/srv/app'\nWORKDIR ${HOME}/app\nWORKDIR $UNKNOWN\n"},
         {"Windows", "Dockerfile", "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nWORKDIR C:/app\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
