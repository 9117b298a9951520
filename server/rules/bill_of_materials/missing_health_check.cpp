#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/container/container.h"
#include "model/dockerfile/file.h"
#include "model/image/well_known.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/message.h"
#include "rules/support/missing_probes.h"

namespace quaymaster::rules {
extern const Rule missing_health_check;
namespace {

using dockerfile::File;
using dockerfile::Stage;

/// What a stage has, with what it builds on in the file.
struct Has {
  bool health_check = false;
  bool start = false;
};

Has own(const File& file, const Stage& stage) {
  Has has;
  for (std::size_t i = stage.first; i < stage.end; ++i) {
    const dockerfile::Instruction& instruction = *file.instructions[i].instruction;
    has.health_check = has.health_check || instruction.as<dockerfile::Healthcheck>() != nullptr;
    has.start = has.start || instruction.as<dockerfile::Cmd>() != nullptr ||
                instruction.as<dockerfile::Entrypoint>() != nullptr;
  }
  return has;
}

std::vector<Has> with_parents(const File& file) {
  std::vector<Has> result;
  for (const Stage& stage : file.stages) {
    Has has = own(file, stage);
    if (stage.parent) {
      has.health_check = has.health_check || result[*stage.parent].health_check;
      has.start = has.start || result[*stage.parent].start;
    }
    result.push_back(has);
  }
  return result;
}

void report(const File& file, std::size_t index, bool starts, bool none_in_file, RuleContext& ctx) {
  const dockerfile::Placed& placed = file.instructions[file.stages[index].first];
  const auto* from = placed.instruction->as<dockerfile::From>();
  const bool final = index + 1 == file.stages.size();
  std::vector<std::string_view> aliases{"hadolint:DL3057"};
  if (final && none_in_file) {
    aliases.emplace_back("trivy:DS-0026");
    aliases.emplace_back("checkov:CKV_DOCKER_2");
  }
  const TextRange range = from != nullptr && from->image ? from->image->range : placed.instruction->statement().keyword;
  ctx.report({.variant = final && starts ? "final-image" : "other-stage",
              .range = range.shifted(placed.begin),
              .message = final ? "no HEALTHCHECK: nobody can tell whether what it starts still answers"
                               : "the stage has no HEALTHCHECK, nor has one built on it",
              .aliases = std::move(aliases)});
}

void check_file(const File& file, RuleContext& ctx) {
  const std::vector<Has> has = with_parents(file);
  std::vector<bool> covered(has.size());
  bool none_in_file = true;
  for (std::size_t i = has.size(); i > 0; --i) {
    covered[i - 1] = covered[i - 1] || has[i - 1].health_check;
    if (covered[i - 1] && file.stages[i - 1].parent) covered[*file.stages[i - 1].parent] = true;
    none_in_file = none_in_file && !has[i - 1].health_check;
  }
  for (std::size_t i = 0; i < has.size(); ++i)
    if (!covered[i]) report(file, i, has[i].start, none_in_file, ctx);
}

/// How a well-known server is asked whether it works, by a program of its own image.
struct Probe {
  std::string_view repository;
  std::vector<std::string_view> words;
};

const std::vector<Probe>& probes() {
  static const std::vector<Probe> kProbes{
      {"postgres", {"CMD-SHELL", "pg_isready -U $${POSTGRES_USER:-postgres}"}},
      {"postgis/postgis", {"CMD-SHELL", "pg_isready -U $${POSTGRES_USER:-postgres}"}},
      {"pgvector/pgvector", {"CMD-SHELL", "pg_isready -U $${POSTGRES_USER:-postgres}"}},
      {"mysql", {"CMD", "mysqladmin", "ping", "-h", "127.0.0.1"}},
      {"mariadb", {"CMD", "healthcheck.sh", "--connect", "--innodb_initialized"}},
      {"mongo", {"CMD", "mongosh", "--quiet", "--eval", "db.adminCommand('ping').ok"}},
      {"redis", {"CMD", "redis-cli", "ping"}},
      {"valkey/valkey", {"CMD", "valkey-cli", "ping"}},
      {"rabbitmq", {"CMD", "rabbitmq-diagnostics", "-q", "ping"}},
  };
  return kProbes;
}

std::vector<Fix> probe_fix(const compose::Service& service) {
  const image::WellKnownImage* known = find_well_known(service.container.image->reference);
  if (known == nullptr || service.shared || !service.container.place) return {};
  const auto probe = std::ranges::find(probes(), known->repository, &Probe::repository);
  if (probe == probes().end()) return {};
  std::vector<yaml::NewValue> words;
  for (const std::string_view word : probe->words) words.push_back(yaml::NewValue::string(std::string(word)));
  std::optional<Edit> edit = yaml::insert(*service.container.place, {"healthcheck"},
                                          yaml::NewValue::mapping({{"test", yaml::NewValue::sequence(std::move(words))},
                                                                   {"interval", yaml::NewValue::plain("10s")},
                                                                   {"timeout", yaml::NewValue::plain("5s")},
                                                                   {"retries", yaml::NewValue::plain("5")}}));
  if (!edit) return {};
  return {{.title = "Ask it every ten seconds",
           .applicability = Applicability::Unsafe,
           .edits = {*std::move(edit)},
           .caveat = "An image of one's own tag or age may lack the program. Set `start_period` if it starts slowly."}};
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  if (service.container.template_only || service.has_provider || is_development_path(ctx.path())) return;
  for (const container::HealthCheck& health : service.container.health)
    if (health.kind == container::HealthCheck::Kind::Disabled)
      ctx.report({.variant = "switched-off",
                  .range = health.range,
                  .message = "the health check of " + quoted(service.name, 28) + " is switched off"});
  if (!service.container.health.empty() || service.entry("healthcheck") || !service.container.complete) return;
  // What is built here may have its own.
  if (service.build || !service.container.image || !service.container.image->known) return;
  ctx.report({.variant = "service",
              .range = service.name_range,
              .message = "nothing says whether " + quoted(service.name, 28) + " still answers, unless its image does",
              .fixes = probe_fix(service)});
}

}  // namespace

constinit const Rule missing_health_check = checked({
    .name = "missing-health-check",
    .family = Family::BillOfMaterials,
    .title = "Nothing says how one finds out whether the program still works.",
    .consequence =
        "On Saturday the server runs out of connections. The process is alive, so `docker ps` says `Up 3 days`, Swarm "
        "keeps sending it every third request, and it waits for Monday until somebody restarts it.",
    .fine_when =
        "An image runs in Kubernetes, which has probes of its own and takes no notice of HEALTHCHECK; a container of a "
        "pod serves nobody and ends by itself when something is wrong; or it is a tool that comes to an end.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "final-image",
                  .summary = "The final image starts a program and has no HEALTHCHECK.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3057"},
                              {Language::Dockerfile, "trivy:DS-0026"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_2"}},
                  .languages = Language::Dockerfile},
                 {.name = "service",
                  .summary = "A service of a ready image has no `healthcheck`; the image may have one.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .aliases = {{Language::Compose, "kics:healthcheck-not-set"}},
                  .languages = Language::Compose},
                 {.name = "switched-off",
                  .summary = "A service switches the health check of its image off.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Compose, "kics:healthcheck-not-set"}},
                  .languages = Language::Compose},
                 {.name = "other-stage",
                  .summary = "A stage without HEALTHCHECK that starts nothing, or is not the final one.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Dockerfile, "hadolint:DL3057"},
                              {Language::Dockerfile, "trivy:DS-0026"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_2"}},
                  .languages = Language::Dockerfile},
                 {.name = "liveness-probe",
                  .summary = "A container of a pod has no liveness probe.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:no-liveness-probe"},
                              {Language::Kubernetes, "polaris:livenessProbeMissing"},
                              {Language::Kubernetes, "checkov:CKV_K8S_8"},
                              {Language::Kubernetes, "kubescape:C-0056"}},
                  .languages = Language::Kubernetes},
                 {.name = "readiness-probe",
                  .summary = "A container of a pod has no readiness probe.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:no-readiness-probe"},
                              {Language::Kubernetes, "polaris:readinessProbeMissing"},
                              {Language::Kubernetes, "checkov:CKV_K8S_9"},
                              {Language::Kubernetes, "kubescape:C-0018"}},
                  .languages = Language::Kubernetes},
                 {.name = "startup-probe",
                  .summary = "A container of a pod that has other probes has no startup probe.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:no-startup-probe"}},
                  .languages = Language::Kubernetes},
                 {.name = "served-pod",
                  .summary = "A Service sends requests to a pod of which no container has a readiness probe.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-score:pod-probes"}},
                  .languages = Language::Kubernetes},
                 {.name = "fragment",
                  .summary = "A container lacks a probe here; it may be a part that others complete.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-linter:no-liveness-probe"},
                              {Language::Kubernetes, "kube-linter:no-readiness-probe"},
                              {Language::Kubernetes, "kube-linter:no-startup-probe"},
                              {Language::Kubernetes, "polaris:livenessProbeMissing"},
                              {Language::Kubernetes, "polaris:readinessProbeMissing"},
                              {Language::Kubernetes, "checkov:CKV_K8S_8"},
                              {Language::Kubernetes, "checkov:CKV_K8S_9"},
                              {Language::Kubernetes, "kubescape:C-0018"},
                              {Language::Kubernetes, "kubescape:C-0056"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/reference/dockerfile/#healthcheck",
                   "https://docs.docker.com/reference/compose-file/services/#healthcheck",
                   "https://kubernetes.io/docs/concepts/workloads/pods/probes/"},
    .examples =
        {{"none", "Dockerfile", "FROM <|node:22.11.0|>\nCMD [\"node\", \"server.js\"]\n"},
         {"none anywhere", "Dockerfile", "FROM <|golang:1.23.3|> AS build\nFROM <|scratch|>\nENTRYPOINT [\"/app\"]\n"},
         {"nothing to start", "Dockerfile", "FROM <|debian:12.8|>\nRUN make\n"},
         {"one that is inherited, one that inherits", "Dockerfile",
          "FROM node:22.11.0 AS base\nHEALTHCHECK CMD [\"/healthy\"]\nFROM base AS web\nCMD [\"web\"]\n"
          "FROM node:22.11.0 AS other\nFROM other\nHEALTHCHECK NONE\n"},
         {"a cache", "compose.yaml", "services:\n  <|cache|>:\n    image: redis:7.4.1\n",
          "services:\n  cache:\n    image: redis:7.4.1\n    healthcheck:\n      test:\n        - CMD\n"
          "        - redis-cli\n        - ping\n      interval: 10s\n      timeout: 5s\n      retries: 5\n"},
         {"an image of which nothing is known", "compose.yaml", "services:\n  <|api|>: {image: \"shop/api:1.4.2\"}\n"},
         {"switched off", "compose.yaml",
          "services:\n  api:\n    build: .\n    <|healthcheck|>:\n      disable: true\n"},
         {"a check, an image that is built, and what another file says", "compose.yaml",
          "services:\n  a:\n    image: shop/a:1.4.2\n    healthcheck: {test: [CMD, /healthy]}\n  b:\n    build: "
          ".\n  c:\n    extends: {file: base.yaml, service: c}\n"},
         {"a pod that serves, with one of its containers", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  selector: {matchLabels: {app: "
          "shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n      initContainers:\n        - name: "
          "migrate\n          image: shop:1.4.2\n      containers:\n        - name: <|<|web|>|>\n          image: "
          "shop:1.4.2\n        - name: <|cache|>\n          image: cache:7.4.1\n          livenessProbe: {tcpSocket: "
          "{port: 6379}}\n          readinessProbe: {tcpSocket: {port: 6379}}\n"},
         {.title = "a pod that a Service sends requests to",
          .path = "web.yaml",
          .before = "apiVersion: v1\nkind: Service\nmetadata: {name: shop}\nspec: {selector: {app: shop}}\n---\n"
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: <|shop|>, labels: {app: shop}}\nspec:\n"
                    "  containers: [{name: <|<|web|>|>, image: \"shop:1.4.2\"}]\n"},
         {"a container beside the others", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  initContainers:\n    - name: <|<|proxy|>|>\n"
          "      image: proxy:2.1.0\n      restartPolicy: Always\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      startupProbe: {exec: {command: [ready]}}\n"
          "      livenessProbe: {exec: {command: [alive]}}\n      readinessProbe: {exec: {command: [ready]}}\n"},
         {"a patch", "patch.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n"
          "      containers:\n        - name: <|web|>\n          tty: false\n"},
         {"pods that come to an end", "job.yaml",
          "apiVersion: batch/v1\nkind: Job\nmetadata: {name: report}\nspec:\n  template:\n    spec:\n"
          "      restartPolicy: Never\n      containers:\n        - name: report\n          image: report:1.4.2\n---\n"
          "apiVersion: v1\nkind: Pod\nmetadata: {name: once}\nspec:\n  restartPolicy: OnFailure\n  containers:\n"
          "    - name: once\n      image: once:1.4.2\n"}},
    .checks = {on(check_file), on(check_service), on(check_probes), on(check_served_pods)},
});

}  // namespace quaymaster::rules
