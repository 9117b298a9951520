#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/message.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule stale_pull_policy;
namespace {

void check_service(const compose::Service& service, RuleContext& ctx) {
  const std::optional<container::ImageUse>& image = service.container.image;
  if (!service.pull_policy || !service.pull_policy->known || service.build || service.container.template_only) return;
  if (!image || !image->known || is_development_path(ctx.path())) return;
  const std::string& policy = service.pull_policy->text;
  const image::Reference& reference = image->reference;
  const bool keeps = policy == "missing" || policy == "if_not_present" || policy == "never";
  const bool moves = reference.digest.empty() && (reference.tag.empty() || reference.tag == "latest");
  if (keeps && moves)
    ctx.report({.variant = "moving-tag",
                .range = service.pull_policy->range,
                .message = quoted(policy) + " keeps whatever `latest` of " + quoted(reference.base_name(), 24) +
                           " a host once pulled"});
  if (policy == "always" && !reference.digest.empty())
    ctx.report({.variant = "needless-pull",
                .range = service.pull_policy->range,
                .message = "`always` asks the registry for a digest, which never means another image"});
}

// --- Kubernetes

bool moves(const image::Reference& reference) {
  constexpr std::string_view kMoving[] = {"latest", "stable", "edge",   "nightly", "canary", "dev",
                                          "test",   "main",   "master", "develop", "lts",    "release"};
  return reference.digest.empty() && (reference.tag.empty() || one_of(kMoving, reference.tag));
}

/// What the API server would set, had nobody said anything.
bool is_pulled_by_default(const image::Reference& reference) {
  return reference.digest.empty() && (reference.tag.empty() || reference.tag == "latest");
}

std::vector<Fix> always_fix(const kubernetes::PodContainer& container) {
  const std::optional<yaml::Entry> entry = container.value.entry("imagePullPolicy");
  std::optional<Edit> edit =
      entry ? (entry->shared ? std::nullopt : yaml::replace_scalar(entry->value, "Always"))
            : yaml::insert(container.value.place(), {"imagePullPolicy"}, yaml::NewValue::plain("Always"));
  if (!edit) return {};
  return {{"Ask the registry each time",
           Applicability::Unsafe,
           {*std::move(edit)},
           "Nodes that reach no registry no longer start the container."}};
}

void check_pod_container(const kubernetes::PodContainer& container, RuleContext& ctx) {
  const std::optional<container::ImageUse>& image = container.container.image;
  if (!image || !image->known) return;
  const image::Reference& reference = image->reference;
  const std::string policy = container.image_pull_policy ? container.image_pull_policy->text : std::string();
  const TextRange range = container.image_pull_policy ? container.image_pull_policy->value_range : image->name_range;
  const std::string name = quoted(reference.base_name(), 24);
  if (policy.find_first_of("${") != std::string::npos || policy == "Always") return;
  if (!policy.empty() && moves(reference)) {
    ctx.report({.variant = "moving-tag",
                .range = range,
                .message = quoted(policy, 16) + " keeps whatever " +
                           quoted(reference.tag.empty() ? "latest" : reference.tag, 16) + " of " + name +
                           " a node once pulled",
                .fixes = always_fix(container)});
  } else if (!policy.empty() || !is_pulled_by_default(reference)) {
    if (!reference.digest.empty()) return;
    ctx.report({.variant = "not-always",
                .range = range,
                .message = "a node that has " + name + " does not ask the registry whether it is still the same",
                .fixes = always_fix(container)});
  } else {
    ctx.report({.variant = "unwritten",
                .range = range,
                .message = "that " + name + " is pulled each time is not said, but follows from its tag",
                .fixes = always_fix(container)});
  }
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::PodContainer& container : workload.containers) check_pod_container(container, ctx);
}

}  // namespace

