#include "rules/support/joined_runs.h"

#include <cstdint>
#include <string>

#include "rules/support/build_step.h"

namespace quaymaster::rules {

std::optional<Edit> join_runs(const dockerfile::File& file, const dockerfile::BuildFile::Step& first,
                              const dockerfile::BuildFile::Step& second) {
  const dockerfile::Run& run = second.script.run;
  const std::uint32_t end_of_first = file.instructions[first.index].begin + first.script.run.range.end;
  const std::uint32_t begin_of_second = file.instructions[second.index].begin;
  const bool adjacent = end_of_first + file.line_ending.size() == begin_of_second && run.keyword.begin == 0;
  if (!adjacent || !run.flags.empty() || run.command.json || continuation(first.script) != Continuation::Chain)
    return std::nullopt;
  const std::uint32_t text = begin_of_second + run.command.range.begin;
  const std::string joint = std::string(" ") + file.escape + std::string(file.line_ending) + "    && ";
  return Edit::replacement({end_of_first, text}, joint);
}

}  // namespace quaymaster::rules
