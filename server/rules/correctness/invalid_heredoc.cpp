#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"

namespace quaymaster::rules {
extern const Rule invalid_heredoc;
namespace {

using dockerfile::Placed;

void report_open(const Placed& placed, TextRange marker, RuleContext& ctx) {
  ctx.report({.variant = "unterminated",
              .range = marker.shifted(placed.begin),
              .message = "the heredoc has no end: no line below is its delimiter, and nothing else"});
}

void check_destination(const dockerfile::Transfer& transfer, std::uint32_t begin, RuleContext& ctx) {
  if (transfer.triggered || !transfer.destination) return;
  const TextRange destination = transfer.destination->range;
  for (const dockerfile::Heredoc& heredoc : transfer.heredocs)
    if (heredoc.marker.begin <= destination.begin && destination.end <= heredoc.marker.end)
      ctx.report({.variant = "destination",
                  .range = heredoc.marker.shifted(begin),
                  .message = "the last word is where to copy to, and " + quoted(transfer.destination->string()) +
                             " is no place"});
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  for (const Placed& placed : file.instructions) {
    const dockerfile::Instruction& instruction = *placed.instruction;
    if (instruction.open_heredoc) report_open(placed, *instruction.open_heredoc, ctx);
    if (const auto* copy = instruction.as<dockerfile::Copy>()) check_destination(*copy, placed.begin, ctx);
    if (const auto* add = instruction.as<dockerfile::Add>()) check_destination(*add, placed.begin, ctx);
  }
}

}  // namespace

constinit const Rule invalid_heredoc = checked({
    .name = "invalid-heredoc",
    .family = Family::Correctness,
    .title = "The heredoc does not end, or stands where it cannot.",
    .consequence =
        "The build stops with `unterminated heredoc`, and the whole rest of the file was taken for its text. "
        "Everything "
        "that is glued to the delimiter belongs to it (`<<EOF;`), and its last line must not be indented by blanks.",
    .fine_when = "Never: no builder takes the file as it is.",
    .fix = FixAvailability::None,
    .variants = {refused("unterminated", "No line below the heredoc is its delimiter."),
                 refused("destination", "COPY or ADD has a heredoc as its last word.")},
    .references = {"https://docs.docker.com/reference/dockerfile/#here-documents"},
    .examples = {{"no end", "Dockerfile", "FROM debian:12.8\nRUN <|<<EOF|>\napt-get update\nCMD [\"bash\"]\n"},
                 {"an indented end", "Dockerfile", "FROM debian:12.8\nRUN cat <|<<-EOF|> > /a\n  text\n  EOF\n"},
                 {"something glued to it", "Dockerfile", "FROM debian:12.8\nONBUILD RUN cat <|<<EOF>/a|>\ntext\nEOF\n"},
                 {"a text as a place", "Dockerfile", "FROM debian:12.8\nCOPY a <|<<EOF|>\ntext\nEOF\n"},
                 {"good ones", "Dockerfile",
                  "FROM debian:12.8\nRUN <<EOF\nmake\nEOF\nCOPY <<A <<-\"B\" /srv/\na\nA\n\tb\n\tB\n"},
                 {"what is no heredoc", "Dockerfile", "FROM debian:12.8\nRUN cat <<<text\nCMD cat <<EOF\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
