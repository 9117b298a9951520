#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "model/schema/placeholder.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/compose_services.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule duplicate_container_name;
namespace {

/// So many services with one name are compared with each other.
constexpr std::size_t kCompared = 16;

std::optional<Fix> removal(const compose::Service& service) {
  if (service.shared || !service.container_name || service.container_name->shared || !service.container.place)
    return std::nullopt;
  std::optional<Edit> edit = yaml::remove_pair(*service.container.place, "container_name");
  if (!edit) return std::nullopt;
  return Fix{"Let Compose name the containers of " + quoted(service.name),
             Applicability::Unsafe,
             {*std::move(edit)},
             "What calls the container by that name outside of Compose has to use another one."};
}

bool runs_several(const compose::Service& service) {
  if (!service.replicas || !service.replicas->known) return false;
  const std::string& text = service.replicas->text;
  int replicas = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), replicas);
  return error == std::errc() && end == text.data() + text.size() && replicas > 1;
}

void report(Report report, const compose::Service& service, RuleContext& ctx) {
  if (std::optional<Fix> fix = removal(service)) report.fixes.push_back(*std::move(fix));
  ctx.report(std::move(report));
}

void check_pod(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.custom || workload.partial) return;
  std::unordered_map<std::string_view, TextRange> first;
  for (const kubernetes::PodContainer& container : workload.containers) {
    const yaml::Value name = container.value.get("name");
    const std::string_view text = name.string().value_or("");
    if (text.empty() || schema::is_placeholder(text)) continue;
    const auto [place, is_new] = first.try_emplace(text, name.content_range());
    if (is_new) continue;
    ctx.report({.variant = "duplicate",
                .range = name.content_range(),
                .message = "a second container of the name " + quoted(text, 32) + ": the pod is refused",
                .related = {{place->second, "the first container of this name"}}});
  }
}

void check(const compose::File& file, RuleContext& ctx) {
  std::unordered_map<std::string_view, std::vector<const compose::Service*>> users;
  for (const compose::Service& service : file.services) {
    if (!service.container_name || !service.container_name->known || service.container.template_only) continue;
    const compose::Text& name = *service.container_name;
    if (runs_several(service))
      report({.variant = "several-containers",
              .range = name.range,
              .message = quoted(service.name, 24) + " is to run " + service.replicas->text +
                         " times, and only one container can have this name",
              .related = {{service.replicas->range, "how often it runs"}}},
             service, ctx);
    std::vector<const compose::Service*>& earlier = users[name.text];
    for (const compose::Service* other : earlier) {
      if (profiles_exclude(*other, service)) continue;
      const bool inherited = other->container_name->range == name.range;
      report(
          {.variant = "two-services",
           .range = inherited ? service.name_range : name.range,
           .message = "the container of " + quoted(other->name, 24) + " is called " + quoted(name.text, 24) + ", too",
           .related = {{inherited ? name.range : other->container_name->range, "the same name"}}},
          service, ctx);
      break;
    }
    if (earlier.size() < kCompared) earlier.push_back(&service);
  }
}

}  // namespace

constinit const Rule duplicate_container_name = checked({
    .name = "duplicate-container-name",
    .family = Family::Correctness,
    .title = "Several containers are to have one name.",
    .consequence =
        "`docker compose up` stops with `container name \"app\" is already in use`, and with `scale: 2` it says that a "
        "container name must be unique: the second container never comes to be.",
    .fine_when = "The services are never started together.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "two-services",
                  .summary = "Two services have the same `container_name`.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Compose, "dclint:no-duplicate-container-names"}},
                  .languages = Language::Compose},
                 {.name = "several-containers",
                  .summary = "A service with a `container_name` is to run more than once.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose},
                 {.name = "duplicate",
                  .summary = "Two containers of a pod have the same name, be they init containers or not.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#container_name",
                   "https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#detailed-behavior"},
    .examples =
        {{"one name for two services", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    container_name: shop\n  jobs:\n    image: "
          "shop/jobs:1.4.2\n    container_name: \"<|shop|>\"  # for the logs\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    container_name: shop\n  jobs:\n    image: "
          "shop/jobs:1.4.2\n"},
         {"one name for two containers of a service", "compose.yaml",
          "services:\n  jobs:\n    image: shop/jobs:1.4.2\n    container_name: <|jobs|>\n    deploy: {replicas: 2}\n",
          "services:\n  jobs:\n    image: shop/jobs:1.4.2\n    deploy: {replicas: 2}\n"},
         {"a name that came along", "compose.yaml",
          "x-service: &service\n  image: shop/web:1.4.2\n  container_name: shop\nservices:\n  web:\n    <<: *service\n "
          " <|jobs|>:\n    <<: *service\n    command: [jobs]\n"},
         {"one name for an init container and another", "job.yaml",
          "apiVersion: batch/v1\nkind: Job\nmetadata: {name: load}\nspec:\n  template:\n    spec:\n"
          "      restartPolicy: Never\n      initContainers:\n        - {name: load, image: shop/load:1.4.2}\n"
          "      containers:\n        - {name: \"<|load|>\", image: shop/load:1.4.2}\n        - {name: log, image: "
          "shop/log:1.4.2}\n"},
         {"names of containers that are filled in, and of different pods", "pods.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - {name: \"${NAME}\", image: "
          "shop/web:1.4.2}\n    - {name: \"${NAME}\", image: shop/web:1.4.2}\n    - {name: web, image: "
          "shop/web:1.4.2}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b}\nspec:\n  containers:\n    - {name: "
          "web, image: shop/web:1.4.2}\n"},
         {"names of their own", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    container_name: web\n    scale: 1\n  jobs:\n    image: "
          "shop/jobs:1.4.2\n    container_name: jobs-${STAGE}\n  mail:\n    image: shop/mail:1.4.2\n    "
          "container_name: jobs-${STAGE}\n"},
         {"never together", "compose.yaml",
          "services:\n  cpu:\n    image: shop/ai:1.4.2\n    container_name: ai\n    profiles: [cpu]\n  gpu:\n    "
          "image: "
          "shop/ai:1.4.2-gpu\n    container_name: ai\n    profiles: [gpu]\n"}},
    .checks = {on(check), on(check_pod)},
});

}  // namespace quaymaster::rules
