#include <string>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"

namespace quaymaster::rules {
extern const Rule invalid_trigger;
namespace {

using dockerfile::Onbuild;

void check_onbuild(const Onbuild& onbuild, RuleContext& ctx) {
  if (onbuild.triggered || !onbuild.inner) return;
  const dockerfile::Instruction& inner = *onbuild.inner;
  const bool chained = inner.as<Onbuild>() != nullptr;
  if (!chained && inner.as<dockerfile::From>() == nullptr && inner.as<dockerfile::Maintainer>() == nullptr) return;
  const dockerfile::Statement& statement = inner.statement();
  std::vector<Fix> fixes;
  if (chained)
    fixes.push_back({"Leave one ONBUILD out",
                     Applicability::Unsafe,
                     {Edit::deletion({onbuild.keyword.begin, statement.keyword.begin})}});
  ctx.report({.range = statement.keyword,
              .message = quoted(statement.keyword_text) + " cannot be put off with ONBUILD",
              .fixes = std::move(fixes)});
}

}  // namespace

constinit const Rule invalid_trigger = checked({
    .name = "invalid-trigger",
    .family = Family::Correctness,
    .title = "ONBUILD puts off an instruction that cannot be put off.",
    .consequence =
        "The build stops with `isn't allowed as an ONBUILD trigger`. A derived image has its own FROM already when the "
        "trigger runs, and a trigger of a trigger would run nobody knows where.",
    .fine_when = "Never: no builder takes the instruction.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("", "", "hadolint:DL3043")},
    .references = {"https://docs.docker.com/reference/dockerfile/#onbuild-limitations"},
    .examples = {{"a trigger of a trigger", "Dockerfile", "FROM debian:12.8\nONBUILD <|ONBUILD|> RUN make\n",
                  "FROM debian:12.8\nONBUILD RUN make\n"},
                 {"a base and an author", "Dockerfile",
                  "FROM debian:12.8\nONBUILD <|FROM|> golang:1.23.3\nonbuild <|maintainer|> A. Mason\n"},
                 {"what can be put off", "Dockerfile", "FROM debian:12.8\nONBUILD COPY . /src\nONBUILD RUN make\n"}},
    .checks = {on(check_onbuild)},
});

}  // namespace quaymaster::rules
