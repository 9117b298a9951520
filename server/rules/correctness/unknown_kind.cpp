#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/api_versions.h"
#include "model/kubernetes/kubernetes.h"
#include "model/schema/kubernetes_objects.h"
#include "model/schema/placeholder.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/ascii.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule unknown_kind;
namespace {

using kubernetes::Object;
using schema::KubernetesObject;

std::string_view group_of(std::string_view version) {
  const std::size_t slash = version.find('/');
  return slash == std::string_view::npos ? std::string_view() : version.substr(0, slash);
}

bool is_current(const KubernetesObject& known) {
  const kubernetes::ApiDeprecation* deprecation = kubernetes::deprecation_of(known.api_version, known.kind);
  return deprecation == nullptr || deprecation->removed == 0 || deprecation->removed > kubernetes::kNewestRelease;
}

/// OpenShift 3 served kinds of its own, and those of access control, in the group without a name.
bool may_be_openshift(const Object& object) {
  constexpr std::array<std::string_view, 4> kKinds = {"Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"};
  return object.api_version == "v1" && std::ranges::find(kKinds, object.kind) != kKinds.end();
}

std::optional<Fix> writing(const Object& object, std::string_view key, std::string_view text) {
  std::optional<Edit> edit = yaml::replace_scalar(object.value.get(key), text);
  if (!edit) return std::nullopt;
  return Fix{"Write " + quoted(text, 48), Applicability::Unsafe, {*std::move(edit)}};
}

void report(const Object& object, std::string_view key, TextRange range, std::string message, std::string_view meant,
            RuleContext& ctx) {
  Report report{.range = range, .message = std::move(message)};
  if (std::optional<Fix> fix = writing(object, key, meant)) report.fixes.push_back(*std::move(fix));
  ctx.report(std::move(report));
}

/// The versions that have the kind today.
std::vector<std::string_view> versions_with(std::string_view kind, const std::vector<KubernetesObject>& all) {
  std::vector<std::string_view> versions;
  for (const KubernetesObject& known : all)
    if (known.kind == kind && is_current(known)) versions.push_back(known.api_version);
  return versions;
}

/// Another word with the same end (`NetNamespace`, `VerticalPodAutoscaler`) is no slip of the finger.
bool is_slip(std::string_view written, std::string_view meant) {
  return !meant.empty() && ascii_lower(written.substr(0, 1)) == ascii_lower(meant.substr(0, 1)) &&
         !(written.size() > meant.size() && written.ends_with(meant));
}

/// Whether a group may belong to somebody else: it is a domain, and not Kubernetes' own.
bool is_foreign(std::string_view group) {
  return group.find('.') != std::string_view::npos && !group.ends_with("k8s.io");
}

void check_known_version(const Object& object, const std::vector<KubernetesObject>& all, RuleContext& ctx) {
  const std::vector<std::string_view> versions = versions_with(object.kind, all);
  if (!versions.empty()) {
    const std::string_view meant = versions.back();
    if (group_of(meant) != group_of(object.api_version) && !may_be_openshift(object))
      report(object, "apiVersion", object.api_version_range,
             "there is no " + quoted(object.kind, 24) + " in this version: it is in " + quoted(meant), meant, ctx);
    return;
  }
  std::vector<std::string_view> kinds;
  for (const KubernetesObject& known : all)
    if (known.api_version == object.api_version) kinds.push_back(known.kind);
  const std::string_view meant = near_miss(object.kind, kinds);
  if (is_slip(object.kind, meant))
    report(object, "kind", object.kind_range,
           quoted(object.api_version, 24) + " has no kind " + quoted(object.kind, 20) + "; did you mean " +
               quoted(meant) + "?",
           meant, ctx);
}

void check_object(const Object& object, RuleContext& ctx) {
  if (object.kind.empty() || object.api_version.empty() || object.kind.ends_with("List")) return;
  if (schema::is_placeholder(object.kind) || schema::is_placeholder(object.api_version)) return;
  if (schema::kubernetes(object.api_version, object.kind).present()) return;
  if (kubernetes::deprecation_of(object.api_version, object.kind) != nullptr) return;
  const std::vector<KubernetesObject> all = schema::kubernetes_objects();
  const auto in = [&](auto matches) { return std::ranges::any_of(all, matches); };
  if (in([&](const KubernetesObject& known) { return known.api_version == object.api_version; }))
    return check_known_version(object, all, ctx);
  if (is_foreign(group_of(object.api_version))) return;
  // A version that is not known, of a group that is: an alpha version, or one that is newer than the schema.
  if (in([&](const KubernetesObject& known) { return group_of(known.api_version) == group_of(object.api_version); }))
    return;
  const std::vector<std::string_view> versions = versions_with(object.kind, all);
  const std::string_view meant = near_miss(object.api_version, versions);
  if (!meant.empty())
    report(object, "apiVersion", object.api_version_range,
           "there is no " + quoted(object.api_version, 24) + "; did you mean " + quoted(meant) + "?", meant, ctx);
}

}  // namespace

constinit const Rule unknown_kind = checked({
    .name = "unknown-kind",
    .family = Family::Correctness,
    .title = "Kubernetes has no such kind in that version of its API.",
    .consequence =
        "`kubectl apply` says `no matches for kind \"Deployment\" in version \"v1\"`: the Service is there, the "
        "pods behind it are not, and the site answers with 503.",
    .fine_when = "The cluster has an API server of its own that serves such a kind.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Kubernetes, "kube-linter:schema-validation"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/reference/kubernetes-api/"},
    .examples =
        {{"a kind of another group", "deployment.yaml",
          "apiVersion: <|v1|> # core\nkind: Deployment\nmetadata:\n  name: web\n",
          "apiVersion: apps/v1 # core\nkind: Deployment\nmetadata:\n  name: web\n"},
         {"slips of the finger, in flow style", "all.yaml",
          "{\"apiVersion\": \"apps/v1\", \"kind\": \"<|Deploymnet|>\", metadata: {name: web}}\n---\napiVersion: "
          "\"<|app/v1|>\"\n"
          "kind: StatefulSet\nmetadata:\n  name: web\n",
          "{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", metadata: {name: web}}\n---\napiVersion: "
          "\"apps/v1\"\n"
          "kind: StatefulSet\nmetadata:\n  name: web\n"},
         {"kinds of others, versions that are not known, and what is filled in", "all.yaml",
          "apiVersion: apps.example.com/v1\nkind: Deployment\nmetadata:\n  name: web\n---\napiVersion: batch/v2\n"
          "kind: Job\nmetadata:\n  name: web\n---\napiVersion: v1\nkind: Route\nmetadata:\n  name: web\n---\n"
          "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata:\n  name: web\n---\n"
          "apiVersion: networking.gke.io/v1\nkind: Ingress\nmetadata:\n  name: web\n---\napiVersion: v1\n"
          "kind: NetNamespace\nmetadata:\n  name: web\n"}},
    .checks = {on(check_object)},
});

}  // namespace quaymaster::rules
