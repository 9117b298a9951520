#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/expansion.h"
#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule named_user;
namespace {

using dockerfile::Placed;
using dockerfile::User;

std::string_view without_group(std::string_view user) { return user.substr(0, user.find(':')); }

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The name that an image with this USER starts as; empty when it is a number, or cannot be told.
std::string name_of(const User& user, const dockerfile::Context& context) {
  const std::optional<std::string> value = user.user ? known_value(*user.user, context) : std::nullopt;
  if (!value || is_number(without_group(*value))) return {};
  return std::string(without_group(*value));
}

bool uses_argument(const User& user, const dockerfile::Context& context) {
  for (const dockerfile::VariableUse& use : expand(user.user->text, context.scope.get(), context.escape).uses) {
    const dockerfile::Variable* variable = find_variable(context.scope.get(), use.name);
    if (variable != nullptr && variable->kind == dockerfile::Variable::Kind::Arg) return true;
  }
  return false;
}

void check_user(const Placed& placed, const User& user, bool decides, RuleContext& ctx) {
  const std::string name = name_of(user, *placed.context);
  if (name.empty()) return;
  std::optional<std::vector<std::string_view>> aliases;
  if (uses_argument(user, *placed.context)) aliases = std::vector<std::string_view>{};
  // Windows has no numbers for users.
  const bool matters = decides && name != "root" && placed.context->dialect == shell::Dialect::Posix;
  report_in_segment(placed.begin,
                    {.variant = matters ? "final" : "other",
                     .range = user.user->range,
                     .message = quoted(name, 24) + (matters ? " is a name: Kubernetes cannot tell that it is not root"
                                                            : " is the name of a user, not its number"),
                     .aliases = std::move(aliases)},
                    ctx);
}

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  const Placed* last = nullptr;
  const std::size_t final_stage = file.stages.empty() ? 0 : file.stages.back().first;
  for (std::size_t i = final_stage; i < file.instructions.size(); ++i)
    if (file.instructions[i].instruction->as<User>() != nullptr) last = &file.instructions[i];
  for (const Placed& placed : file.instructions)
    if (const auto* user = placed.instruction->as<User>()) check_user(placed, *user, &placed == last, ctx);
}

}  // namespace

constinit const Rule named_user = checked({
    .name = "named-user",
    .family = Family::Isolation,
    .title = "USER is a name, not a number.",
    .consequence =
        "The cluster starts to demand `runAsNonRoot`, and the pod stays in `CreateContainerConfigError`: the image has "
        "the user `app`, and whether that is root stands in a file inside of the image, which the kubelet does not "
        "read.",
    .fine_when = "The image never runs in Kubernetes, or its pods set `runAsUser`.",
    .fix = FixAvailability::None,
    .variants = {{.name = "final",
                  .summary = "The image starts as a user that is given by name.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}, {Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3066"}},
                  .languages = Language::Dockerfile},
                 {.name = "other",
                  .summary =
                      "A USER is given by name where that matters little: not the final one, root, or on Windows.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Hadolint, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3066"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#user",
                   "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"},
    .examples = {{"a name", "Dockerfile", "FROM node:22.11.0\nUSER <|node|>\nCMD [\"node\", \"server.js\"]\n"},
                 {"a name and a group", "Dockerfile", "FROM node:22.11.0\nUSER <|node:0|>\n"},
                 {"for a while", "Dockerfile", "FROM node:22.11.0\nUSER <|root|>\nRUN make\nUSER 1000\n"},
                 {"from an argument", "Dockerfile", "FROM node:22.11.0\nARG NAME=app\nUSER <|$NAME|>\n"},
                 {"numbers", "Dockerfile",
                  "FROM node:22.11.0\nARG ID\nENV UID=1000\nUSER 1000\nUSER 1000:node\nUSER $UID\nUSER ${ID}\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
