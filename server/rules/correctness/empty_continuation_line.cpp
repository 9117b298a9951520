#include <string>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule empty_continuation_line;
namespace {

std::vector<Edit> deletions(const std::vector<TextRange>& lines, std::uint32_t begin) {
  std::vector<Edit> edits;
  for (const TextRange line : lines) {
    if (!edits.empty() && edits.back().range.end == line.begin + begin)
      edits.back().range.end = line.end + begin;
    else
      edits.push_back(Edit::deletion(line.shifted(begin)));
  }
  return edits;
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  for (const dockerfile::Placed& placed : file.instructions) {
    const std::vector<TextRange>& lines = placed.instruction->empty_lines;
    if (lines.empty()) continue;
    const dockerfile::Statement& statement = placed.instruction->statement();
    std::vector<Edit> edits = deletions(lines, placed.begin);
    const TextRange first = edits.front().range;
    ctx.report({.range = first,
                .message = "an empty line in the middle of " + quoted(statement.keyword_text, 16) +
                           ": it does not end the instruction",
                .fixes = {{lines.size() == 1 ? "Delete the empty line" : "Delete the empty lines", Applicability::Safe,
                           std::move(edits)}},
                .related = {{statement.keyword.shifted(placed.begin), "the instruction begins here"}}});
  }
}

}  // namespace

constinit const Rule empty_continuation_line = checked({
    .name = "empty-continuation-line",
    .family = Family::Correctness,
    .title = "An empty line stands inside of a continued instruction.",
    .consequence =
        "A backslash too many behind the last package of a RUN, an empty line, then `USER app`: the line looks like an "
        "instruction of its own, but the builder reads it as more arguments, and the image keeps running as root. That "
        "empty lines are skipped at all is a leftover, and the builder says that it will end.",
    .fine_when = "Never for long: a comment line separates just as well, and stays allowed.",
    .fix = FixAvailability::Always,
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::BuildKit, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "buildkit:NoEmptyContinuation"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/build-checks/no-empty-continuation/"},
    .examples = {{"between two packages", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get install -y \\\n  curl \\\n<|\n|>  git\n",
                  "FROM debian:12.8\nRUN apt-get install -y \\\n  curl \\\n  git\n"},
                 {"several, with blanks", "Dockerfile",
                  "FROM debian:12.8\r\nENV A=1 \\\r\n<|\r\n   \r\n|>  B=2 \\\r\n\r\n  C=3\r\n",
                  "FROM debian:12.8\r\nENV A=1 \\\r\n  B=2 \\\r\n  C=3\r\n"},
                 {"the instruction below is swallowed", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get install -y curl \\\n<|\n|>USER app\n",
                  "FROM debian:12.8\nRUN apt-get install -y curl \\\nUSER app\n"},
                 {"a comment line", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get install -y \\\n  curl \\\n  # for the build\n  git\n"},
                 {"a line with a backslash alone", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get install -y \\\n  curl \\\n\\\n  git\n"},
                 {"empty lines elsewhere", "Dockerfile", "FROM debian:12.8\n\n\nRUN <<EOT\nset -e\n\nmake\nEOT\n\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
