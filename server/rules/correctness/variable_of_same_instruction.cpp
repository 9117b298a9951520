#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/dockerfile/expansion.h"
#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule variable_of_same_instruction;
namespace {

using dockerfile::Env;
using dockerfile::Pair;
using dockerfile::Placed;
using dockerfile::VariableUse;

/// The indexes of the pairs that set each variable, in order.
using Definitions = std::unordered_map<std::string_view, std::vector<std::size_t>>;

/// The index of the pair, other than `own`, that sets `name`: the last one above it, or else the first below.
std::optional<std::size_t> definition(const Definitions& definitions, std::string_view name, std::size_t own) {
  const auto found = definitions.find(name);
  if (found == definitions.end()) return std::nullopt;
  const std::vector<std::size_t>& all = found->second;
  const auto from_own = std::lower_bound(all.begin(), all.end(), own);
  if (from_own != all.begin()) return *(from_own - 1);
  const auto below = std::upper_bound(from_own, all.end(), own);
  return below == all.end() ? std::nullopt : std::optional(*below);
}

/// Makes a new ENV of the pairs from `index` on.
std::vector<Fix> split(const Placed& placed, const Env& env, std::size_t index, std::size_t defined_at) {
  if (defined_at > index || env.triggered || !placed.instruction->comments.empty() || env.keyword_text.size() != 3)
    return {};
  const std::string_view line_end = placed.instruction->line_end.size() == 2 ? "\r\n" : "\n";
  const TextRange gap{env.pairs[index - 1].range.end, env.pairs[index].range.begin};
  return {{"Begin another ENV",
           Applicability::Unsafe,
           {Edit::replacement(gap, std::string(line_end) + env.keyword_text + " ")},
           "The variable then has the new value there, and programs see another one than today."}};
}

void check_env(const Placed& placed, const Env& env, RuleContext& ctx) {
  const dockerfile::Scope* scope = placed.context->scope.get();
  Definitions definitions;
  for (std::size_t i = 0; i < env.pairs.size(); ++i) definitions[env.pairs[i].key.string()].push_back(i);
  for (std::size_t i = 0; i < env.pairs.size(); ++i) {
    const Pair& pair = env.pairs[i];
    if (!pair.value) continue;
    for (const VariableUse& use : expand(pair.value->text, scope, placed.context->escape).uses) {
      const std::optional<std::size_t> defined_at = definition(definitions, use.name, i);
      if (!defined_at || find_variable(scope, use.name) != nullptr) continue;
      const Pair& other = env.pairs[*defined_at];
      report_in_segment(placed.begin,
                        {.range = use.range,
                         .message = quoted(use.name, 24) + " is set by the same ENV: here it has the value from before",
                         .fixes = split(placed, env, i, *defined_at),
                         .related = {{other.key.range, "set here, for the instructions below"}}},
                        ctx);
    }
  }
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  for (const Placed& placed : file.instructions) {
    const auto* env = placed.instruction->as<Env>();
    if (env != nullptr && env->pairs.size() > 1) check_env(placed, *env, ctx);
  }
}

}  // namespace

constinit const Rule variable_of_same_instruction = checked({
    .name = "variable-of-same-instruction",
    .family = Family::Correctness,
    .title = "ENV uses a variable that the very same ENV sets.",
    .consequence =
        "`ENV HOME=/srv CACHE=$HOME/cache` looks as if the cache were in `/srv/cache`. All values of one ENV are read "
        "with the variables from before it, so CACHE is `/cache` or the home of root, and the volume mounted on "
        "`/srv` stays empty.",
    .fine_when = "The value from before is what is meant, and the base image sets it.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3044"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#environment-replacement"},
    .examples = {{"in one line", "Dockerfile", "FROM node:22.11.0\nENV APP=/srv CACHE=\"<|${APP}|>/cache\"\n",
                  "FROM node:22.11.0\nENV APP=/srv\nENV CACHE=\"${APP}/cache\"\n"},
                 {"over several lines", "Dockerfile",
                  "FROM node:22.11.0\r\nENV APP=/srv \\\r\n    CACHE=<|$APP|>/cache \\\r\n    LOG=/log\r\n",
                  "FROM node:22.11.0\r\nENV APP=/srv\r\nENV CACHE=$APP/cache \\\r\n    LOG=/log\r\n"},
                 {"twice the same", "Dockerfile", "FROM node:22.11.0\nENV PATH=/a:<|${PATH}|> PATH=/b:<|${PATH}|>\n",
                  "FROM node:22.11.0\nENV PATH=/a:${PATH}\nENV PATH=/b:${PATH}\n"},
                 {"below", "Dockerfile", "FROM node:22.11.0\nENV CACHE=<|$APP|>/cache APP=/srv\n"},
                 {"from before", "Dockerfile",
                  "FROM node:22.11.0\nARG APP\nENV APP=/srv/${APP} CACHE=$APP/cache\nENV LOG=$CACHE/log\n"},
                 {"itself, and a longer name", "Dockerfile",
                  "FROM node:22.11.0\nENV APP=/srv PATH=/srv/bin:$PATH CACHE=$APPS/cache KEEP='$APP'\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
