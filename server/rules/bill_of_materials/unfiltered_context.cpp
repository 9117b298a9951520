#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/context_copies.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unfiltered_context;
namespace {

/// What stands in the context, should not come along, and is not left out, in the order of the names.
std::vector<std::string_view> let_in(const DockerfileBuild& build) {
  std::vector<std::string_view> result;
  for (const std::string_view name : build.unwanted)
    if (!build.ignore || !build.ignore->excludes(name)) result.push_back(name);
  return result;
}

std::string_view variant_of(std::string_view name) {
  if (name == ".git") return "history";
  if (name == "node_modules") return "installed-packages";
  return "secrets";
}

/// "`.env`" or "`.env` and 2 more of the kind".
std::string listed(const std::vector<std::string_view>& names) {
  std::string text = quoted(names.front());
  if (names.size() > 1) text += " and " + std::to_string(names.size() - 1) + " more";
  return text;
}

void report(const ContextSource& source, std::string_view variant, const std::vector<std::string_view>& names,
            const DockerfileBuild& build, RuleContext& ctx) {
  ctx.report({.variant = variant,
              .range = source.range,
              .message = listed(names) + (names.size() > 1 ? " come" : " comes") + " along: " +
                         (build.ignore ? ".dockerignore does not leave that out" : "there is no .dockerignore")});
}

void check_file(const DockerfileInWorkspace& in, RuleContext& ctx) {
  if (!in.complete) return;
  const StageBuilds builds(in.file, in.around.builds);
  for (const ContextSource& source : context_sources(in.file)) {
    if (!source.path.empty() || !in.file.stages[source.stage].ships) continue;
    for (const DockerfileBuild* build : builds.sure(source.stage)) {
      if (!build->ignore_known) continue;
      const std::vector<std::string_view> names = let_in(*build);
      if (!build->ignore && !build->assumed && names.empty()) {
        ctx.report({.variant = "no-ignore-file",
                    .range = source.range,
                    .message = "everything in the build context comes along: there is no .dockerignore"});
        break;
      }
      if (names.empty()) continue;
      for (const std::string_view variant : {"secrets", "history", "installed-packages"}) {
        std::vector<std::string_view> of_kind;
        std::ranges::copy_if(names, std::back_inserter(of_kind),
                             [&](std::string_view name) { return variant_of(name) == variant; });
        if (!of_kind.empty()) report(source, variant, of_kind, *build, ctx);
      }
      break;
    }
  }
}

}  // namespace

constinit const Rule unfiltered_context = checked({
    .name = "unfiltered-context",
    .family = Family::BillOfMaterials,
    .title = "The whole build context is copied into the image, with what has no business there.",
    .consequence =
        "`COPY . .` took the `.env` of whoever built the release. It holds the password of the production database, "
        "and "
        "everybody who can pull the image can read it; deleting the file in a later layer changes nothing. The `.git` "
        "beside it has every secret that was ever committed.",
    .fine_when =
        "Images are built only from a fresh checkout by a machine that has none of these files, and nobody ever "
        "builds on a developer's machine.",
    .fix = FixAvailability::None,
    .variants = {{.name = "secrets",
                  .summary = "A file with settings or keys that git ignores is in the context and not left out.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "history",
                  .summary = "The history of the repository is in the context and not left out.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Information}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "installed-packages",
                  .summary = "Packages that were installed on the machine that builds are in the context and not left "
                             "out.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "no-ignore-file",
                  .summary = "There is no ignore file for a context that is copied as a whole.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/concepts/context/#dockerignore-files",
                   "https://docs.docker.com/build/building/best-practices/#exclude-with-dockerignore"},
    .examples =
        {{.title = "a file with settings",
          .path = "Dockerfile",
          .before = "FROM node:22.11.0\nWORKDIR /srv\nCOPY <|.|> .\n",
          .beside = {{".env", "SHOP_MODE=demo\n"},
                     {".gitignore", ".env\n"},
                     {".dockerignore", "node_modules\n.git\n"}}},
         {.title = "no ignore file in a repository",
          .path = "Dockerfile",
          .before = "FROM node:22.11.0\nWORKDIR /srv\nCOPY <|./|> ./\n",
          .beside = {{".git/HEAD", "ref: refs/heads/main\n"}}},
         {.title = "packages of the machine that builds",
          .path = "web/Dockerfile",
          .before = "FROM node:22.11.0\nWORKDIR /srv\nADD <|.|> /srv/\n",
          .beside = {{"web/node_modules/left-pad/package.json", "{}\n"},
                     {".gitignore", "node_modules/\n"},
                     {"web/.dockerignore", "*.log\n"}}},
         {.title = "a context that a Compose file names",
          .path = "web/Dockerfile",
          .before = "FROM node:22.11.0\nWORKDIR /srv\nCOPY <|.|> .\n",
          .beside = {{"compose.yaml", "services:\n  web:\n    build: ./web\n"}}},
         {.title = "all of it is left out",
          .path = "Dockerfile",
          .before = "FROM node:22.11.0\nWORKDIR /srv\nCOPY . .\n",
          .beside = {{".env", "SHOP_MODE=demo\n"}, {".gitignore", ".env\n"}, {".dockerignore", ".git\n.env*\n"}}},
         {.title = "settings that everybody has, because they are in the repository",
          .path = "Dockerfile",
          .before = "FROM node:22.11.0\nWORKDIR /srv\nCOPY . .\n",
          .beside = {{".env", "SHOP_MODE=demo\n"}, {".gitignore", ".env.local\n"}}},
         {.title = "only a folder is copied",
          .path = "Dockerfile",
          .before = "FROM node:22.11.0\nWORKDIR /srv\nCOPY src package.json ./\n",
          .beside = {{".env", "SHOP_MODE=demo\n"}, {".git/HEAD", ""}}},
         {.title = "a stage of which nothing but a result is kept",
          .path = "Dockerfile",
          .before = "FROM golang:1.23.3 AS build\nCOPY . .\nRUN go build -o /app\nFROM scratch\nCOPY "
                    "--from=build /app /app\n",
          .beside = {{".git/HEAD", ""}}}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
