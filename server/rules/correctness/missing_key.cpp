#include <string>
#include <string_view>

#include "model/compose/compose.h"
#include "model/schema/violations.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/schema_words.h"

namespace quaymaster::rules {
extern const Rule missing_key;
namespace {

using schema::Violation;

void check_file(const compose::File& file, RuleContext& ctx) {
  // Another file may bring it; and what a broken row was to say is not known.
  if (!file.complete || !file.document->problems().empty()) return;
  for (const Violation& violation : compose_violations(file))
    if (violation.problem == Violation::Problem::MissingKey)
      ctx.report(
          {.range = violation.range,
           .message = subject(violation) + " lacks the key " + quoted(violation.missing) + ", which is required"});
}

}  // namespace

constinit const Rule missing_key = checked({
    .name = "missing-key",
    .family = Family::Correctness,
    .title = "A key is missing that has to be there.",
    .consequence = "`docker compose up` stops with `missing property 'condition'` before it starts anything: the "
                   "deployment ends where it began, and the old version stays up.",
    .fine_when = "The file is only ever read on top of another one, which has the key.",
    .fix = FixAvailability::None,
    .variants = {{.severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/"},
    .examples =
        {{"a dependency without its condition", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    depends_on:\n      <|db|>:\n        restart: true\n"
          "  db:\n    image: postgres:17.2\n"},
         {"a port and a mount without their targets", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    ports:\n      - <|published|>: \"80\"\n    volumes:\n"
          "      - {<|type|>: bind, source: .}\n"},
         {"devices without capabilities", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    deploy:\n      resources:\n        reservations:\n"
          "          devices:\n            - <|driver|>: nvidia\n              count: 1\n"},
         {"a model and a watch rule", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    develop:\n      watch:\n        - <|path|>: ./src\n"
          "models:\n  <|llm|>: {}\n"},
         {"all there, one through a merge key", "compose.yaml",
          "x-started: &started\n  condition: service_started\nservices:\n  web:\n    image: nginx:1.27.2\n"
          "    depends_on:\n      db:\n        <<: *started\n        restart: true\n    ports:\n      - target: 80\n"
          "  db:\n    image: postgres:17.2\n"},
         {"on top of another file", "compose.override.yaml",
          "services:\n  web:\n    depends_on:\n      db:\n        restart: true\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
