#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/joined_runs.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule consecutive_run;
namespace {

using Step = dockerfile::BuildFile::Step;

std::multiset<std::string> flags_of(const dockerfile::Run& run) {
  std::multiset<std::string> flags;
  for (const dockerfile::Flag& flag : run.flags)
    flags.insert(flag.value ? flag.name + "=" + flag.value->string() : flag.name);
  return flags;
}

bool is_one_command(const Step& step) {
  return step.script.text.script->complete && step.script.text.script->commands.size() == 1 &&
         step.script.run.heredocs.empty() && !step.script.run.triggered;
}

std::vector<Fix> fixes_of(const dockerfile::File& file, const Step& first, const Step& second) {
  std::optional<Edit> edit = join_runs(file, first, second);
  if (!edit) return {};
  return {{.title = "Join the two RUNs with &&",
           .applicability = Applicability::Unsafe,
           .edits = {*std::move(edit)},
           .caveat = "A change of the second command then runs the first one again, too."}};
}

void check_file(const dockerfile::BuildFile& build, RuleContext& ctx) {
  for (std::size_t i = 1; i < build.steps.size(); ++i) {
    const Step& first = build.steps[i - 1];
    const Step& second = build.steps[i];
    if (first.index + 1 != second.index || !is_one_command(first) || !is_one_command(second)) continue;
    if (flags_of(first.script.run) != flags_of(second.script.run)) continue;
    const auto name_of = [](const Step& step) { return quoted(step.script.text.script->commands.front().name(), 20); };
    const std::uint32_t begin = build.file.instructions[second.index].begin;
    ctx.report({.range = second.script.run.keyword.shifted(begin),
                .message = name_of(first) + " and " + name_of(second) + " make a layer each; one RUN could do both",
                .fixes = fixes_of(build.file, first, second)});
  }
}

}  // namespace

constinit const Rule consecutive_run = checked({
    .name = "consecutive-run",
    .family = Family::BillOfMaterials,
    .title = "Two short RUN instructions follow each other and could be one.",
    .consequence =
        "Each RUN adds a layer. A file that the first one writes and the second one deletes stays in the image, "
        "and is pulled with every deployment, although nobody can see it.",
    .fine_when =
        "The first command seldom changes and takes long, and the cache should keep it: that is what layers are for.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3059"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#run",
                   "https://docs.docker.com/build/cache/#how-does-the-build-cache-work"},
    .examples = {{"two commands", "Dockerfile", "FROM alpine:3.21\nRUN mkdir /data\n<|RUN|> chown 1000 /data\n",
                  "FROM alpine:3.21\nRUN mkdir /data \\\n    && chown 1000 /data\n"},
                 {"a comment between them", "Dockerfile",
                  "FROM alpine:3.21\nRUN mkdir /data\n# for the app\n<|RUN|> touch /data/a\n"},
                 {"another escape character", "Dockerfile",
                  "# escape=`\nFROM alpine:3.21\nRUN mkdir /data\n<|run|> touch /data/a\n",
                  "# escape=`\nFROM alpine:3.21\nRUN mkdir /data `\n    && touch /data/a\n"},
                 {"lines that end as on Windows", "Dockerfile",
                  "FROM alpine:3.21\r\nRUN mkdir /a\r\n<|RUN|> mkdir /b\r\n",
                  "FROM alpine:3.21\r\nRUN mkdir /a \\\r\n    && mkdir /b\r\n"},
                 {"several commands", "Dockerfile", "FROM alpine:3.21\nRUN mkdir /a && mkdir /b\nRUN mkdir /c\n"},
                 {"something between them", "Dockerfile", "FROM alpine:3.21\nRUN mkdir /a\nWORKDIR /a\nRUN mkdir b\n"},
                 {"other mounts", "Dockerfile",
                  "FROM alpine:3.21\nRUN --mount=type=secret,id=a /a.sh\nRUN --mount=type=secret,id=b /b.sh\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
