#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/in_workspace.h"
#include "rules/rule_context.h"
#include "rules/support/compose_services.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unused_declaration;
namespace {

/// So many declarations of a section can be deleted by a fix; to look one up takes as long as the section.
constexpr std::size_t kRepaired = 100;

/// The names of one kind that services use.
struct Uses {
  std::unordered_set<std::string> names;
  bool known = true;  ///< false: a variable decides about one

  void add(const compose::Name& name) { add(name.text, name.literal); }
  void add(std::string_view name, bool literal) {
    names.emplace(name);
    known = known && literal && name.find('$') == std::string_view::npos;
  }
  /// What stands in a list of names, or of mappings with `source`.
  void add_list(const yaml::Value& list) {
    for (const yaml::Element& item : list.items()) {
      const yaml::Value name = item.value.is_mapping() ? item.value.get("source") : item.value;
      if (const std::optional<std::string_view> text = name.string()) add(*text, true);
    }
  }
};

void report_unused(std::string_view variant, const std::vector<compose::Declaration>& declared, const Uses& uses,
                   const compose::File& file, RuleContext& ctx) {
  if (!uses.known) return;
  std::size_t repaired = 0;
  for (const compose::Declaration& declaration : declared) {
    if (uses.names.contains(declaration.name)) continue;
    if (variant == "network" && declaration.name == "default") continue;
    Report report{.variant = variant,
                  .range = declaration.name_range,
                  .message = "no service uses the " + std::string(variant) + " " + quoted(declaration.name),
                  .tag = DiagnosticTag::Unnecessary};
    std::optional<Edit> edit;
    if (repaired++ < kRepaired) edit = yaml::remove_at(*file.document, declaration.name_range);
    if (edit) report.fixes.push_back({"Delete " + quoted(declaration.name), Applicability::Unsafe, {*std::move(edit)}});
    ctx.report(std::move(report));
  }
}

void check(const ComposeInWorkspace& in, RuleContext& ctx) {
  if (!is_read_alone(in, ctx.path()) || in.file.services.empty()) return;
  const compose::File& file = in.file;
  Uses volumes;
  Uses networks;
  Uses secrets;
  Uses configs;
  Uses models;
  for (const compose::Service& service : file.services) {
    if (!service.container.complete || service.has_provider) return;
    for (const compose::Name& name : service.volumes) volumes.add(name);
    for (const container::Mount& mount : service.container.mounts) volumes.known = volumes.known && mount.known;
    for (const compose::NetworkUse& use : service.networks) networks.add(use.network);
    for (const compose::Name& name : service.secrets) secrets.add(name);
    for (const compose::Name& name : service.configs) configs.add(name);
    for (const compose::Name& name : service.models) models.add(name);
    if (service.build) {
      secrets.add_list(service.build->value.get("secrets"));
      if (const auto network = service.build->value.get("network").string()) networks.add(*network, true);
    }
    if (const auto config = service.value.get({"credential_spec", "config"}).string()) configs.add(*config, true);
  }
  report_unused("volume", file.volumes, volumes, file, ctx);
  report_unused("network", file.networks, networks, file, ctx);
  report_unused("secret", file.secrets, secrets, file, ctx);
  report_unused("config", file.configs, configs, file, ctx);
  report_unused("model", file.models, models, file, ctx);
}

/// The volumes that the containers mount. Nothing: a mount has no name, and may be of any.
std::optional<std::unordered_set<std::string_view>> mounted_volumes_of(const kubernetes::Workload& workload) {
  std::unordered_set<std::string_view> mounted;
  for (const kubernetes::PodContainer& container : workload.containers)
    for (const std::string_view list : {"volumeMounts", "volumeDevices"})
      for (const yaml::Element& item : container.value.get(list).items()) {
        const std::optional<std::string_view> name = item.value.get("name").string();
        if (!name) return std::nullopt;
        mounted.insert(*name);
      }
  return mounted;
}

/// Whether lists of a container come from a placeholder, so that it is not known what it mounts.
bool has_unknown_mounts(const kubernetes::Workload& workload) {
  return std::ranges::any_of(workload.containers, [](const kubernetes::PodContainer& container) {
    const yaml::Value mounts = container.value.get("volumeMounts");
    return mounts.is_scalar() || mounts.is_mapping();
  });
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.custom || workload.partial || workload.containers.empty() || has_unknown_mounts(workload)) return;
  const std::optional<std::unordered_set<std::string_view>> mounted = mounted_volumes_of(workload);
  if (!mounted) return;
  for (const kubernetes::Volume& volume : workload.volumes) {
    const bool plain = !volume.name.empty() && volume.name.find_first_of("${") == std::string::npos;
    if (!plain || volume.kind == kubernetes::Volume::Kind::ClaimTemplate || mounted->contains(volume.name)) continue;
    Report report{.variant = "pod-volume",
                  .range = volume.name_range,
                  .message = "no container mounts the volume " + quoted(volume.name),
                  .tag = DiagnosticTag::Unnecessary};
    std::optional<Edit> edit;
    if (!volume.shared) edit = yaml::remove_at(*volume.value.document(), volume.range);
    if (edit) report.fixes.push_back({"Delete " + quoted(volume.name), Applicability::Unsafe, {*std::move(edit)}});
    ctx.report(std::move(report));
  }
}

