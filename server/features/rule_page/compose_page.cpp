#include <string>
#include <string_view>

#include "features/rule_page/peer_checks.h"
#include "features/rule_page/peer_table.h"

namespace quaymaster {
namespace {

constexpr std::string_view kHead = R"(# Compose files

What Quaymaster looks for in Compose files, and what users of dclint and compose-lint should know. It is written from the rules by
`./dev docs`.

## How a file is read

As Compose reads it: short and long forms are the same, anchors and merge keys are looked through, `extends` of the same file is
merged, `${NAME:-default}` is its default. What only the environment knows is unknown, and nothing is said about it. Where another
file may say more (`extends` of a file, `include`, an override), nothing is concluded from what is missing.

What is for development only (`tty`, mounted sources, debuggers) is no finding in files that say that they are for development:
`compose.override.yaml`, `docker-compose.dev.yml`, `.devcontainer/`, services with a profile `dev`.

## Switching from dclint

A `.dclintrc` is read for what it switches on and off, its names of rules are understood wherever a rule is named, and so are its
comments (`# dclint disable-line …`). A finding marks the value, not the line; a repair keeps comments, quotes, blank lines and line
endings, and touches nothing else. What is a matter of taste is in no preset: `--extend-select dclint:services-alphabetical-order`
switches it on, or `rules: {unsorted-entry: warning}` in the configuration file.

## Switching from compose-lint

Its codes are understood wherever a rule is named: `--ignore CL-0003`. What nearly every service leaves out (CL-0003, CL-0006,
CL-0007, CL-0026) is one finding for each service in the preset `recommended`, with one repair; the preset `strict` says each alone.

)";

}  // namespace

std::string compose_page(const RuleSet& rules) {
  std::string out(kHead);
  out += "## The checks of dclint\n\n" + checks_of("dclint:", compose_peer_checks(), rules);
  out += "\n## The checks of compose-lint\n\n" + checks_of("compose-lint:", compose_peer_checks(), rules);
  out += "\n## All that is looked for\n\n";
  return out + subject_table(compose_subjects());
}

}  // namespace quaymaster
