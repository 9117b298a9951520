#include <string>
#include <string_view>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "model/schema/violations.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/schema_words.h"

namespace quaymaster::rules {
extern const Rule missing_key;
namespace {

using schema::Violation;

/// The namespace of what an object refers to is mostly left to `kubectl -n`, Helm or Kustomize.
bool is_set_by_others(const Violation& violation, const Judged& judged) {
  return judged.language == Language::Kubernetes && violation.missing == "namespace";
}

void check(const Judged& judged, RuleContext& ctx) {
  if (!judged.complete) return;
  for (const Violation& violation : judged.violations)
    if (violation.problem == Violation::Problem::MissingKey && !is_set_by_others(violation, judged))
      ctx.report({.range = violation.range,
                  .message = subject(violation, judged) + " lacks the key " + quoted(violation.missing) +
                             ", which is required"});
}

void check_file(const compose::File& file, RuleContext& ctx) { check(judged(file), ctx); }

void check_object(const kubernetes::Object& object, RuleContext& ctx) { check(judged(object), ctx); }

}  // namespace

constinit const Rule missing_key = checked({
    .name = "missing-key",
    .family = Family::Correctness,
    .title = "A key is missing that has to be there.",
    .consequence = "`docker compose up` stops with `missing property 'condition'` before it starts anything: the "
                   "deployment ends where it began, and the old version stays up. `kubectl apply` says "
                   "`spec.rules[0].http.paths[0].pathType: Required value`, with half of the objects already applied.",
    .fine_when = "The file is only ever read on top of another one, which has the key.",
    .fix = FixAvailability::None,
    .variants = {{.severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "kube-linter:schema-validation"}},
                  .languages = Language::Compose | Language::Kubernetes}},
    .references = {"https://docs.docker.com/reference/compose-file/services/",
                   "https://kubernetes.io/docs/reference/kubernetes-api/"},
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
          "services:\n  web:\n    depends_on:\n      db:\n        restart: true\n"},
         {"in a manifest", "ingress.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  rules:\n    - http:\n"
          "        paths:\n          - <|path|>: /\n            backend:\n              service:\n"
          "                name: web\n                port: {number: 80}\n"},
         {"a selector that Kustomize makes of labels", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    metadata:\n"
          "      labels: {app: web}\n    spec:\n      containers:\n        - name: web\n          image: "
          "nginx:1.27.2\n"},
         {"a patch, a directive, and what is null", "patch.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n"
          "      containers:\n        - name: web\n          ports:\n            - name: http\n---\napiVersion: v1\n"
          "kind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n    - $patch: delete\n      name: old\n    - port: "
          "80\n"
          "      targetPort:\n"}},
    .checks = {on(check_file), on(check_object)},
});

}  // namespace quaymaster::rules
