#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/compose/reader.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/removal.h"

namespace quaymaster::rules {
extern const Rule duplicate_variable;
namespace {

using container::EnvironmentEntry;

/// So many entries of a list are repaired; to look one up takes as long as the list.
constexpr std::size_t kRepaired = 100;

/// Whether a value takes in that of the variable `name`, as the kubelet expands it: perhaps that of the earlier entry.
bool is_referred_to(std::string_view name, const std::vector<EnvironmentEntry>& entries) {
  const std::string reference = "$(" + std::string(name) + ")";
  return std::ranges::any_of(entries, [&](const EnvironmentEntry& entry) {
    return entry.value && entry.value->find(reference) != std::string::npos;
  });
}

void check_entries(const std::vector<EnvironmentEntry>& entries, const yaml::Document& document, RuleContext& ctx) {
  std::unordered_map<std::string_view, const EnvironmentEntry*> last;
  for (const EnvironmentEntry& entry : entries) last[entry.name] = &entry;
  std::size_t repaired = 0;
  for (const EnvironmentEntry& entry : entries) {
    const EnvironmentEntry& later = *last[entry.name];
    if (&later == &entry || entry.shared || entry.name.find('$') != std::string::npos) continue;
    Report report{.range = entry.name_range,
                  .message = quoted(entry.name) + " is set again below, and only that counts",
                  .related = {{later.name_range, "this one counts"}},
                  .tag = DiagnosticTag::Unnecessary};
    if (entry.value == later.value) report.message = quoted(entry.name) + " is in the list again below";
    std::optional<Edit> edit;
    if (repaired++ < kRepaired) edit = yaml::remove_at(document, entry.item_range);
    if (edit) {
      const Applicability trust =
          is_referred_to(entry.name, entries) ? Applicability::Unsafe : trust_in_removal(document, *edit);
      report.fixes.push_back({"Delete the entry without effect", trust, {*std::move(edit)}});
    }
    ctx.report(std::move(report));
  }
}

void check_list(const yaml::Value& list, EnvironmentEntry::Origin origin, RuleContext& ctx) {
  if (!list.is_sequence() || list.shared()) return;
  check_entries(compose::variables_of(list, origin), *list.document(), ctx);
}

/// The variables of which an entry adds to the value of an earlier one: `$(PATH):/opt/bin`.
std::unordered_set<std::string> extended_names(const std::vector<EnvironmentEntry>& entries) {
  std::unordered_set<std::string> names;
  for (const EnvironmentEntry& entry : entries)
    if (entry.value && entry.value->find("$(" + entry.name + ")") != std::string::npos) names.insert(entry.name);
  return names;
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  for (const kubernetes::PodContainer& container : workload.containers) {
    std::vector<EnvironmentEntry> entries = container.container.environment;
    const std::unordered_set<std::string> extended = extended_names(entries);
    std::erase_if(entries, [&](const EnvironmentEntry& entry) { return extended.contains(entry.name); });
    check_entries(entries, *container.value.document(), ctx);
  }
}

void check(const compose::Service& service, RuleContext& ctx) {
  check_list(service.written.get("environment"), EnvironmentEntry::Origin::Environment, ctx);
  check_list(service.written.get({"build", "args"}), EnvironmentEntry::Origin::BuildArgument, ctx);
}

}  // namespace

constinit const Rule duplicate_variable = checked({
    .name = "duplicate-variable",
    .family = Family::Correctness,
    .title = "A variable is set twice in one list.",
    .consequence =
        "Somebody sets `LOG_LEVEL=debug` at the top of the list, restarts, and nothing changes: forty lines below it "
        "says `LOG_LEVEL=info`, and the last one counts. Two equal lines are refused: `array items must be unique`.",
    .fine_when = "Never: one of the two has no effect.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Kubernetes, "kube-linter:duplicate-env-var"},
                              {Language::Kubernetes, "kube-score:environment-variable-key-duplication"},
                              {Language::Kubernetes, "kubescape:C-0295"}},
                  .languages = Language::Compose | Language::Kubernetes}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#environment",
                   "https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/"},
    .examples =
        {{"two values", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    environment:\n      - <|LOG_LEVEL|>=debug  # for now\n    "
          "  - STAGE=test\n      - LOG_LEVEL=info\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    environment:\n      - STAGE=test\n      - "
          "LOG_LEVEL=info\n"},
         {"in brackets, and with a value from outside", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    environment: [\"<|STAGE|>=test\", LEVEL=1, STAGE]\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    environment: [LEVEL=1, STAGE]\n"},
         {"an argument of the build", "compose.yaml",
          "services:\n  web:\n    build:\n      context: .\n      args:\n        - <|VERSION|>=1\n        # the new "
          "one\n        - VERSION=2\n",
          "services:\n  web:\n    build:\n      context: .\n      args:\n        # the new one\n        - VERSION=2\n"},
         {"each once", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    environment: [A=1, B=1, a=1, \"${NAME}=1\", "
          "\"${NAME}=2\"]\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop/web:1.4.2\n      env:\n        - name: <|LOG_LEVEL|>\n          value: debug\n"
          "        - name: STAGE\n          value: test\n        - name: LOG_LEVEL\n"
          "          valueFrom: {configMapKeyRef: {name: web, key: level}}\n",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop/web:1.4.2\n      env:\n        - name: STAGE\n          value: test\n"
          "        - name: LOG_LEVEL\n          valueFrom: {configMapKeyRef: {name: web, key: level}}\n"},
         {"a value that is added to", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: web\n"
          "      image: shop/web:1.4.2\n      env:\n        - name: OPTIONS\n          value: -a\n"
          "        - name: OPTIONS\n          value: $(OPTIONS) -b\n"}},
    .checks = {on(check), on(check_workload)},
});

}  // namespace quaymaster::rules
