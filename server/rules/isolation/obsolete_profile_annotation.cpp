#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/api_versions.h"
#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/profile_annotations.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule obsolete_profile_annotation;
namespace {

using kubernetes::ProfileAnnotation;
using kubernetes::Workload;
using yaml::NewValue;

/// The last release whose API server writes the field from a seccomp annotation.
constexpr std::uint32_t kLastToReadSeccomp = 26;

bool is_seccomp(const ProfileAnnotation& annotation) { return annotation.guard == ProfileAnnotation::Guard::Seccomp; }

std::string_view field_of(const ProfileAnnotation& annotation) {
  return is_seccomp(annotation) ? "seccompProfile" : "appArmorProfile";
}

bool has_field(const ProfileAnnotation& annotation, std::uint32_t release) {
  return release >= (is_seccomp(annotation) ? 19U : 30U);
}

/// Whether the cluster does today what the annotation says, and would do the same by the field.
bool field_means_the_same(const ProfileAnnotation& annotation, const Project& project) {
  // Without a filter the annotation meant what no annotation means, and the standards refuse the field.
  if (!project.kubernetes || annotation.type() == "Unconfined") return false;
  const std::uint32_t release = project.kubernetes->minor;
  return has_field(annotation, release) && (!is_seccomp(annotation) || release <= kLastToReadSeccomp);
}

/// The mapping whose `securityContext` has to say it: of the pod, or of the container that is named.
yaml::Value holder_of(const ProfileAnnotation& annotation, const Workload& workload) {
  if (annotation.container.empty()) return workload.pod_spec;
  const auto found = std::ranges::find_if(workload.containers, [&](const kubernetes::PodContainer& container) {
    return container.container.name == annotation.container;
  });
  return found == workload.containers.end() ? yaml::Value() : found->value;
}

std::vector<Fix> move_to_field(const ProfileAnnotation& annotation, const yaml::Value& holder, const Project& project) {
  if (!holder || annotation.shared || annotation.type().empty()) return {};
  std::vector<yaml::NewPair> profile{{"type", NewValue::string(std::string(annotation.type()))}};
  if (!annotation.local_profile().empty())
    profile.push_back({"localhostProfile", NewValue::string(std::string(annotation.local_profile()))});
  std::optional<Edit> removal = yaml::remove_at(*holder.document(), annotation.key_range);
  std::optional<Edit> insertion =
      yaml::insert(holder.place(), {"securityContext", field_of(annotation)}, NewValue::mapping(std::move(profile)));
  if (!removal || !insertion) return {};
  const Applicability trust = field_means_the_same(annotation, project) ? trust_in_removal(*holder.document(), *removal)
                                                                        : Applicability::Unsafe;
  std::vector<Edit> edits{*std::move(removal), *std::move(insertion)};
  std::ranges::stable_sort(edits, {}, [](const Edit& edit) { return edit.range.begin; });
  if (edits[1].range.begin < edits[0].range.end) return {};
  return {{"Write " + std::string(field_of(annotation)), trust, std::move(edits)}};
}

std::string message_of(const ProfileAnnotation& annotation, bool field, std::uint32_t release) {
  const std::string name = "`" + std::string(field_of(annotation)) + "`";
  if (field) return "the annotation says again what " + name + " says";
  if (is_seccomp(annotation) && release > kLastToReadSeccomp)
    return "Kubernetes no longer reads this annotation, but " + name;
  return "the annotation has a field in its place: " + name;
}

void check_workload(const Workload& workload, RuleContext& ctx) {
  const Project& project = ctx.project();
  const std::uint32_t release = project.kubernetes ? project.kubernetes->minor : kubernetes::kNewestRelease;
  for (const ProfileAnnotation& annotation : kubernetes::profile_annotations_of(workload)) {
    if (!has_field(annotation, release)) continue;
    const yaml::Value holder = holder_of(annotation, workload);
    const bool written = holder.get({"securityContext", field_of(annotation)}).is_mapping();
    ctx.report({.variant = written                  ? "beside-field"
                           : is_seccomp(annotation) ? "seccomp"
                                                    : "apparmor",
                .range = annotation.key_range,
                .message = message_of(annotation, written, release),
                .fixes = written ? std::vector<Fix>{} : move_to_field(annotation, holder, project)});
  }
}

}  // namespace

constinit const Rule obsolete_profile_annotation = checked({
    .name = "obsolete-profile-annotation",
    .family = Family::Isolation,
    .title = "A security profile is given in an annotation that fields have replaced.",
    .consequence =
        "The annotation was right for years. Since Kubernetes 1.27 nobody reads it; the pod starts as ever, without "
        "the filter, and the hole in the kernel that the filter would have covered is open.",
    .fine_when = "The cluster is older than the field, 1.30 for AppArmor: say so with `kubernetes.version` in the "
                 "configuration.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "seccomp",
                  .summary = "A seccomp profile is given in an annotation only, which has no effect.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Kubernetes},
                 {.name = "apparmor",
                  .summary = "An AppArmor profile is given in an annotation only.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Kubernetes},
                 {.name = "beside-field",
                  .summary = "The annotation stands beside the field.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/reference/labels-annotations-taints/"
                   "#seccomp-security-alpha-kubernetes-io-pod",
                   "https://kubernetes.io/docs/tutorials/security/apparmor/"},
    .examples =
        {{"of the pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  annotations:\n    owner: shop  # us\n"
          "    <|seccomp.security.alpha.kubernetes.io/pod|>: runtime/default\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  annotations:\n    owner: shop  # us\n"
          "spec:\n  securityContext:\n    seccompProfile:\n      type: RuntimeDefault\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n"},
         {"of containers", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  annotations:\n"
          "    <|container.seccomp.security.alpha.kubernetes.io/web|>: localhost/shop.json\n"
          "    <|container.apparmor.security.beta.kubernetes.io/log|>: runtime/default\nspec:\n  containers:\n"
          "    - name: web\n      image: shop:1.4.2\n    - {name: log, image: \"log:1.4.2\"}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n"
          "    - name: web\n      image: shop:1.4.2\n      securityContext:\n        seccompProfile:\n"
          "          type: Localhost\n          localhostProfile: shop.json\n    - {name: log, image: \"log:1.4.2\", "
          "securityContext: {appArmorProfile: {type: RuntimeDefault}}}\n"},
         {"beside the field, and of a container that is not there", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  annotations:\n"
          "    <|container.apparmor.security.beta.kubernetes.io/web|>: runtime/default\n"
          "    <|container.apparmor.security.beta.kubernetes.io/wbe|>: runtime/default\nspec:\n  containers:\n"
          "    - name: web\n      image: shop:1.4.2\n      securityContext:\n"
          "        appArmorProfile: {type: RuntimeDefault}\n"},
         {"the field", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  annotations: {owner: shop}\nspec:\n"
          "  securityContext: {seccompProfile: {type: RuntimeDefault}}\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
