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
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"
#include "rules/support/package_leftovers.h"

namespace quaymaster::rules {
extern const Rule package_cache;
namespace {

constexpr std::string_view kNotKept = "not-kept";

std::string message_of(const Leftover& leftover) {
  const std::string call = quoted(call_name(leftover.calls.front().call), 24);
  if (!leftover.kept) return call + " fills a cache; it does not get into the image as it is now";
  return call + " leaves " + quoted(leftover.path, 28) + " in the layer";
}

/// The option that keeps the manager from filling its cache, in every call.
std::optional<Fix> option_fix(const dockerfile::BuildScript& build, const Leftover& leftover) {
  Fix fix{.title = "Add " + std::string(leftover.kind->option), .applicability = Applicability::Safe, .edits = {}};
  for (const PackageCommand& use : leftover.calls) {
    auto edit = insert_word(build, use.call.verb_range, leftover.kind->option);
    if (!edit) return std::nullopt;
    fix.edits.push_back(std::move(*edit));
  }
  return fix;
}

/// The command that empties the cache, at the end of the RUN.
std::optional<Fix> cleanup_fix(const dockerfile::BuildScript& build, const Leftover& leftover) {
  if (leftover.later == Need::Certain) return std::nullopt;
  const bool sudo = leftover.calls.front().command->wrapped_by("sudo") != nullptr;
  const std::string command = (sudo ? "sudo " : "") + std::string(leftover.kind->cleanup);
  auto edit = append_command(build, command);
  if (!edit) return std::nullopt;
  const bool chain = continuation(build) == Continuation::Chain;
  const bool script = leftover.later == Need::Possible;
  Fix fix{.title = "Add " + command + " at the end",
          .applicability = chain && !script ? Applicability::Safe : Applicability::Unsafe,
          .edits = {std::move(*edit)}};
  if (!chain) fix.caveat = "It is the last command then, and its success is that of the RUN.";
  if (script) fix.caveat = "A script that a later RUN starts may rely on what is deleted.";
  return fix;
}

void check_file(const dockerfile::BuildFile& build, RuleContext& ctx) {
  const LaterInstalls later(build);
  KeptArchives archives(build.file);
  for (const dockerfile::BuildFile::Step& step : build.steps) {
    const bool keeps_archives = archives.look_at(step);
    for (Leftover& leftover : leftovers_of(step.script, keeps_archives)) {
      if (leftover.kind->variant == "apt") leftover.later = later.behind(step.index);
      Report report{.variant = leftover.kept ? leftover.kind->variant : kNotKept,
                    .range = step.script.text.in_file(leftover.calls.front().call.head()),
                    .message = message_of(leftover)};
      for (std::size_t i = 1; i < leftover.calls.size(); ++i)
        report.related.push_back({step.script.text.in_file(leftover.calls[i].call.head()), "fills it, too"});
      std::optional<Fix> fix =
          leftover.kind->option.empty() ? cleanup_fix(step.script, leftover) : option_fix(step.script, leftover);
      if (fix && (leftover.kept || !leftover.kind->option.empty())) report.fixes.push_back(std::move(*fix));
      report.aliases.emplace();
      if (leftover.by_hadolint) report.aliases->push_back(leftover.kind->alias);
      if (leftover.by_trivy) report.aliases->push_back(leftover.kind->trivy);
      report_in_segment(build.file.instructions[step.index].begin, std::move(report), ctx);
    }
  }
}

}  // namespace

constinit const Rule package_cache = checked({
    .name = "package-cache",
    .family = Family::BillOfMaterials,
    .title = "What a package manager downloaded stays in the layer.",
    .consequence =
        "The lists and archives that were only needed for installing make up tens to hundreds of megabytes of the "
        "image. Every node pulls them, and a scale-out that should take seconds waits for them. To delete them in a "
        "later RUN does not help: the layer that holds them is there all the same.",
    .fine_when = "The stage is squashed into one layer at the end, or the image is for development and uses the cache.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "apt",
                  .summary = "The lists of apt stay in the layer.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3009"}},
                  .languages = Language::Dockerfile},
                 {.name = "apk",
                  .summary = "The index of apk stays in the layer.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3019"}, {Language::Dockerfile, "trivy:DS-0025"}},
                  .languages = Language::Dockerfile},
                 {.name = "yum",
                  .summary = "The cache of yum stays in the layer.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3032"}, {Language::Dockerfile, "trivy:DS-0015"}},
                  .languages = Language::Dockerfile},
                 {.name = "dnf",
                  .summary = "The cache of dnf, microdnf or tdnf stays in the layer.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3040"},
                              {Language::Dockerfile, "trivy:DS-0019"},
                              {Language::Dockerfile, "trivy:DS-0027"}},
                  .languages = Language::Dockerfile},
                 {.name = "zypper",
                  .summary = "The cache of zypper stays in the layer.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3036"}, {Language::Dockerfile, "trivy:DS-0020"}},
                  .languages = Language::Dockerfile},
                 {.name = "pip",
                  .summary = "The cache of pip stays in the layer.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3042"}},
                  .languages = Language::Dockerfile},
                 {.name = "npm",
                  .summary = "The cache of npm stays in the layer.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Dockerfile},
                 {.name = "yarn",
                  .summary = "The cache of yarn stays in the layer.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3060"}},
                  .languages = Language::Dockerfile},
                 {.name = "not-kept",
                  .summary =
                      "A cache is filled that does not get into the image, since its stage does not or it is deleted.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3019"},
                              {Language::Dockerfile, "hadolint:DL3032"},
                              {Language::Dockerfile, "hadolint:DL3036"},
                              {Language::Dockerfile, "hadolint:DL3040"},
                              {Language::Dockerfile, "hadolint:DL3042"},
                              {Language::Dockerfile, "trivy:DS-0015"},
                              {Language::Dockerfile, "trivy:DS-0019"},
                              {Language::Dockerfile, "trivy:DS-0020"},
                              {Language::Dockerfile, "trivy:DS-0025"},
                              {Language::Dockerfile, "trivy:DS-0027"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#apt-get",
                   "https://docs.docker.com/build/cache/optimize/#use-cache-mounts",
                   "https://pip.pypa.io/en/stable/topics/caching/"},
    .examples =
        {{"the lists of apt", "Dockerfile",
          "FROM debian:12.8\nRUN <|apt-get update|> && \\\n    apt-get install -y curl\n",
          "FROM debian:12.8\nRUN apt-get update && \\\n    apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n"},
         {"another RUN needs them", "Dockerfile",
          "FROM debian:12.8\nRUN <|apt-get update|> && apt-get install -y curl\nRUN apt-get install -y git\n"},
         {"a script that may need them", "Dockerfile",
          "FROM debian:12.8\nRUN <|apt-get update|> && apt-get install -y curl\nRUN ./extras.sh\n",
          "FROM debian:12.8\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN "
          "./extras.sh\n"},
         {"not a chain of commands", "Dockerfile",
          "FROM debian:12.8\nRUN set -e; sudo <|apt update|>; sudo apt install -y curl\n",
          "FROM debian:12.8\nRUN set -e; sudo apt update; sudo apt install -y curl && sudo rm -rf "
          "/var/lib/apt/lists/*\n"},
         {"a here-document", "Dockerfile",
          "FROM debian:12.8\nRUN <<EOF\n<|apt-get update|>\napt-get install -y curl\nEOF\n"},
         {"apk", "Dockerfile", "FROM alpine:3.21\nRUN <|apk add|> curl && apk add git\n",
          "FROM alpine:3.21\nRUN apk add --no-cache curl && apk add --no-cache git\n"},
         {"exec form", "Dockerfile", "FROM alpine:3.21\nRUN [\"<|apk\", \"add|>\", \"curl\"]\n",
          "FROM alpine:3.21\nRUN [\"apk\", \"add\", \"--no-cache\", \"curl\"]\n"},
         {"yum, lines as on Windows", "Dockerfile", "FROM centos:7\r\nRUN <|yum -y install|> \\\r\n  httpd\r\n",
          "FROM centos:7\r\nRUN yum -y install \\\r\n  httpd && yum clean all\r\n"},
         {"dnf", "Dockerfile", "FROM fedora:41\nONBUILD RUN <|dnf install|> -y httpd\n",
          "FROM fedora:41\nONBUILD RUN dnf install -y httpd && dnf clean all\n"},
         {"zypper", "Dockerfile", "FROM opensuse/leap:15.6\nRUN <|zypper -n install|> git\n",
          "FROM opensuse/leap:15.6\nRUN zypper -n install git && zypper clean --all\n"},
         {"pip", "Dockerfile", "FROM python:3.13.0\nRUN <|python3 -m pip install|> -r requirements.txt\n",
          "FROM python:3.13.0\nRUN python3 -m pip install --no-cache-dir -r requirements.txt\n"},
         {"npm", "Dockerfile", "FROM node:22.11.0\nRUN <|npm ci|>\n",
          "FROM node:22.11.0\nRUN npm ci && npm cache clean --force\n"},
         {"yarn", "Dockerfile", "FROM node:22.11.0\nRUN <|yarn install|> --frozen-lockfile\n",
          "FROM node:22.11.0\nRUN yarn install --frozen-lockfile && yarn cache clean\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM python:3.13.0 AS build\nRUN <|pip install|> build\nFROM python:3.13.0-slim\nCOPY --from=build /a /a\n",
          "FROM python:3.13.0 AS build\nRUN pip install --no-cache-dir build\nFROM python:3.13.0-slim\nCOPY "
          "--from=build "
          "/a /a\n"},
         {"deleted in the same RUN", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get update && apt-get install -y curl && rm -rf /var/cache/apt/* "
          "/var/lib/apt/lists/*\n"},
         {"mounts for the cache", "Dockerfile",
          "FROM debian:12.8\nRUN --mount=type=cache,target=/var/cache/apt \\\n    "
          "--mount=type=tmpfs,target=/var/lib/apt \\\n    apt-get update && apt-get install -y curl\nRUN "
          "--mount=type=cache,target=/root/.cache/pip pip install flask\n"},
         {"told not to by the environment", "Dockerfile",
          "FROM python:3.13.0 AS base\nENV PIP_NO_CACHE_DIR=1\nFROM base\nRUN pip install flask\n"},
         {"apt empties its lists itself", "Dockerfile",
          "FROM debian:13.2\nRUN apt-get update && apt-get install -y curl && apt-get dist-clean\n"},
         {"no index is fetched", "Dockerfile", "FROM alpine:3.21\nRUN apk add --no-network --virtual .run $packages\n"},
         {"cleaned up", "Dockerfile", "FROM fedora:41\nRUN dnf install -y git && dnf clean all\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
