#include <string>
#include <string_view>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/security.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule root_group;
namespace {

using kubernetes::Number;
using kubernetes::SecuritySettings;

void report(const SecuritySettings& settings, const Number& group, std::string_view variant, std::string_view rest,
            RuleContext& ctx) {
  ctx.report({.variant = variant,
              .range = group.value_range,
              .message = quoted(settings.name, 24) + std::string(rest),
              .fixes = removal(*settings.value.document(), group.key_range, group.shared || settings.value.shared(),
                               "Leave the group to the image",
                               "Files that belong to root's group, as images for OpenShift have them, are then out of "
                               "its reach.")});
}

void check_settings(const SecuritySettings& settings, RuleContext& ctx) {
  if (settings.group && settings.group->value == 0)
    report(settings, *settings.group, "main", " runs in root's group", ctx);
  if (settings.fs_group && settings.fs_group->value == 0)
    report(settings, *settings.fs_group, "other", " gives its volumes to root's group", ctx);
  for (const Number& group : settings.supplemental_groups)
    if (group.value == 0) report(settings, group, "other", " is in root's group as well", ctx);
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const SecuritySettings& settings : kubernetes::all_security_of(workload)) check_settings(settings, ctx);
}

}  // namespace

constinit const Rule root_group = checked({
    .name = "root-group",
    .family = Family::Isolation,
    .title = "The container is in root's group.",
    .consequence =
        "The program runs as user 1000, but in group 0. A folder of the host is mounted whose files root's group may "
        "write, and a hole in the program changes them: the user was chosen with care, and the group opens the door.",
    .fine_when = "The image follows OpenShift's habit, where the user is any and the files belong to group 0, and no "
                 "path of the host is mounted.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "main",
                  .summary = "The group that the program runs as is root's.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "kube-linter:run-as-non-root"},
                              {Language::Kubernetes, "trivy:KSV-0116"}},
                  .languages = Language::Kubernetes},
                 {.name = "other",
                  .summary = "Root's group is one of its further groups, or that of its volumes.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Kubernetes, "trivy:KSV-0116"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"
                   "#set-the-security-context-for-a-pod"},
    .examples =
        {{"of the pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n    runAsUser: 1000\n"
          "    runAsGroup: <|0|>  # why\n    fsGroup: <|0|>\n    supplementalGroups: [<|0|>, 2000]\n  containers:\n"
          "    - name: web\n      image: shop:1.4.2\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n    runAsUser: 1000\n"
          "    supplementalGroups: [2000]\n  containers:\n"
          "    - name: web\n      image: shop:1.4.2\n"},
         {"of a container", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext: {runAsUser: 1000, runAsGroup: <|0|>}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      securityContext: {runAsUser: 1000}\n"},
         {"other groups", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  securityContext:\n    runAsGroup: 3000\n"
          "    fsGroup: 2000\n    supplementalGroups: [1000]\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