consteval Variant unused(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Hint,
          .presets = {{Preset::Recommended, Severity::Hint}, {Preset::Strict, Severity::Hint}},
          .languages = Language::Compose};
}

}  // namespace

constinit const Rule unused_declaration = checked({
    .name = "unused-declaration",
    .family = Family::Correctness,
    .title = "Something is declared that nothing uses.",
    .consequence =
        "The file declares the volume `db-data`, so everybody believes that the database is on it. No service mounts "
        "it; Compose does not even create it, and the tables are gone with the container.",
    .fine_when = "Another file that is read on top of this one uses it.",
    .fix = FixAvailability::Sometimes,
    .variants = {unused("volume", "No service mounts the volume."),
                 unused("network", "No service is in the network."),
                 unused("secret", "No service and no build is given the secret."),
                 unused("config", "No service is given the config."),
                 unused("model", "No service uses the model."),
                 {.name = "pod-volume",
                  .summary = "No container of the pod mounts the volume.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Kubernetes}},
    .references = {"https://docs.docker.com/reference/compose-file/volumes/",
                   "https://docs.docker.com/reference/compose-file/networks/",
                   "https://kubernetes.io/docs/concepts/storage/volumes/"},
    .examples =
        {{"a volume", "compose.yaml",
          "services:\n  db:\n    image: postgres:17.2\n    volumes: [\"data:/var/lib/postgresql/data\"]\nvolumes:\n  "
          "data:\n  <|old|>:\n",
          "services:\n  db:\n    image: postgres:17.2\n    volumes: [\"data:/var/lib/postgresql/data\"]\nvolumes:\n  "
          "data:\n"},
         {.title = "an override may use it",
          .path = "compose.yaml",
          .before = "services:\n  db:\n    image: postgres:17.2\nvolumes:\n  data:\n",
          .beside = {{"compose.override.yaml", "services: {db: {volumes: [\"data:/var/lib/postgresql/data\"]}}\n"}}},
         {"a network, and the section with it", "compose.yaml",
          "services:\n  db:\n    image: postgres:17.2\nnetworks:\n  <|back|>:\n    internal: true\n",
          "services:\n  db:\n    image: postgres:17.2\n"},
         {"a secret, a config and a model", "compose.yaml",
          "services:\n  db:\n    image: postgres:17.2\nsecrets:\n  <|key|>: {file: key.txt}\nconfigs:\n  <|routes|>: "
          "{file: routes.txt}\nmodels:\n  <|llm|>: {model: ai/smollm2}\n",
          "services:\n  db:\n    image: postgres:17.2\n"},
         {"all is used", "compose.yaml",
          "services:\n  db:\n    build:\n      context: .\n      secrets: [token]\n    secrets: [{source: key}]\n    "
          "configs: [routes]\n    networks: {back: {}}\n    volumes: [{type: volume, source: data, target: "
          "/data}]\nvolumes: {data: {}}\nnetworks: {back: {}, default: {}}\nsecrets: {key: {file: k}, token: {file: "
          "t}}\nconfigs: {routes: {file: r}}\n"},
         {"a variable decides", "compose.yaml",
          "services:\n  db:\n    image: postgres:17.2\n    volumes: [\"${DATA}:/var/lib/postgresql/data\"]\nvolumes:\n "
          " data:\n"},
         {"a file that others read on top of", "base.yaml",
          "services:\n  db:\n    image: postgres:17.2\nvolumes:\n  data:\n"},
         {"a volume of a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop/web:1.4.2\n      volumeMounts: [{name: cache, mountPath: /cache}]\n  volumes:\n"
          "    - name: <|config|>\n      configMap: {name: web}\n    # fast\n    - name: cache\n"
          "      emptyDir: {}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop/web:1.4.2\n      volumeMounts: [{name: cache, mountPath: /cache}]\n  volumes:\n"
          "    # fast\n    - name: cache\n      emptyDir: {}\n"},
         {"claims and placeholders", "db.yaml",
          "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  serviceName: db\n"
          "  selector: {matchLabels: {app: db}}\n  template:\n    metadata: {labels: {app: db}}\n    spec:\n"
          "      containers:\n        - name: db\n          image: shop/db:1.4.2\n"
          "          volumeMounts: ${MOUNTS}\n      volumes:\n        - name: config\n"
          "          configMap: {name: db}\n  volumeClaimTemplates:\n    - metadata: {name: data}\n"}},
    .checks = {on(check), on(check_workload)},
});

}  // namespace quaymaster::rules
