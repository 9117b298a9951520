#include <string>
#include <string_view>

#include "features/rule_page/peer_checks.h"
#include "features/rule_page/peer_table.h"

namespace quaymaster {
namespace {

constexpr std::string_view kHead = R"(# For users of hadolint and of BuildKit's checks

Quaymaster has a rule for nearly every check of hadolint (2.15) and of `docker build --check`, and understands the codes, the
comments and the configuration that you have. This page says which rule stands for which check, which checks have none, and what to
change. It is written from the rules by `./dev docs`.

## Switching from hadolint

**Nothing has to be rewritten.** A `.hadolint.yaml` is read as it is: `ignored`, `override`, `failure-threshold`, `no-fail`,
`trustedRegistries`, `label-schema`, `strict-labels`, `disable-ignore-pragma`. So are the pragmas `# hadolint ignore=DL3008`,
`# hadolint global ignore=…` and `# hadolint stage ignore=…`; see [suppression.md](suppression.md) for the few places in which
they are taken as they were meant. `quaymaster config migrate` prints a `.quaymaster.yaml` that says the same.

**The line in CI.** hadolint's preset reports what hadolint reports, and with its severities:

```sh
hadolint Dockerfile                                 # before
quaymaster check --preset hadolint Dockerfile       # the same checks
quaymaster check .                                  # what we recommend, and all Dockerfiles, Compose files and manifests
```

| hadolint | Quaymaster |
|---|---|
| `hadolint FILE…`, `hadolint -` | `quaymaster check FILE…`, `quaymaster check -`; folders are searched |
| `-c FILE`, `--config FILE` | `--config FILE` for a `.quaymaster.yaml`; a `.hadolint.yaml` is found upwards from each file |
| `--ignore DL3008` | `--ignore DL3008` |
| `--error`, `--warning`, `--info DL3008` | `rules: {DL3008: error}` in the configuration file |
| `-t`, `--failure-threshold error` | `--fail-on error`; without it warnings fail, not everything |
| `--no-fail` | `--fail-on never` |
| `--trusted-registry R` | `registries: {trusted: [R]}` |
| `--require-label name:type`, `--strict-labels` | `labels: {schema: {name: type}, strict: true}` |
| `--disable-ignore-pragma` | `--no-inline-suppressions` |
| `-f json`, `-f sarif`, … | `--format`; `quaymaster check --help` lists what there is |
| exit code 1 | 1 when something at or above the limit was found, 2 when a file could not be read |

**What you will notice.** A finding marks a word, not a line, and many can be repaired (`--fix`). A RUN that cannot be parsed silences
nothing else. `/usr/bin/apt-get`, `sudo apt-get` and `sh -c "apt-get …"` are seen; ARG and ENV have values; `set -o pipefail` in the
RUN and the SHELL of a parent stage count; a port of a registry is no tag.

**ShellCheck.** hadolint has it built in. Quaymaster runs the one that you have installed, when it is asked to: `--shellcheck`, or
`shellcheck: {path: shellcheck}` in the configuration file. Its findings are called `shellcheck:SC2086`; the pragmas hold for them.

## Switching from `docker build --check`

`quaymaster check --preset buildkit Dockerfile` reports what BuildKit reports, without a builder and without asking a registry.
`# check=skip=StageNameCasing` holds, as a directive for the file and above an instruction. What the build would refuse, BuildKit
tells one mistake at a time; here all are findings of the family `correctness`, in every preset.

)";

}  // namespace

std::string peer_page(const RuleSet& rules) {
  std::string out(kHead);
  out += "## The checks of hadolint\n\n" + checks_of("hadolint:", peer_checks(), rules);
  out +=
      "\n`SC` and a number are ShellCheck's, see above. `DL1000`, a file that cannot be parsed, is what the family "
      "`correctness` is for.\n";
  out += "\n## The checks of BuildKit\n\n" + checks_of("buildkit:", peer_checks(), rules);
  return out;
}

}  // namespace quaymaster
