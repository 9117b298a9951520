#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule two_download_tools;
namespace {

constexpr std::string_view kCurl = "curl";
constexpr std::string_view kWget = "wget";

/// The first uses of the tools in a stage, absolute.
struct Seen {
  TextRange curl;
  TextRange wget;
  bool reported = false;
};

void look_at(const dockerfile::BuildFile::Step& step, std::uint32_t begin, Seen& seen, RuleContext& ctx) {
  for (const shell::Command& command : step.script.text.script->commands) {
    const std::string_view name = command.name();
    if (name != kCurl && name != kWget) continue;
    const TextRange range = step.script.text.in_file(command.words.front().range).shifted(begin);
    TextRange& first = name == kCurl ? seen.curl : seen.wget;
    const TextRange& other = name == kCurl ? seen.wget : seen.curl;
    if (first.empty()) first = range;
    if (other.empty()) continue;
    const std::string_view other_name = name == kCurl ? kWget : kCurl;
    ctx.report({.range = range,
                .message = quoted(name) + " here and " + quoted(other_name) + " before: one of them would do",
                .related = {{other, "the other tool"}}});
    seen.reported = true;
    return;
  }
}

void check_file(const dockerfile::BuildFile& build, RuleContext& ctx) {
  StageCursor stages(build.file);
  std::size_t stage = build.file.stages.size();
  Seen own;
  Seen triggered;  // what is under ONBUILD runs in another build
  for (const dockerfile::BuildFile::Step& step : build.steps) {
    if (const std::size_t here = stages.at(step.index); here != stage) {
      stage = here;
      own = triggered = {};
    }
    Seen& seen = step.script.run.triggered ? triggered : own;
    if (!seen.reported) look_at(step, build.file.instructions[step.index].begin, seen, ctx);
  }
}

}  // namespace

constinit const Rule two_download_tools = checked({
    .name = "two-download-tools",
    .family = Family::BillOfMaterials,
    .title = "One stage downloads with curl and with wget.",
    .consequence =
        "Both tools have to be in the image, with their libraries, and both turn up in the next report on "
        "vulnerabilities. The proxy, the certificates and the retries have to be set up twice, and one of the two gets "
        "forgotten: behind the company's proxy half of the downloads work.",
    .fine_when = "The base image brings both along, and nobody installs one of them on purpose.",
    .fix = FixAvailability::None,
    .variants = {{.severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}, {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL4001"}, {Language::Dockerfile, "trivy:DS-0014"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages"},
    .examples =
        {{"in two RUNs", "Dockerfile",
          "FROM debian:12.8\nRUN wget https://example.com/a\nRUN <|curl|> -fO https://example.com/b\n"},
         {"in one RUN", "Dockerfile",
          "FROM debian:12.8\nRUN curl -fO https://example.com/a && \\\n    <|/usr/bin/wget|> https://example.com/b\n"},
         {"in two stages", "Dockerfile",
          "FROM debian:12.8 AS a\nRUN wget https://example.com/a\nFROM debian:12.8\nRUN curl -fO "
          "https://example.com/b\n"},
         {"only installed", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get install -y curl wget && curl -fO https://example.com/a\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
