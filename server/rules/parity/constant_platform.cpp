#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/expansion.h"
#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule constant_platform;
namespace {

using dockerfile::From;

/// The names that a platform may go by: `linux/x86_64` gives linux, x86_64 and amd64.
std::vector<std::string> names_of(std::string_view platform) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= platform.size();) {
    const std::size_t end = std::min(platform.find('/', at), platform.size());
    if (end > at) names.push_back(ascii_lower(platform.substr(at, end - at)));
    at = end + 1;
  }
  const auto has = [&](std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  if (has("x86_64") || has("x86-64")) names.emplace_back("amd64");
  if (has("aarch64")) names.emplace_back("arm64");
  return names;
}

/// Whether the stage's name says for which platform it is: a stage for each of several platforms is no mistake.
bool says_platform(const From& from, std::string_view platform) {
  if (!from.stage_name) return false;
  const std::string stage = ascii_lower(from.stage_name->string());
  const std::vector<std::string> names = names_of(platform);
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return stage.find(name) != std::string::npos; });
}

void check_from(const From& from, RuleContext& ctx) {
  const dockerfile::Flag* platform = from.flag("platform");
  if (platform == nullptr || !platform->value || platform->value->text.empty()) return;
  const std::string& text = platform->value->string();
  const dockerfile::Expansion value =
      expand(platform->value->text, ctx.instruction_context()->scope.get(), ctx.instruction_context()->escape);
  if (!value.uses.empty()) {
    const bool automatic =
        text.find("BUILDPLATFORM") != std::string::npos || text.find("TARGETPLATFORM") != std::string::npos;
    if (!automatic)
      ctx.report({.variant = "other-variable",
                  .range = platform->value->range,
                  .message = "the platform is " + quoted(text) + ", whatever `docker build --platform` says"});
    return;
  }
  std::vector<Fix> fixes;
  if (from.image)
    fixes.push_back({"Delete --platform",
                     Applicability::Unsafe,
                     {Edit::deletion(flag_and_gap(from, *platform, from.image->range.begin))},
                     "The image is then built for the platform of the builder, or the one that the build asks for."});
  ctx.report({.variant = says_platform(from, text) ? "named-for-platform" : "constant",
              .range = platform->value->range,
              .message = "always " + quoted(text) + ", whatever `docker build --platform` says",
              .fixes = std::move(fixes)});
}

}  // namespace

constinit const Rule constant_platform = checked({
    .name = "constant-platform",
    .family = Family::Parity,
    .title = "FROM is tied to one platform.",
    .consequence =
        "The servers move to ARM, `docker buildx build --platform linux/arm64` succeeds, and what it pushes as an "
        "image for ARM is one for Intel: the pods crash with `exec format error`. On the laptops of the developers the "
        "same image runs, emulated, at a fifth of its speed.",
    .fine_when =
        "The image is for that platform alone: what is inside exists for no other, or the file is one of several, each "
        "for its own platform.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "constant",
                  .summary = "The platform is written down, and the name of the stage does not say so.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information},
                              {Preset::BuildKit, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:FromPlatformFlagConstDisallowed"},
                              {Language::Dockerfile, "hadolint:DL3029"}},
                  .languages = Language::Dockerfile},
                 {.name = "named-for-platform",
                  .summary = "The platform is written down, and the stage is named after it.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3029"}},
                  .languages = Language::Dockerfile},
                 {.name = "other-variable",
                  .summary = "The platform comes from a variable that is neither the builder's nor the target's.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3029"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/",
                   "https://docs.docker.com/build/building/multi-platform/"},
    .examples = {{"written down", "Dockerfile", "FROM --platform=<|linux/amd64|> alpine:3.21 AS base\n",
                  "FROM alpine:3.21 AS base\n"},
                 {"a stage for each", "Dockerfile",
                  "FROM --platform=<|linux/amd64|> alpine:3.21 AS build_amd64\n"
                  "FROM --platform=<|linux/aarch64|> alpine:3.21 AS build_arm64\n",
                  "FROM alpine:3.21 AS build_amd64\nFROM alpine:3.21 AS build_arm64\n"},
                 {"a variable of one's own", "Dockerfile",
                  "ARG PLATFORM=linux/amd64\nFROM --platform=<|${PLATFORM}|> alpine:3.21\n"},
                 {"what the build asks for", "Dockerfile",
                  "FROM --platform=$BUILDPLATFORM golang:1.23.3 AS build\nFROM --platform=${TARGETPLATFORM} "
                  "alpine:3.21\nFROM alpine:3.21\n"}},
    .checks = {on(check_from)},
});

}  // namespace quaymaster::rules
