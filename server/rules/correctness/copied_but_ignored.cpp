#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/context_copies.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule copied_but_ignored;
namespace {

using Pattern = Dockerignore::Pattern;

bool has_wildcard(std::string_view path) { return path.find_first_of("*?[") != std::string_view::npos; }

/// The pattern that leaves out all that `path` stands for; null when something of it may be sent.
const Pattern* pattern_against(const Dockerignore& ignore, const std::string& path) {
  // What a wildcard would match, and a `!` takes back in, is not known.
  if (ignore.negates() && (path.empty() || has_wildcard(path))) return nullptr;
  if (path.empty()) {
    constexpr std::array<std::string_view, 3> kEverything{"*", "**", "**/*"};
    const auto found = std::ranges::find_if(ignore.patterns(), [&](const Pattern& pattern) {
      return std::ranges::find(kEverything, pattern.text) != kEverything.end();
    });
    return found == ignore.patterns().end() ? nullptr : &*found;
  }
  const Pattern* pattern = ignore.excludes(path);
  return pattern && !ignore.may_readmit_below(path) ? pattern : nullptr;
}

/// The build that tells why a source is never there: every build that may come by leaves it out.
const DockerfileBuild* build_without(const ContextSource& source, const StageBuilds& builds) {
  const auto leaves_out = [&](const DockerfileBuild* build) {
    return build->ignore_known && build->ignore && pattern_against(*build->ignore, source.path);
  };
  const std::vector<const DockerfileBuild*> sure = builds.sure(source.stage);
  if (sure.empty() || !std::ranges::all_of(builds.possible(source.stage), leaves_out)) return nullptr;
  return sure.front();
}

void check_file(const DockerfileInWorkspace& in, RuleContext& ctx) {
  if (!in.complete) return;
  const StageBuilds builds(in.file, in.around.builds);
  for (const ContextSource& source : context_sources(in.file)) {
    const DockerfileBuild* build = build_without(source, builds);
    if (!build) continue;
    const Pattern* pattern = pattern_against(*build->ignore, source.path);
    // BuildKit says nothing where there is a `!` at all.
    std::optional<std::vector<std::string_view>> aliases;
    if (build->ignore->negates()) aliases.emplace();
    ctx.report({.range = source.range,
                .message = quoted(source.written, 20) + " is left out of the build context by " +
                           quoted(pattern->text, 14) + " in .dockerignore",
                .aliases = std::move(aliases)});
  }
}

}  // namespace

constinit const Rule copied_but_ignored = checked({
    .name = "copied-but-ignored",
    .family = Family::Correctness,
    .title = "COPY or ADD takes what the ignore file keeps out of the build context.",
    .consequence = "Somebody added `dist` to .dockerignore to make builds faster. The next one stops at `COPY dist "
                   "/srv`: \"/dist\": "
                   "not found, says the builder, and there it is, in everybody's editor.",
    .fine_when = "The image is built with another ignore file or context than the ones that can be found here.",
    .fix = FixAvailability::None,
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::BuildKit, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:CopyIgnoredFile"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/concepts/context/#dockerignore-files",
                   "https://docs.docker.com/reference/build-checks/copy-ignored-file/"},
    .examples =
        {{.title = "a folder that is ignored",
          .path = "Dockerfile",
          .before = "FROM nginx:1.27.2\nCOPY <|dist|> /usr/share/nginx/html\n",
          .beside = {{".dockerignore", "node_modules\ndist/\n"}}},
         {.title = "a file in an ignored folder",
          .path = "Dockerfile",
          .before = "FROM alpine:3.21\nADD [\"start.sh\", <|\"./build/app\"|>, \"/srv/\"]\n",
          .beside = {{".dockerignore", "build\n"}}},
         {.title = "everything, and only one name is taken back",
          .path = "Dockerfile",
          .before = "FROM alpine:3.21\nCOPY src /src\nCOPY <|config|> /config\n",
          .beside = {{".dockerignore", "*\n!src\n"}}},
         {.title = "the ignore file of this very Dockerfile",
          .path = "Dockerfile.dev",
          .before = "FROM alpine:3.21\nCOPY <|*.log|> /log/\n",
          .beside = {{"Dockerfile.dev.dockerignore", "*.log\n"}, {".dockerignore", "dist\n"}}},
         {.title = "a context that a Compose file decides",
          .path = "docker/Dockerfile",
          .before = "FROM alpine:3.21\nCOPY <|docs|> /docs\n",
          .beside = {{".dockerignore", "docs\n"},
                     {"compose.yaml", "services:\n  a:\n    build: {context: ., dockerfile: docker/Dockerfile}\n"}}},
         {.title = "all of a context of which nothing is left",
          .path = "Dockerfile",
          .before = "FROM alpine:3.21\nCOPY <|.|> /srv\n",
          .beside = {{".dockerignore", "**\n"}}},
         {.title = "a part of the folder is taken back",
          .path = "Dockerfile",
          .before = "FROM alpine:3.21\nCOPY dist /srv\nCOPY *.json /srv/\nCOPY . /all\n",
          .beside = {{".dockerignore", "*\n!dist/app.js\n!package.json\n"}}},
         {.title = "from another stage, from the network, or written here",
          .path = "Dockerfile",
          .before = "FROM alpine:3.21 AS build\nFROM alpine:3.21\nCOPY --from=build dist /srv\n"
                    "ADD https://example.com/dist /d\nCOPY <<dist /e\ndist\n",
          .beside = {{".dockerignore", "dist\nhttps:\n"}}},
         {.title = "another service builds it with another context",
          .path = "Dockerfile",
          .before = "FROM alpine:3.21\nCOPY dist /srv\n",
          .beside = {{".dockerignore", "dist\n"},
                     {"compose.yaml",
                      "services:\n  a: {build: .}\n  b: {build: {context: web, dockerfile: ../Dockerfile}}\n"}}},
         {.title = "no build comes by",
          .path = "Dockerfile",
          .before = "FROM alpine:3.21 AS old\nCOPY dist /srv\nFROM alpine:3.21\n",
          .beside = {{".dockerignore", "dist\n"}}}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
