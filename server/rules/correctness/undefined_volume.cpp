#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/compose/reader.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/compose_services.h"
#include "rules/support/message.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule undefined_volume;
namespace {

using compose::Declaration;

/// For so many names a similar one is looked for; it takes as long as there are declarations.
constexpr std::size_t kLookedFor = 100;

/// A kind of resource that services use by a name of the top level.
struct Resource {
  std::string_view variant;  ///< also the word for it
  std::string_view section;  ///< the key at the top level
  const std::vector<Declaration>& declared;
  const std::vector<std::string>* elsewhere = nullptr;  ///< declared in the files around; null: not known
  const std::vector<std::string>* nearby = nullptr;     ///< declared in files that may be read together with this one
  bool needs_source = false;                            ///< an empty declaration would not do
};

std::vector<std::string_view> names_of(const Resource& resource) {
  std::vector<std::string_view> names;
  names.reserve(resource.declared.size());
  for (const Declaration& declaration : resource.declared) names.push_back(declaration.name);
  if (resource.elsewhere) names.insert(names.end(), resource.elsewhere->begin(), resource.elsewhere->end());
  return names;
}

/// Whether what is not declared here may be declared in a file that Compose reads together with this one.
bool may_be_declared_elsewhere(const compose::File& file, const Resource& resource, RuleContext& ctx) {
  if (resource.elsewhere) return false;
  return !file.complete || (!is_main_compose_file(ctx.path()) && resource.declared.empty());
}

std::optional<Fix> renaming(const yaml::Document& document, const compose::Name& use, std::string_view nearest) {
  if (use.shared || slice(document.text(), use.range) != use.text) return std::nullopt;
  return Fix{"Use " + quoted(nearest), Applicability::Unsafe, {Edit::replacement(use.range, std::string(nearest))}};
}

std::optional<Fix> declaring(const compose::File& file, const Resource& resource, const std::string& name) {
  if (resource.needs_source || !file.document->root().is_mapping()) return std::nullopt;
  const std::string_view path[] = {resource.section, name};
  std::optional<Edit> edit = yaml::insert(file.document->root().place(), path, yaml::NewValue::plain("{}"));
  if (!edit) return std::nullopt;
  return Fix{"Declare the " + std::string(resource.variant) + " " + quoted(name),
             Applicability::Unsafe,
             {*std::move(edit)},
             "It will be a new, empty one, managed by Compose."};
}

void report_use(const compose::Name& use, const Resource& resource, std::span<const std::string_view> names,
                const compose::File& file, RuleContext& ctx) {
  Report report{.variant = resource.variant,
                .range = use.range,
                .message = "no " + std::string(resource.variant) + " " + quoted(use.text, 24) +
                           " is declared at the top of the file"};
  const std::string_view nearest = near_miss(use.text, names);
  if (!nearest.empty()) {
    report.message = "no " + std::string(resource.variant) + " " + quoted(use.text, 20) +
                     " is declared; did you mean " + quoted(nearest, 20) + "?";
    if (std::optional<Fix> fix = renaming(*file.document, use, nearest)) report.fixes.push_back(*std::move(fix));
  }
  if (std::optional<Fix> fix = declaring(file, resource, use.text)) report.fixes.push_back(*std::move(fix));
  ctx.report(std::move(report));
}

void check_uses(const std::vector<compose::Name>& uses, const Resource& resource, const compose::File& file,
                RuleContext& ctx) {
  if (may_be_declared_elsewhere(file, resource, ctx)) return;
  const std::vector<std::string_view> names = names_of(resource);
  const std::unordered_set<std::string_view> declared(names.begin(), names.end());
  // What the service uses anyway is not what it meant by another name.
  std::unordered_set<std::string_view> used;
  for (const compose::Name& use : uses) used.insert(use.text);
  std::vector<std::string_view> unused;
  std::ranges::copy_if(names, std::back_inserter(unused), [&](std::string_view name) { return !used.contains(name); });
  std::size_t undefined = 0;
  for (const compose::Name& use : uses) {
    if (!use.literal || use.text.empty() || declared.contains(use.text)) continue;
    if (resource.variant == "network" && use.text == "default") continue;
    if (resource.nearby && std::ranges::binary_search(*resource.nearby, use.text)) continue;
    const bool look_for_similar = undefined++ < kLookedFor;
    report_use(use, resource,
               look_for_similar ? std::span<const std::string_view>(unused) : std::span<const std::string_view>(), file,
               ctx);
  }
}

std::vector<compose::Name> build_secrets_of(const compose::Build& build) {
  std::vector<compose::Name> names;
  for (const yaml::Element& item : build.value.get("secrets").items())
    if (std::optional<compose::Name> name =
            compose::name_of(item.value.is_mapping() ? item.value.get("source") : item.value))
      names.push_back(*std::move(name));
  return names;
}

void add(std::vector<compose::Name>& uses, const std::vector<compose::Name>& more) {
  uses.insert(uses.end(), more.begin(), more.end());
}

void check_compose(const ComposeInWorkspace& in, RuleContext& ctx) {
  const compose::File& file = in.file;
  if (file.is_v1) return;
  std::vector<compose::Name> volumes;
  std::vector<compose::Name> networks;
  std::vector<compose::Name> secrets;
  std::vector<compose::Name> configs;
  std::vector<compose::Name> models;
  for (const compose::Service& service : file.services) {
    add(volumes, service.volumes);
    for (const compose::NetworkUse& use : service.networks) networks.push_back(use.network);
    add(secrets, service.secrets);
    if (service.build) add(secrets, build_secrets_of(*service.build));
    add(configs, service.configs);
    add(models, service.models);
  }
  const ComposeNames* others = names_of_others(in);
  const auto elsewhere = [&](std::vector<std::string> ComposeNames::*names) {
    return others ? &(others->*names) : nullptr;
  };
  const auto nearby = [&](std::vector<std::string> ComposeNames::*names) {
    return in.around ? &(in.around->nearby.*names) : nullptr;
  };
  check_uses(volumes,
             {"volume", "volumes", file.volumes, elsewhere(&ComposeNames::volumes), nearby(&ComposeNames::volumes)},
             file, ctx);
  check_uses(
      networks,
      {"network", "networks", file.networks, elsewhere(&ComposeNames::networks), nearby(&ComposeNames::networks)}, file,
      ctx);
  check_uses(
      secrets,
      {"secret", "secrets", file.secrets, elsewhere(&ComposeNames::secrets), nearby(&ComposeNames::secrets), true},
      file, ctx);
  check_uses(
      configs,
      {"config", "configs", file.configs, elsewhere(&ComposeNames::configs), nearby(&ComposeNames::configs), true},
      file, ctx);
  check_uses(models,
             {"model", "models", file.models, elsewhere(&ComposeNames::models), nearby(&ComposeNames::models), true},
             file, ctx);
}

/// A patch names containers and volumes of an object that is elsewhere: it has no image, or no volumes at all.
bool may_be_patch(const kubernetes::Workload& workload) {
  return std::any_of(workload.containers.begin(), workload.containers.end(),
                     [](const kubernetes::PodContainer& container) { return !container.container.image; });
}

void check_list(const kubernetes::PodContainer& container, std::string_view list, const kubernetes::Workload& workload,
                RuleContext& ctx) {
  std::vector<std::string_view> names;
  names.reserve(workload.volumes.size());
  for (const kubernetes::Volume& volume : workload.volumes) names.push_back(volume.name);
  for (const yaml::Element& item : container.value.get(list).items()) {
    const yaml::Value value = item.value.get("name");
    const std::optional<std::string_view> name = value.string();
    if (!name || name->empty() || name->find('$') != std::string_view::npos) continue;
    if (workload.volume(*name) != nullptr) continue;
    const std::string_view nearest = near_miss(*name, names);
    Report report{
        .variant = "pod-volume", .range = value.content_range(), .message = "the pod has no volume " + quoted(*name)};
    if (!nearest.empty()) {
      report.message = "the pod has no volume " + quoted(*name, 24) + "; did you mean " + quoted(nearest, 24) + "?";
      if (std::optional<Edit> edit = replace_scalar(value, nearest))
        report.fixes.push_back({"Use " + quoted(nearest), Applicability::Unsafe, {*std::move(edit)}});
    }
    ctx.report(std::move(report));
  }
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.custom || workload.partial || may_be_patch(workload)) return;
  for (const kubernetes::PodContainer& container : workload.containers) {
    check_list(container, "volumeMounts", workload, ctx);
    check_list(container, "volumeDevices", workload, ctx);
  }
}

}  // namespace

