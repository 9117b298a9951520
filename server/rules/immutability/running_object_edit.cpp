#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/container/container.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/start_text.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule running_object_edit;
namespace {

constexpr std::string_view kInside = "inside";
constexpr std::string_view kObject = "object";

/// A use of kubectl that changes what runs.
struct Change {
  std::string_view variant;
  std::string_view verb;
  TextRange range;  ///< in the bytes of the script
};

/// The first word that is no option; the value of one that stands by itself is passed over.
const shell::Word* verb_of(std::span<const shell::Word> words) {
  constexpr std::string_view kWithValue[] = {"-n", "--namespace", "--context", "--kubeconfig", "-s", "--server"};
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (one_of(kWithValue, words[i].text))
      ++i;
    else if (!words[i].text.starts_with('-'))
      return &words[i];
  }
  return nullptr;
}

std::optional<Change> change_of(const shell::Command& command) {
  constexpr std::string_view kOfContainers[] = {"exec", "cp", "attach"};
  constexpr std::string_view kOfObjects[] = {"edit", "patch", "set", "annotate", "label", "scale", "rollout"};
  const std::span<const shell::Word> words = working_words(command);
  const std::string_view program = program_name(words.front());
  if (program != "kubectl" && program != "oc") return std::nullopt;
  const shell::Word* verb = verb_of(words);
  if (verb == nullptr) return std::nullopt;
  const bool waits = verb->text == "rollout" && std::ranges::any_of(words, [](const shell::Word& word) {
                       return word.text == "status" || word.text == "history";
                     });
  if (waits) return std::nullopt;
  const TextRange range = cover(words.front().range, verb->range);
  if (one_of(kOfContainers, verb->text)) return Change{kInside, verb->text, range};
  if (one_of(kOfObjects, verb->text)) return Change{kObject, verb->text, range};
  return std::nullopt;
}

void check_start(const container::StartCommand& start, RuleContext& ctx) {
  for (const shell::Command& command : start.text.script->commands) {
    const std::optional<Change> change = change_of(command);
    if (!change) continue;
    const std::string what = quoted("kubectl " + std::string(change->verb));
    ctx.report({.variant = change->variant,
                .range = start.text.in_file(change->range),
                .message = what + (change->variant == kInside ? " changes a container that runs, and no image"
                                                              : " changes an object in the cluster, and no file")});
    return;
  }
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.object.kind != "Job" && workload.object.kind != "CronJob") return;
  for (const kubernetes::PodContainer& container : workload.containers)
    for (const container::StartCommand* start : start_texts(container.container)) check_start(*start, ctx);
}

}  // namespace

constinit const Rule running_object_edit = checked({
    .name = "running-object-edit",
    .family = Family::Immutability,
    .title = "A job changes what runs in the cluster, past the files that describe it.",
    .consequence =
        "Each night a CronJob scales the service down with `kubectl scale`. Somebody applies the files in the "
        "evening, and the number is back to what they say; nobody finds out why it sometimes works. And to do this "
        "the job has rights that whoever gets into it has as well.",
    .fine_when = "The job is the tool that you operate the cluster with: nothing else writes to these objects.",
    .variants = {{.name = kInside,
                  .summary = "A job runs commands in another container or copies files into it.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Kubernetes},
                 {.name = kObject,
                  .summary = "A job patches, scales or labels an object.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/concepts/overview/working-with-objects/object-management/",
                   "https://kubernetes.io/docs/reference/kubectl/"},
    .examples =
        {{"a restart by night", "job.yaml",
          "apiVersion: batch/v1\n"
          "kind: CronJob\nmetadata:\n  name: restart\nspec:\n  schedule: \"0 3 * * *\"\n  jobTemplate:\n    spec:\n"
          "      template:\n        spec:\n          restartPolicy: Never\n          containers:\n"
          "            - name: restart\n              image: shop/tools:1.4.2\n"
          "              command: [sh, -c, \"sleep 5 && <|kubectl -n shop rollout|> restart deployment/web\"]\n"},
         {"a file that is copied", "job.yaml",
          "apiVersion: batch/v1\n"
          "kind: Job\nmetadata:\n  name: fill\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      "
          "containers:\n"
          "        - name: fill\n          image: shop/tools:1.4.2\n"
          "          command: [<|kubectl, cp|>, /data, shop/web-0:/data]\n"},
         {"questions, and whole objects", "job.yaml",
          "apiVersion: batch/v1\n"
          "kind: Job\nmetadata:\n  name: wait\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      "
          "containers:\n"
          "        - name: wait\n          image: shop/tools:1.4.2\n"
          "          command: [sh, -c, \"kubectl rollout status deployment/web; kubectl get pods; kubectl apply -f "
          "/objects\"]\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
