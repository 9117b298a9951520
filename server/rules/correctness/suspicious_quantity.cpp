#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kubernetes/resources.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule suspicious_quantity;
namespace {

constexpr std::int64_t kLeastBytes = 1'000'000;
constexpr std::int64_t kMostProcessors = 1024;

struct Suspicion {
  std::string_view variant;
  std::string message;
  std::string meant;  ///< another way to write what was probably meant; empty when nobody knows
};

bool is_bytes(std::string_view resource) {
  return resource == "memory" || resource == "ephemeral-storage" || resource.starts_with("hugepages-");
}

std::optional<Suspicion> of_bytes(const kubernetes::ResourceAmount& amount) {
  const kubernetes::QuantityParts parts = *kubernetes::quantity_parts(amount.text);
  const std::string number(parts.number);
  constexpr std::array<std::string_view, 3> kSmall{"m", "u", "n"};
  if (one_of(kSmall, parts.suffix))
    return Suspicion{"fraction-of-bytes",
                     quoted(amount.text, 16) + " is less than it looks: `m` is a thousandth of a byte", number + "Mi"};
  if (amount.quantity->nanos != 0)
    return Suspicion{"uneven-bytes", quoted(amount.text, 16) + " is no whole number of bytes", ""};
  if (amount.quantity->units > 0 && amount.quantity->units < kLeastBytes)
    return Suspicion{"few-bytes",
                     quoted(amount.text, 16) + " is " + std::to_string(amount.quantity->units) +
                         " bytes, too little for any program",
                     parts.suffix.empty() && parts.number.size() < 6 ? number + "Mi" : ""};
  return std::nullopt;
}

std::optional<Suspicion> suspicion_of(std::string_view resource, const kubernetes::ResourceAmount& amount) {
  if (!amount.quantity) return std::nullopt;
  if (amount.quantity->negative()) return Suspicion{"negative", quoted(amount.text, 16) + " is less than nothing", ""};
  if (is_bytes(resource)) return of_bytes(amount);
  if (resource == "cpu" && amount.quantity->units >= kMostProcessors)
    return Suspicion{"many-processors",
                     quoted(amount.text, 16) + " is " + std::to_string(amount.quantity->units) +
                         " processors, more than any node has",
                     ""};
  return std::nullopt;
}

void check_amount(std::string_view resource, const std::optional<kubernetes::ResourceAmount>& amount,
                  RuleContext& ctx) {
  if (!amount) return;
  std::optional<Suspicion> suspicion = suspicion_of(resource, *amount);
  if (!suspicion) return;
  std::vector<Fix> fixes;
  if (!suspicion->meant.empty() && !amount->shared)
    if (std::optional<Edit> edit = yaml::replace_scalar(amount->value, suspicion->meant))
      fixes = {{"Write " + quoted(suspicion->meant, 16), Applicability::Unsafe, {*std::move(edit)}, ""}};
  ctx.report({.variant = suspicion->variant,
              .range = amount->value_range,
              .message = std::move(suspicion->message),
              .fixes = std::move(fixes)});
}

void check_resources(const kubernetes::Resources& resources, RuleContext& ctx) {
  for (const kubernetes::Resource& resource : resources.named) {
    check_amount(resource.name, resource.request, ctx);
    check_amount(resource.name, resource.limit, ctx);
  }
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  check_resources(kubernetes::pod_resources_of(workload), ctx);
  for (const kubernetes::PodContainer& container : workload.containers)
    check_resources(kubernetes::resources_of(container), ctx);
}

constexpr StaticList<PresetEntry, kPresetCount> kError = {{Preset::Recommended, Severity::Error},
                                                          {Preset::Strict, Severity::Error}};
constexpr StaticList<PresetEntry, kPresetCount> kWarning = {{Preset::Recommended, Severity::Warning},
                                                            {Preset::Strict, Severity::Warning}};

}  // namespace

constinit const Rule suspicious_quantity = checked({
    .name = "suspicious-quantity",
    .family = Family::Correctness,
    .title = "A quantity means something else than it says at first sight.",
    .consequence =
        "`memory: 512m` is half a byte, because `m` is a thousandth. Asked for, it is as good as nothing, and the "
        "scheduler puts forty pods on a node that has room for six; as a limit it is refused, or the container never "
        "gets beyond its start.",
    .fine_when = "The tiny or huge number is meant for a test of the scheduler.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "fraction-of-bytes",
                  .summary = "Memory or storage in thousandths of a byte.",
                  .severity = Severity::Warning,
                  .presets = kWarning,
                  .languages = Language::Kubernetes},
                 {.name = "uneven-bytes",
                  .summary = "Memory or storage that is no whole number of bytes, such as `1.2Gi`.",
                  .severity = Severity::Hint,
                  .languages = Language::Kubernetes},
                 {.name = "few-bytes",
                  .summary = "Memory or storage of less than a megabyte.",
                  .severity = Severity::Warning,
                  .presets = kWarning,
                  .languages = Language::Kubernetes},
                 {.name = "many-processors",
                  .summary = "More processors than a node has.",
                  .severity = Severity::Warning,
                  .presets = kWarning,
                  .languages = Language::Kubernetes},
                 {.name = "negative",
                  .summary = "A negative quantity.",
                  .severity = Severity::Error,
                  .presets = kError,
                  .languages = Language::Kubernetes}},
    .references = {"https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/",
                   "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory"},
    .examples =
        {{"thousandths of a byte", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n        limits:\n          memory: <|512m|> # enough\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n        limits:\n          memory: 512Mi # enough\n"},
         {"no unit", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources: {limits: {memory: \"<|512|>\", ephemeral-storage: 2gi}, "
          "requests: {memory: <|128|>}}\n",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources: {limits: {memory: \"512Mi\", ephemeral-storage: 2gi}, "
          "requests: {memory: 128Mi}}\n"},
         {"bytes for processors, and less than nothing", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n        limits: {cpu: <|512Mi|>}\n"
          "        requests: {cpu: <|-1|>, memory: <|0.3|>}\n"},
         {"quantities", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n        limits: {cpu: 1500m, memory: 1.5Gi, nvidia.com/gpu: 1}\n"
          "        requests: {cpu: 0, memory: 134217728, ephemeral-storage: 1e9}\n"},
         {"placeholders", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  containers:\n    - name: web\n"
          "      image: shop:1.4.2\n      resources:\n        limits: {cpu: \"${CPU}\", memory: \"$(MB)\"}\n"}},
    .checks = {on(check_workload)},
});

}  // namespace quaymaster::rules
