#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "model/kubernetes/api_versions.h"
#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/node_labels.h"
#include "model/kubernetes/written_labels.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule deprecated_field;
namespace {

constexpr std::size_t kLongestName = 48;

std::uint32_t release_of(const Project& project) {
  return project.kubernetes ? project.kubernetes->minor : kubernetes::kNewestRelease;
}

/// A type of volume whose driver left Kubernetes' own code.
struct VolumeType {
  std::string_view key;
  std::uint32_t removed = 0;  ///< the release that knows it no more; 0: a CSI driver takes over
};
// https://kubernetes.io/docs/concepts/storage/volumes/
constexpr auto kVolumeTypes = std::to_array<VolumeType>({
    {"photonPersistentDisk", 16},
    {"scaleIO", 22},
    {"flocker", 25},
    {"quobyte", 25},
    {"storageos", 25},
    {"glusterfs", 26},
    {"cephfs", 31},
    {"rbd", 31},
    {"awsElasticBlockStore"},
    {"azureDisk"},
    {"azureFile"},
    {"cinder"},
    {"flexVolume"},
    {"gcePersistentDisk"},
    {"portworxVolume"},
    {"vsphereVolume"},
});

struct Annotation {
  std::string_view key;
  std::string_view today;  ///< in Markdown
};
// https://kubernetes.io/docs/reference/labels-annotations-taints/
constexpr auto kAnnotations = std::to_array<Annotation>({
    {"kubernetes.io/ingress.class", "`spec.ingressClassName`"},
    {"scheduler.alpha.kubernetes.io/critical-pod", "`priorityClassName`"},
    {"scheduler.alpha.kubernetes.io/affinity", "`affinity`"},
    {"scheduler.alpha.kubernetes.io/tolerations", "`tolerations`"},
    {"volume.beta.kubernetes.io/storage-class", "`storageClassName`"},
    {"service.alpha.kubernetes.io/tolerate-unready-endpoints", "`publishNotReadyAddresses`"},
    {"service.kubernetes.io/topology-aware-hints", "`trafficDistribution`"},
});

struct NodeLabel {
  std::string_view old;
  std::string_view today;
};
constexpr auto kNodeLabels = std::to_array<NodeLabel>({
    {"beta.kubernetes.io/arch", "kubernetes.io/arch"},
    {"beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type"},
    {"beta.kubernetes.io/os", "kubernetes.io/os"},
    {"failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"},
    {"failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"},
});

void check_source(const yaml::Value& source, RuleContext& ctx) {
  for (const yaml::Entry& entry : source.entries()) {
    const auto* const type = std::ranges::find(kVolumeTypes, entry.key, &VolumeType::key);
    if (type == kVolumeTypes.end() || entry.value.is_null()) continue;
    const bool gone = type->removed > 0 && type->removed <= release_of(ctx.project());
    Report report{.variant = gone ? "removed-volume" : "in-tree-volume",
                  .range = entry.key_range,
                  .message = "volumes of the type " + quoted(entry.key) + " are left to CSI drivers",
                  .tag = DiagnosticTag::Deprecated};
    if (gone)
      report.message = "Kubernetes 1." + std::to_string(type->removed) + " no longer mounts volumes of the type " +
                       quoted(entry.key);
    ctx.report(std::move(report));
  }
}

/// The class of an Ingress as a field. Nothing where a comment would go along with the annotation.
std::optional<Fix> as_field(const kubernetes::Object& object, const yaml::Entry& entry) {
  const auto name = entry.value.string();
  if (object.kind != "Ingress" || object.api_version != "networking.k8s.io/v1" || !name || entry.shared) return {};
  std::optional<Edit> field =
      yaml::insert(object.value.place(), {"spec", "ingressClassName"}, yaml::NewValue::string(std::string(*name)));
  std::optional<Edit> removal = yaml::remove_pair(object.value.get({"metadata", "annotations"}).place(), entry.key);
  if (!field || !removal || trust_in_removal(*object.value.document(), *removal) != Applicability::Safe) return {};
  return Fix{"Write it as `ingressClassName`",
             Applicability::Unsafe,
             {*std::move(field), *std::move(removal)},
             "The field names an IngressClass: the cluster needs one of that name."};
}

void check_object(const kubernetes::Object& object, RuleContext& ctx) {
  for (const yaml::Value& annotations : kubernetes::annotation_mappings_of(object))
    for (const yaml::Entry& entry : annotations.entries()) {
      const auto* const old = std::ranges::find(kAnnotations, entry.key, &Annotation::key);
      if (old == kAnnotations.end()) continue;
      Report report{.variant = "annotation",
                    .range = entry.key_range,
                    .message = quoted(entry.key, kLongestName) + " is deprecated: use " + std::string(old->today),
                    .tag = DiagnosticTag::Deprecated};
      if (std::optional<Fix> fix = as_field(object, entry)) report.fixes.push_back(*std::move(fix));
      ctx.report(std::move(report));
    }
  if (object.kind == "PersistentVolume" && object.api_version == "v1") check_source(object.value.get("spec"), ctx);
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::Volume& volume : workload.volumes)
    if (volume.kind != kubernetes::Volume::Kind::ClaimTemplate) check_source(volume.value, ctx);
  for (const kubernetes::NodeLabelUse& use : kubernetes::node_labels_of(workload)) {
    const auto* const label = std::ranges::find(kNodeLabels, use.key, &NodeLabel::old);
    if (label == kNodeLabels.end()) continue;
    Report report{
        .variant = "node-label",
        .range = use.range,
        .message = quoted(use.key, kLongestName) + " is deprecated: use " + quoted(label->today, kLongestName),
        .tag = DiagnosticTag::Deprecated};
    const bool both = workload.pod_spec.get({"nodeSelector", label->today}).present();
    if (!use.shared && !both && slice(workload.pod_spec.document()->text(), use.range) == use.key)
      report.fixes.push_back({"Write " + quoted(label->today, kLongestName),
                              Applicability::Safe,
                              {Edit::replacement(use.range, std::string(label->today))}});
    ctx.report(std::move(report));
  }
}

