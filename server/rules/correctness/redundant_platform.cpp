#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/expansion.h"
#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/builder.h"
#include "rules/support/instructions.h"

namespace quaymaster::rules {
extern const Rule redundant_platform;
namespace {

using dockerfile::From;

/// Whether the word is one variable and nothing else, and that variable is TARGETPLATFORM.
bool is_target_platform(const dockerfile::Word& word, char escape) {
  const std::vector<dockerfile::VariableUse> uses = dockerfile::expand(word.text, nullptr, escape).uses;
  if (uses.size() != 1 || uses.front().name != "TARGETPLATFORM") return false;
  const std::string& text = word.string();
  if (text == "$TARGETPLATFORM") return true;
  return text.starts_with("${") && text.ends_with('}') &&
         (text == "${TARGETPLATFORM}" || text.starts_with("${TARGETPLATFORM:-") ||
          text.starts_with("${TARGETPLATFORM-"));
}

void check_from(const From& from, RuleContext& ctx) {
  const dockerfile::Flag* platform = from.flag("platform");
  if (platform == nullptr || !platform->value || !from.image || !knows_target_platform(ctx.project())) return;
  if (!is_target_platform(*platform->value, ctx.instruction_context()->escape)) return;
  const std::string& text = platform->value->string();
  std::vector<std::string_view> aliases{"buildkit:RedundantTargetPlatform"};
  const bool bare = text == "$TARGETPLATFORM" || text == "${TARGETPLATFORM}";
  if (bare && verbatim(*platform->value)) aliases.emplace_back("hadolint:DL3065");
  ctx.report({.range = platform->range,
              .message = "the platform is `$TARGETPLATFORM` in any case",
              .fixes = {{"Delete --platform",
                         Applicability::Safe,
                         {Edit::deletion(flag_and_gap(from, *platform, from.image->range.begin))}}},
              .tag = DiagnosticTag::Unnecessary,
              .aliases = std::move(aliases)});
}

}  // namespace

constinit const Rule redundant_platform = checked({
    .name = "redundant-platform",
    .family = Family::Correctness,
    .title = "FROM asks for the platform that it would take anyway.",
    .consequence =
        "A colleague reads `--platform=$TARGETPLATFORM`, concludes that the other stages are built for something else, "
        "and adds the flag there, too: with `$BUILDPLATFORM`, where it does make a difference. The image for ARM then "
        "carries a program for Intel.",
    .fine_when = "The file is for a builder that does not know the default: `builder: kaniko` in the configuration "
                 "file says so.",
    .fix = FixAvailability::Always,
    .variants = {{.severity = Severity::Hint,
                  .presets = {{Preset::Recommended, Severity::Hint},
                              {Preset::Strict, Severity::Hint},
                              {Preset::BuildKit, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:RedundantTargetPlatform"},
                              {Language::Dockerfile, "hadolint:DL3065"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/build-checks/redundant-target-platform/",
                   "https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope"},
    .examples = {{"the flag", "Dockerfile", "FROM <|--platform=$TARGETPLATFORM|> alpine:3.21\n", "FROM alpine:3.21\n"},
                 {"braces", "Dockerfile", "FROM  <|--platform=${TARGETPLATFORM}|>  alpine:3.21 AS app\r\n",
                  "FROM    alpine:3.21 AS app\r\n"},
                 {"a default", "Dockerfile", "FROM <|--platform=${TARGETPLATFORM:-linux/amd64}|> alpine:3.21\n",
                  "FROM alpine:3.21\n"},
                 {.title = "a builder that does not take it by itself",
                  .path = "Dockerfile",
                  .before = "FROM --platform=$TARGETPLATFORM alpine:3.21\n",
                  .options = "builder: kaniko"},
                 {"the platform of the builder", "Dockerfile", "FROM --platform=$BUILDPLATFORM alpine:3.21\n"},
                 {"no flag, and more than the variable", "Dockerfile",
                  "FROM alpine:3.21\nFROM --platform=$TARGETPLATFORM/v8 alpine:3.21\n"}},
    .checks = {on(check_from)},
});

}  // namespace quaymaster::rules
