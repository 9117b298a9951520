#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/stage_uses.h"
#include "rules/support/variants.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule invalid_stage_name;
namespace {

using dockerfile::File;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_name_character(char c) { return is_lower(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; }

bool is_valid(std::string_view lower) {
  for (const char c : lower)
    if (!is_name_character(c)) return false;
  return !lower.empty() && is_lower(lower.front());
}

/// A name that is allowed and like `lower`.
std::string near_name(std::string_view lower) {
  std::string result;
  for (const char c : lower) {
    if (is_name_character(c))
      result += c;
    else if (!result.ends_with('-'))
      result += '-';
  }
  return result.empty() || !is_lower(result.front()) ? "stage-" + result.substr(result.starts_with('-') ? 1 : 0)
                                                     : result;
}

/// Renames the stage, and all that name it.
Fix rename(const File& file, std::size_t stage, const std::vector<StageUse>& uses, std::string_view lower) {
  const std::string name = near_name(lower);
  const dockerfile::Placed& placed = file.instructions[file.stages[stage].first];
  const auto& from = *placed.instruction->as<dockerfile::From>();
  Fix fix{"Call it " + quoted(name), Applicability::Unsafe, {}, "Builds with `--target` have to use the new name."};
  fix.edits.push_back(Edit::replacement(from.stage_name->range.shifted(placed.begin), name));
  for (const StageUse& use : uses) fix.edits.push_back(Edit::replacement(use.word.range.shifted(use.begin), name));
  return fix;
}

void check_file(const File& file, RuleContext& ctx) {
  std::vector<std::vector<StageUse>> uses;
  for (std::size_t i = 0; i < file.stages.size(); ++i) {
    const dockerfile::Placed& placed = file.instructions[file.stages[i].first];
    const auto& from = *placed.instruction->as<dockerfile::From>();
    const bool has_name = from.stage_name && from.surplus.empty() && from.as_keyword &&
                          equals_ignoring_case(from.as_keyword->string(), "as");
    if (!has_name || is_valid(file.stages[i].name)) continue;
    if (uses.empty()) uses = stage_uses(file);
    const std::string& written = from.stage_name->string();
    std::vector<Fix> fixes;
    if (written.find_first_of("$\"'\\") == std::string::npos && verbatim(*from.stage_name))
      fixes.push_back(rename(file, i, uses[i], file.stages[i].name));
    ctx.report({.range = from.stage_name->range.shifted(placed.begin),
                .message = quoted(written) + " cannot be a stage's name: a letter, then letters, digits, `-_.`",
                .fixes = std::move(fixes)});
  }
}

}  // namespace

constinit const Rule invalid_stage_name = checked({
    .name = "invalid-stage-name",
    .family = Family::Correctness,
    .title = "The stage has a name that stages cannot have.",
    .consequence =
        "The build stops with `invalid name for build stage`, for instance when a stage is called after a version "
        "(`AS 3.12`), or when the name comes from a variable, which the builder does not expand here.",
    .fine_when = "Never: no builder takes the name.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("", "")},
    .references = {"https://docs.docker.com/reference/dockerfile/#from"},
    .examples = {{"a digit first", "Dockerfile",
                  "FROM golang:1.23.3 AS <|1st|>\nFROM debian:12.8\nCOPY --from=1st /app /app\n",
                  "FROM golang:1.23.3 AS stage-1st\nFROM debian:12.8\nCOPY --from=stage-1st /app /app\n"},
                 {"a sign", "Dockerfile", "FROM golang:1.23.3 AS <|Build+Test|>\n",
                  "FROM golang:1.23.3 AS build-test\n"},
                 {"a variable", "Dockerfile", "ARG NAME=build\nFROM golang:1.23.3 AS <|$NAME|>\n"},
                 {"upper case is allowed", "Dockerfile", "FROM golang:1.23.3 AS Build_1.0-x\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
