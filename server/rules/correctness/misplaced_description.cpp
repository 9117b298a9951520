#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/builder.h"
#include "rules/support/message.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule misplaced_description;
namespace {

using dockerfile::CommentLine;
using dockerfile::Word;

/// The names that a comment above the instruction describes: of an ARG, or of the stage that begins.
std::vector<Word> described_names(const dockerfile::Instruction& instruction) {
  std::vector<Word> names;
  if (const auto* from = instruction.as<dockerfile::From>(); from != nullptr && from->stage_name)
    names.push_back(*from->stage_name);
  if (const auto* arg = instruction.as<dockerfile::Arg>())
    for (const dockerfile::Pair& pair : arg->pairs) names.push_back(pair.key);
  return names;
}

/// A comment for a tool describes nothing.
bool is_for_tool(std::string_view comment) {
  constexpr std::string_view kTools[] = {"hadolint ", "check=", "quaymaster:", "checkov:", "trivy:", "tally "};
  const std::string lower = ascii_lower(comment);
  return std::any_of(std::begin(kTools), std::end(kTools),
                     [&](std::string_view tool) { return lower.starts_with(tool); });
}

/// A comment that tells us what to ignore: the one above it is what we are told about.
bool is_for_us(std::string_view comment) { return ascii_lower(comment).starts_with("quaymaster:"); }

/// Whether the description, which docker would show for the first of `names`, begins with one of them.
bool describes(const CommentLine& comment, const std::vector<Word>& names) {
  const std::string_view first = std::string_view(comment.text).substr(0, comment.text.find(' '));
  return std::any_of(names.begin(), names.end(), [&](const Word& name) { return name.string() == first; });
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  if (!is_buildkit(ctx.project())) return;
  auto comment = file.comments.begin();
  for (const dockerfile::Placed& placed : file.instructions) {
    const CommentLine* above = nullptr;
    bool tool = false;  // BuildKit's comments end at an empty one, which must not come between
    for (; comment != file.comments.end() && comment->range.begin < placed.begin; ++comment) {
      if (!is_for_us(comment->text)) above = &*comment;
      tool = tool || is_for_tool(comment->text);
    }
    if (above == nullptr || above->text.empty() || is_for_tool(above->text)) continue;
    const std::vector<Word> names = described_names(*placed.instruction);
    if (names.empty() || describes(*above, names)) continue;
    Report report{.range = names.front().range.shifted(placed.begin),
                  .message = "the comment above looks like a description, but does not begin with " +
                             quoted(names.front().string(), 20),
                  .related = {{above->range, "the comment"}}};
    if (!tool)
      report.fixes.push_back({.title = "Part the comment from it with an empty one",
                              .applicability = Applicability::Unsafe,
                              .edits = {Edit::insertion(placed.begin, "#" + std::string(file.line_ending))},
                              .caveat = "A tool may look for its comment right above the line."});
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule misplaced_description = checked({
    .name = "misplaced-description",
    .family = Family::Correctness,
    .title = "A comment above an ARG or a stage is no description of it, though it stands where one would.",
    .consequence =
        "Somebody explains the argument `VERSION` in the line above it, and a colleague asks `docker build "
        "--call=outline` what can be set. The list has no word about it: a description begins with the name that it "
        "describes, and this comment begins with another word.",
    .fine_when = "The comment is for the readers of the file alone. BuildKit itself checks this on request only.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Hint,
                  .aliases = {{Language::Dockerfile, "buildkit:InvalidDefinitionDescription"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/build-checks/invalid-definition-description/",
                   "https://docs.docker.com/reference/cli/docker/buildx/build/#call"},
    .examples = {{"about something else", "Dockerfile",
                  "# The newest one that works\nARG <|VERSION|>=22\nFROM node:${VERSION}\n",
                  "# The newest one that works\n#\nARG VERSION=22\nFROM node:${VERSION}\n"},
                 {"above a stage, lines as on Windows", "Dockerfile",
                  "FROM node:22.11.0\r\n# Now the real thing\r\n\r\nFROM node:22.11.0 AS <|api|>\r\n",
                  "FROM node:22.11.0\r\n# Now the real thing\r\n\r\n#\r\nFROM node:22.11.0 AS api\r\n"},
                 {"with a comment for BuildKit, which has to stay with it", "Dockerfile",
                  "ARG VERSION=22\n# check=skip=UndefinedVar\n# Some base\nFROM node:${VERSION} AS <|api|>\n"},
                 {"descriptions", "Dockerfile",
                  "# VERSION of node, without the v\nARG VERSION=22\n# B decides\nARG A=1 B=2\n# api serves the shop\n"
                  "FROM node:${VERSION} AS api\n"},
                 {"not above an ARG or a named stage", "Dockerfile",
                  "# The base\nFROM node:22.11.0\n# Said elsewhere\n#\nARG A\n# hadolint ignore=DL3000\nARG B\n# Go\n"
                  "RUN make\nARG C\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
