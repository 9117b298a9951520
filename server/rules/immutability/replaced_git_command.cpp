#include "model/container/container.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule replaced_git_command;
namespace {

void check_container(const container::Container& container, RuleContext& ctx) {
  if (ctx.language() != Language::Kubernetes || !container.place) return;
  for (const container::EnvironmentEntry& entry : container.environment) {
    if (entry.name != "GITSYNC_GIT") continue;
    ctx.report({.range = entry.name_range,
                .message = "git-sync runs what " + quoted(entry.name) + " says in the place of git",
                .fixes = removal(*container.place->document, entry.item_range, entry.shared, "Run git itself",
                                 "What the other program did besides has to be done by the image, or by a hook.")});
  }
}

}  // namespace

constinit const Rule replaced_git_command = checked({
    .name = "replaced-git-command",
    .family = Family::Immutability,
    .title = "git-sync is told to run another program than git.",
    .consequence =
        "The variable names a program, and git-sync starts it at every poll, with the rights and the tokens of the "
        "pod. Who may change one line of this manifest runs what he likes in the cluster, and no image has to be "
        "changed for it: scanners that look at images see nothing.",
    .fine_when = "The image has git at another path than git-sync looks for it.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "checkov:CKV_K8S_159"}},
                  .languages = Language::Kubernetes}},
    .references = {"https://github.com/kubernetes/git-sync#manual"},
    .examples = {{"a program of one's own", "pod.yaml",
                  "apiVersion: v1\n"
                  "kind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: sync\n"
                  "      image: registry.k8s.io/git-sync/git-sync:v4.4.0\n      env:\n        - name: GITSYNC_REPO\n"
                  "          value: https://git.example.org/shop.git\n        - name: <|GITSYNC_GIT|>\n"
                  "          value: /tmp/run.sh\n",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n"
                  "    - name: sync\n      image: registry.k8s.io/git-sync/git-sync:v4.4.0\n      env:\n"
                  "        - name: GITSYNC_REPO\n          value: https://git.example.org/shop.git\n"},
                 {"git itself", "pod.yaml",
                  "apiVersion: v1\n"
                  "kind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: sync\n"
                  "      image: registry.k8s.io/git-sync/git-sync:v4.4.0\n"
                  "      env: [{name: GITSYNC_REPO, value: \"https://git.example.org/shop.git\"}]\n"}},
    .checks = {on(check_container)},
});

}  // namespace quaymaster::rules
