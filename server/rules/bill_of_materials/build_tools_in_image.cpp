#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/development.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"

namespace quaymaster::rules {
extern const Rule build_tools_in_image;
namespace {

using packages::Operation;

constexpr std::string_view kCompiler = "compiler";
constexpr std::string_view kHeaders = "headers";

/// What the package is for; empty for one that programs need when they run.
std::string_view variant_of(std::string_view name) {
  constexpr std::string_view kTools[] = {
      "autoconf", "automake", "bison",   "build-base", "build-essential", "cargo",      "clang", "cmake",  "flex",
      "g++",      "gcc",      "gcc-c++", "gfortran",   "golang",          "golang-go",  "go",    "gradle", "libtool",
      "llvm-dev", "make",     "maven",   "meson",      "ninja-build",     "pkg-config", "rustc", "rust"};
  if (std::find(std::begin(kTools), std::end(kTools), name) != std::end(kTools)) return kCompiler;
  if (name.ends_with("-dev") || name.ends_with("-devel") || name == "linux-headers") return kHeaders;
  return {};
}

/// Whether the RUN takes packages away again.
bool removes(const std::vector<PackageCommand>& uses) {
  return std::any_of(uses.begin(), uses.end(),
                     [](const PackageCommand& use) { return use.call.operation == Operation::Remove; });
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  if (!build.context.ships || build.run.triggered || is_development_path(ctx.path())) return;
  if (names_development(build.context.stage_name)) return;
  const std::vector<PackageCommand> uses = package_commands(build);
  if (removes(uses)) return;
  std::vector<const packages::Package*> found;
  std::string_view variant = kHeaders;
  for (const PackageCommand& use : uses) {
    if (use.call.operation != Operation::Install || !packages::is_system(use.call.manager)) continue;
    if (use.call.has(packages::Flag::Virtual)) continue;
    for (const packages::Package& package : use.call.packages) {
      const std::string_view kind = variant_of(package.name);
      if (kind.empty()) continue;
      found.push_back(&package);
      if (kind == kCompiler) variant = kCompiler;
    }
  }
  if (found.empty()) return;
  const auto first = std::find_if(found.begin(), found.end(), [&](const packages::Package* package) {
    return variant_of(package->name) == variant;
  });
  std::string message = quoted((*first)->name, 30);
  if (found.size() > 1) message += " and " + std::to_string(found.size() - 1) + " more are";
  message += found.size() > 1 ? " for building only, and ship" : " is for building only, and ships";
  Report report{.variant = variant, .range = build.text.in_file((*first)->name_range), .message = std::move(message)};
  constexpr std::size_t kMostRelated = 20;
  for (const packages::Package* package : found)
    if (package != *first && report.related.size() < kMostRelated)
      report.related.push_back({build.text.in_file(package->name_range), quoted(package->name) + " as well"});
  ctx.report(std::move(report));
}

}  // namespace

constinit const Rule build_tools_in_image = checked({
    .name = "build-tools-in-image",
    .family = Family::BillOfMaterials,
    .title = "Compilers and headers stay in the image that ships.",
    .consequence =
        "Each node pulls half a gigabyte more, and the scanner reports forty holes in `gcc`, `binutils` and `perl` "
        "that nobody runs and somebody has to explain every month. Whoever breaks into the service finds all that is "
        "needed to build the next tool on the spot.",
    .fine_when = "Something is compiled when the container runs: an interpreter that builds extensions, an image for "
                 "pipelines, a base image for builds.",
    .variants = {{.name = "compiler",
                  .summary = "Compilers and tools that build are installed.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Dockerfile},
                 {.name = "headers",
                  .summary = "Headers for compilers are installed.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/multi-stage/",
                   "https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages"},
    .examples =
        {{"a compiler", "Dockerfile",
          "FROM python:3.13.0-slim\nRUN apt-get install -y libpq-dev <|gcc|> curl && pip install psycopg2\n"},
         {"headers", "Dockerfile", "FROM alpine:3.21\nRUN apk add --no-cache <|libffi-dev|> curl\n"},
         {"taken away again", "Dockerfile",
          "FROM alpine:3.21\nRUN apk add --virtual .build gcc musl-dev && pip install a && apk del .build\n"
          "FROM debian:12.8\nRUN apt-get install -y gcc && make && apt-get purge -y gcc\n"},
         {"a stage for building", "Dockerfile",
          "FROM debian:12.8 AS build\nRUN apt-get install -y gcc make\nFROM debian:12.8\nCOPY --from=build /a /a\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
