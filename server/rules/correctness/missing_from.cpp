#include <string>
#include <string_view>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule missing_from;
namespace {

using dockerfile::File;
using dockerfile::Placed;

/// Whether the instruction is a FROM that is spelt wrong: that is another finding.
bool is_misspelt_from(const Placed& placed) {
  constexpr std::string_view kKeywords[] = {"FROM", "ARG", "RUN", "COPY", "ADD", "ENV", "USER"};
  const auto* unknown = placed.instruction->as<dockerfile::Unknown>();
  return unknown != nullptr && near_miss(unknown->name, kKeywords) == "FROM";
}

void check_file(const File& file, RuleContext& ctx) {
  const Placed* first = nullptr;
  bool unknown = false;
  for (const Placed& placed : file.instructions) {
    const dockerfile::Instruction& instruction = *placed.instruction;
    if (instruction.as<dockerfile::From>() != nullptr) break;
    if (is_misspelt_from(placed)) return;
    if (instruction.as<dockerfile::Unknown>() != nullptr)
      unknown = true;
    else if (first == nullptr && instruction.as<dockerfile::Arg>() == nullptr)
      first = &placed;
  }
  if (first != nullptr) {
    const dockerfile::Statement& statement = first->instruction->statement();
    ctx.report({.variant = "before",
                .range = statement.keyword.shifted(first->begin),
                .message = quoted(statement.keyword_text) + " comes before any FROM: there is no image yet"});
  } else if (file.stages.empty() && !unknown) {
    const bool empty = file.instructions.empty();
    TextRange range;
    if (!empty) {
      const Placed& last = file.instructions.back();
      range = last.instruction->statement().keyword.shifted(last.begin);
    }
    ctx.report({.variant = "none",
                .range = range,
                .message = empty ? "the file has no instructions: it has to begin with a FROM"
                                 : "the file has no FROM: nothing says what the image begins from"});
  }
}

}  // namespace

constinit const Rule missing_from = checked({
    .name = "missing-from",
    .family = Family::Correctness,
    .title = "There is no FROM where one is needed.",
    .consequence =
        "The build stops before its first step with `no build stage in current context`. It happens when a file is put "
        "together from pieces, or when somebody takes out the first of two stages and leaves what stood in it.",
    .fine_when = "The file is a fragment that a script puts behind a FROM before it builds.",
    .fix = FixAvailability::None,
    .variants = {refused("before", "An instruction other than ARG comes before the first FROM.", "hadolint:DL3061"),
                 refused("none", "The file has no FROM at all.")},
    .references = {"https://docs.docker.com/reference/dockerfile/#from"},
    .examples = {{"a stage without its FROM", "Dockerfile",
                  "ARG VERSION=1.4.2\n<|RUN|> make\nCOPY . /src\nFROM debian:12.8\nRUN make install\n"},
                 {"nothing but instructions", "Dockerfile", "<|RUN|> make\nCMD [\"make\"]\n"},
                 {"nothing but arguments", "Dockerfile", "ARG VERSION=1.4.2\n<|ARG|> BASE\n"},
                 {"nothing at all", "Dockerfile", "<||># to be written\n"},
                 {"arguments before FROM", "Dockerfile", "# the base\nARG VERSION=12.8\nFROM debian:$VERSION\n"},
                 {"a FROM that is spelt wrong", "Dockerfile", "FRM debian:12.8\nRUN make\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