constinit const Rule stale_pull_policy = checked({
    .name = "stale-pull-policy",
    .family = Family::Immutability,
    .title = "The pull policy does not go with the name of the image.",
    .consequence =
        "The new version is pushed as `latest` and `docker compose up` says that all is well. The host that pulled "
        "`latest` in spring still runs the image of spring, the new host beside it that of today, and both say that "
        "they run `latest`.",
    .fine_when = "The image is loaded from a file on hosts that reach no registry, and only one was ever loaded.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "moving-tag",
                  .summary = "A tag that moves is not looked up again once the host has it.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kubescape:C-0075"},
                              {Language::Kubernetes, "kube-score:container-image-pull-policy"},
                              {Language::Kubernetes, "polaris:pullPolicyNotAlways"},
                              {Language::Kubernetes, "checkov:CKV_K8S_15"}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "not-always",
                  .summary = "The registry is not asked at each start whether the tag still means the same image.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kube-score:container-image-pull-policy"},
                              {Language::Kubernetes, "polaris:pullPolicyNotAlways"},
                              {Language::Kubernetes, "checkov:CKV_K8S_15"}},
                  .languages = Language::Kubernetes},
                 {.name = "unwritten",
                  .summary = "Nothing is said, and the cluster pulls each time because the tag is `latest`.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "polaris:pullPolicyNotAlways"}},
                  .languages = Language::Kubernetes},
                 {.name = "needless-pull",
                  .summary = "An image that is named by its digest is asked for at each start.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#pull_policy",
                   "https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy"},
    .examples = {{"a tag that moves", "compose.yaml",
                  "services:\n  api:\n    image: shop/api:latest\n    pull_policy: <|missing|>\n  worker:\n    image: "
                  "shop/worker\n    pull_policy: \"<|never|>\"\n"},
                 {"a digest", "compose.yaml",
                  "services:\n  api:\n    image: shop/api@sha256:"
                  "0123456789012345678901234567890123456789012345678901234567890123\n    pull_policy: <|always|>\n"},
                 {"policies that go with the name", "compose.yaml",
                  "services:\n  a:\n    image: shop/a:1.4.2\n    pull_policy: missing\n  b:\n    image: shop/b:latest\n"
                  "    pull_policy: always\n  c:\n    image: shop/c:latest\n    pull_policy: ${PULL}\n"},
                 {"an image that is built here", "compose.yaml",
                  "services:\n  api:\n    build: .\n    image: shop/api\n    pull_policy: never\n"},
                 {"a pod with a tag that moves", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: api\n"
                  "      image: shop/api:main\n      imagePullPolicy: <|IfNotPresent|>  # for the demo\n"
                  "    - {name: web, image: shop/web, imagePullPolicy: \"<|Never|>\"}\n",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: api\n"
                  "      image: shop/api:main\n      imagePullPolicy: Always  # for the demo\n"
                  "    - {name: web, image: shop/web, imagePullPolicy: \"Always\"}\n"},
                 {"a tag that could move", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: api\n"
                  "      image: <|shop/api|>:1.4.2\n",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: api\n"
                  "      image: shop/api:1.4.2\n      imagePullPolicy: Always\n"},
                 {"what the tag implies", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: api\n"
                  "      image: <|shop/api|>\n",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: api\n"
                  "      image: shop/api\n      imagePullPolicy: Always\n"},
                 {"a digest, a policy that goes with the tag, and placeholders", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: a\n"
                  "      image: shop/a@sha256:0123456789012345678901234567890123456789012345678901234567890123\n"
                  "      imagePullPolicy: IfNotPresent\n    - name: b\n      image: shop/b:1.4.2\n"
                  "      imagePullPolicy: Always\n    - name: c\n      image: shop/c:${TAG}\n    - name: d\n"
                  "      image: shop/d:1.4.2\n      imagePullPolicy: ${POLICY}\n"}},
    .checks = {on(check_service), on(check_workload)},
});

}  // namespace quaymaster::rules
