#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/object.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule pod_default;
namespace {

using kubernetes::Workload;

bool is_true(const std::optional<container::Flag>& flag) { return flag && flag->value; }

std::vector<Fix> set_to_false(const Workload& workload, std::string_view key, std::string_view caveat) {
  const yaml::Value& spec = workload.pod_spec;
  const yaml::Value value = spec.get(key);
  if (spec.shared() || value.shared()) return {};
  std::optional<Edit> edit = value ? yaml::replace_with_plain(value, "false")
                                   : yaml::insert(spec.place(), {key}, yaml::NewValue::plain("false"));
  if (!edit) return {};
  return {{"Set " + std::string(key) + " to false", Applicability::Unsafe, {*std::move(edit)}, std::string(caveat)}};
}

void check_users(const Workload& workload, RuleContext& ctx) {
  // A pod that has other namespaces of the host cannot have users of its own.
  const bool bound = is_true(workload.host_network) || is_true(workload.host_pid) || is_true(workload.host_ipc);
  const bool decided = workload.host_users ? !workload.host_users->value : workload.pod_spec.get("hostUsers").present();
  if (bound || decided || workload.windows) return;
  ctx.report({.variant = "users",
              .range = workload.host_users ? workload.host_users->key_range : workload.object.name_range,
              .message = "root in " + quoted(workload.object.name, 24) + " is the node's root: no `hostUsers: false`",
              .fixes = set_to_false(workload, "hostUsers",
                                    "The nodes need a kernel, a runtime and file systems that can map users.")});
}

void check_service_links(const Workload& workload, RuleContext& ctx) {
  const std::optional<container::Flag> links = kubernetes::flag_of(workload.pod_spec, "enableServiceLinks");
  const bool decided = links ? !links->value : workload.pod_spec.get("enableServiceLinks").present();
  if (decided) return;
  ctx.report({.variant = "service-links",
              .range = links ? links->key_range : workload.object.name_range,
              .message = quoted(workload.object.name, 24) + " gets variables for every Service of its namespace",
              .fixes = set_to_false(workload, "enableServiceLinks",
                                    "A program that finds others by `…_SERVICE_HOST` has to use their names.")});
}

void check_workload(const Workload& workload, RuleContext& ctx) {
  if (workload.partial || !workload.pod_spec.is_mapping()) return;
  check_users(workload, ctx);
  check_service_links(workload, ctx);
}

}  // namespace

constinit const Rule pod_default = checked({
    .name = "pod-default",
    .family = Family::Isolation,
    .title = "A pod keeps a default of Kubernetes that shares more than it needs.",
    .consequence =
        "Somebody breaks out of the container through a hole in the runtime, as root. Without `hostUsers: false` they "
        "are root of the node; with it they would be nobody there.",
    .fine_when = "The cluster's nodes cannot map users, or the program reads the variables of its neighbours.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "users",
                  .summary = "The pod uses the users of its node.",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Kubernetes, "kubesec:HostUsers"}},
                  .languages = Language::Kubernetes},
                 {.name = "service-links",
                  .summary = "The environment holds the addresses of all Services of the namespace.",
                  .severity = Severity::Hint,
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/",
                   "https://kubernetes.io/docs/tutorials/services/connect-applications-service/#environment-variables"},
    .examples =
        {{"one default after the other", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: <|shop|>\nspec:\n  enableServiceLinks: false\n"
          "  containers:\n    - name: web\n      image: shop:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  enableServiceLinks: false\n"
          "  hostUsers: false\n  containers:\n    - name: web\n      image: shop:1.4.2\n"},
         {"written down", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  <|enableServiceLinks|>: true  # why\n"
          "  hostUsers: false\n  containers:\n    - name: web\n      image: shop:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  enableServiceLinks: false  # why\n"
          "  hostUsers: false\n  containers:\n    - name: web\n      image: shop:1.4.2\n"},
         {"users cannot be its own", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\n"
          "spec: {hostNetwork: true, enableServiceLinks: false, containers: [{name: web, image: \"shop:1.4.2\"}]}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