consteval Variant old(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Information,
          .presets = {{Preset::Strict, Severity::Information}},
          .languages = Language::Kubernetes};
}

}  // namespace

constinit const Rule deprecated_field = checked({
    .name = "deprecated-field",
    .family = Family::BillOfMaterials,
    .title = "Kubernetes no longer heeds this, or will soon cease to.",
    .consequence =
        "After the upgrade to 1.31 the pods with a `cephfs` volume stay in `ContainerCreating`, and the kubelet says "
        "`no volume plugin matched`: the data is where it was, and nobody can read it.",
    .fine_when = "The manifest is for an older cluster: say so with `kubernetes.version` in the configuration.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "removed-volume",
                  .summary = "The type of volume was removed: the pod does not start.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Error}},
                  .languages = Language::Kubernetes},
                 old("in-tree-volume",
                     "The type of volume is there for old manifests alone: a CSI driver does the work."),
                 old("annotation", "There is a field for what the annotation says."),
                 old("node-label", "The label of nodes has another name today.")},
    .references = {"https://kubernetes.io/docs/concepts/storage/volumes/",
                   "https://kubernetes.io/docs/reference/labels-annotations-taints/"},
    .examples =
        {{"volumes whose driver is gone, or elsewhere", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n"
          "      image: nginx:1.27.2\n  volumes:\n    - name: files\n      <|cephfs|>: {monitors: [ceph.example.com]}\n"
          "    - name: disk\n      <|gcePersistentDisk|>:\n        pdName: disk\n"},
         {"a volume of the cluster", "volume.yaml",
          "apiVersion: v1\nkind: PersistentVolume\nmetadata:\n  name: files\nspec:\n  capacity: {storage: 1Gi}\n"
          "  accessModes: [ReadWriteMany]\n  <|glusterfs|>: {endpoints: files, path: /}\n"},
         {"the class of an Ingress", "ingress.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  annotations:\n"
          "    example.com/team: web\n    <|kubernetes.io/ingress.class|>: nginx\nspec:\n  defaultBackend:\n"
          "    service: {name: web, port: {number: 80}}\n",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  annotations:\n"
          "    example.com/team: web\nspec:\n  ingressClassName: nginx\n  defaultBackend:\n"
          "    service: {name: web, port: {number: 80}}\n"},
         {"a comment that would be lost", "ingress.yaml",
          "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  annotations:\n"
          "    example.com/team: web\n    <|kubernetes.io/ingress.class|>: nginx # the public one\nspec:\n"
          "  defaultBackend:\n    service: {name: web, port: {number: 80}}\n"},
         {"labels of nodes, in all places", "deployment.yaml",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: {app: "
          "web}}\n"
          "  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      nodeSelector: "
          "{<|beta.kubernetes.io/os|>: linux}\n      topologySpreadConstraints:\n        - maxSkew: 1\n"
          "          topologyKey: \"<|failure-domain.beta.kubernetes.io/zone|>\" # spread\n"
          "          whenUnsatisfiable: ScheduleAnyway\n      containers:\n        - name: web\n"
          "          image: nginx:1.27.2\n",
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: {app: "
          "web}}\n"
          "  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      nodeSelector: "
          "{kubernetes.io/os: linux}\n      topologySpreadConstraints:\n        - maxSkew: 1\n"
          "          topologyKey: \"topology.kubernetes.io/zone\" # spread\n"
          "          whenUnsatisfiable: ScheduleAnyway\n      containers:\n        - name: web\n"
          "          image: nginx:1.27.2\n"},
         {"in affinities", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  affinity:\n    nodeAffinity:\n"
          "      requiredDuringSchedulingIgnoredDuringExecution:\n        nodeSelectorTerms:\n"
          "          - matchExpressions:\n              - {key: <|beta.kubernetes.io/arch|>, operator: In, values: "
          "[arm64]}\n"
          "  containers:\n    - name: web\n      image: nginx:1.27.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  affinity:\n    nodeAffinity:\n"
          "      requiredDuringSchedulingIgnoredDuringExecution:\n        nodeSelectorTerms:\n"
          "          - matchExpressions:\n              - {key: kubernetes.io/arch, operator: In, values: [arm64]}\n"
          "  containers:\n    - name: web\n      image: nginx:1.27.2\n"},
         {"what is used today", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations:\n    example.com/ingress.class: "
          "nginx\nspec:\n"
          "  nodeSelector: {kubernetes.io/os: linux}\n  containers:\n    - name: web\n      image: nginx:1.27.2\n"
          "  volumes:\n    - name: files\n      csi: {driver: cephfs.csi.ceph.com}\n"}},
    .checks = {on(check_object), on(check_workload)},
});

}  // namespace quaymaster::rules