constinit const Rule undefined_volume = checked({
    .name = "undefined-volume",
    .family = Family::Correctness,
    .title = "A name is used that nothing declares.",
    .consequence =
        "`docker compose up` stops with `service \"db\" refers to undefined volume data` before it starts anything. "
        "The API server refuses a pod whose container mounts a volume that the pod does not have: the deployment that "
        "was to go out at five does not go out, and the old version runs on.",
    .fine_when = "The file is only ever used together with another one, which declares the name.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "volume",
                  .summary = "A service mounts a named volume that is not declared.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose},
                 {.name = "network",
                  .summary = "A service joins a network that is not declared.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose},
                 {.name = "secret",
                  .summary = "A service is given a secret that is not declared.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose},
                 {.name = "config",
                  .summary = "A service is given a config that is not declared.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose},
                 {.name = "model",
                  .summary = "A service uses a model that is not declared.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Compose},
                 {.name = "pod-volume",
                  .summary = "A container mounts a volume that its pod does not have.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/reference/compose-file/volumes/",
                   "https://docs.docker.com/reference/compose-file/networks/",
                   "https://kubernetes.io/docs/concepts/storage/volumes/"},
    .examples =
        {{"a volume", "compose.yaml",
          "services:\n  db:\n    image: postgres:17.2\n    volumes:\n      - <|data|>:/var/lib/postgresql/data\n",
          "services:\n  db:\n    image: postgres:17.2\n    volumes:\n      - data:/var/lib/postgresql/data\n"
          "volumes:\n  data: {}\n"},
         {"a volume misspelt", "compose.yaml",
          "services:\r\n  db:\r\n    image: postgres:17.2\r\n    volumes:\r\n      - "
          "\"<|dbdata|>:/var/lib/postgresql/data\"\r\n"
          "volumes:\r\n  db-data:\r\n",
          "services:\r\n  db:\r\n    image: postgres:17.2\r\n    volumes:\r\n      - "
          "\"db-data:/var/lib/postgresql/data\"\r\n"
          "volumes:\r\n  db-data:\r\n"},
         {"a similar one is in use already", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    networks:\n      back-net: {}\n      <|back-net2|>: {}\n"
          "networks:\n  back-net: {}\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    networks:\n      back-net: {}\n      back-net2: {}\n"
          "networks:\n  back-net: {}\n  back-net2: {}\n"},
         {"a network", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    networks: [<|backend|>, default]\nnetworks:\n  public:\n",
          "services:\n  api:\n    image: shop/api:1.4.2\n    networks: [backend, default]\nnetworks:\n  backend: {}\n  "
          "public:\n"},
         {"a secret", "compose.yaml",
          "services:\n  api:\n    image: shop/api:1.4.2\n    secrets:\n      - source: <|db-key|>\n        target: "
          "key\n"},
         {"a config", "compose.yaml", "services:\n  api:\n    image: shop/api:1.4.2\n    configs: [<|routes|>]\n"},
         {"a secret of the build, and a model", "compose.yaml",
          "services:\n  api:\n    build:\n      context: .\n      secrets: [<|token|>]\n    models: [<|llm|>]\n"},
         {"all is declared", "compose.yaml",
          "services:\n  db:\n    image: postgres:17.2\n    volumes: [\"data:/var/lib/postgresql/data\", "
          "\"./init:/docker-entrypoint-initdb.d\", /tmp/cache]\n    networks: [default]\nvolumes:\n  data:\n"},
         {"more is included", "compose.yaml",
          "include: [base.yaml]\nservices:\n  api:\n    image: shop/api:1.4.2\n    networks: [backend]\n"},
         {.title = "neither the file nor the one below has it",
          .path = "compose.prod.yaml",
          .before = "services:\n  db:\n    networks: [back, <|forth|>]\n",
          .after = "services:\n  db:\n    networks: [back, forth]\nnetworks:\n  forth: {}\n",
          .beside = {{"compose.yaml", "services: {db: {image: \"postgres:17.2\"}}\nnetworks: {back: {}}\n"}}},
         {.title = "what is included has it",
          .path = "compose.yaml",
          .before = "include: [base/compose.yaml]\nservices:\n  api:\n    image: shop/api:1.4.2\n    networks: "
                    "[backend]\n",
          .beside = {{"base/compose.yaml", "networks: {backend: {}}\nservices: {db: {image: \"postgres:17.2\"}}\n"}}},
         {"to be read on top of another file", "compose.override.yaml",
          "services:\n  db:\n    image: postgres:17.2\n    volumes: [\"data:/var/lib/postgresql/data\"]\n"},
         {"a volume of a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "nginx:1.27.2\n      volumeMounts:\n        - name: <|confg|>\n          mountPath: /etc/nginx\n  volumes:\n "
          "   - "
          "name: config\n      configMap:\n        name: nginx\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "nginx:1.27.2\n      volumeMounts:\n        - name: config\n          mountPath: /etc/nginx\n  volumes:\n    "
          "- "
          "name: config\n      configMap:\n        name: nginx\n"},
         {"no volume of a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "nginx:1.27.2\n      volumeMounts:\n        - name: <|cache|>\n          mountPath: /cache\n"},
         {"a template of claims", "db.yaml",
          "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  serviceName: db\n  selector:\n    "
          "matchLabels: {app: db}\n  template:\n    metadata:\n      labels: {app: db}\n    spec:\n      containers:\n "
          "       "
          "- name: db\n          image: postgres:17.2\n          volumeMounts:\n            - name: data\n             "
          " "
          "mountPath: /var/lib/postgresql/data\n  volumeClaimTemplates:\n    - metadata:\n        name: data\n"},
         {"a patch", "patch.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      "
          "containers:\n  "
          "      - name: web\n          volumeMounts:\n            - name: cache\n              mountPath: /cache\n"}},
    .checks = {on(check_compose), on(check_workload)},
});

}  // namespace quaymaster::rules
