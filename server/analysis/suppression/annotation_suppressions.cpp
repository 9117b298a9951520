#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analysis/suppression/comment_text.h"
#include "analysis/suppression/yaml_suppressions.h"
#include "model/yaml/value.h"

namespace quaymaster::suppression {
namespace {

/// What is asked for by one annotation; no items mean everything that the tool finds.
struct Asked {
  std::string_view tool;
  std::vector<Item> items = {};
  bool reasoned = false;
};

std::optional<std::string_view> behind(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return std::nullopt;
  return text.substr(prefix.size());
}

/// The value is the reason.
std::optional<Asked> kube_linter(std::string_view key, std::string_view value, TextRange range) {
  if (key == "kube-linter.io/ignore-all") return Asked{"kube-linter", {}, !value.empty()};
  if (const auto check = behind(key, "ignore-check.kube-linter.io/"))
    return Asked{"kube-linter", {{"kube-linter:" + std::string(*check), range}}, !value.empty()};
  return std::nullopt;
}

std::optional<Asked> kube_score(std::string_view key, std::string_view value, TextRange range) {
  if (key != "kube-score/ignore") return std::nullopt;
  Asked asked{"kube-score"};
  for (const TextRange word : words_of(value, {0, static_cast<std::uint32_t>(value.size())})) {
    const std::string_view check = slice(value, word);
    asked.items.push_back({"kube-score:" + std::string(check), range});
    // It takes the one for the other, too.
    if (check == "container-resources")
      asked.items.push_back({"kube-score:container-ephemeral-storage-request-and-limit", range});
  }
  return asked.items.empty() ? std::nullopt : std::optional(std::move(asked));
}

std::optional<Asked> polaris(std::string_view key, std::string_view value, TextRange range) {
  constexpr std::string_view kSuffix = "-exempt";
  const auto name = behind(key, "polaris.fairwinds.com/");
  if (!name || value != "true") return std::nullopt;
  if (*name == "exempt") return Asked{"polaris"};
  if (!name->ends_with(kSuffix)) return std::nullopt;
  return Asked{"polaris", {{"polaris:" + std::string(name->substr(0, name->size() - kSuffix.size())), range}}};
}

/// `checkov.io/skip1: CKV_K8S_20=the reason`.
std::optional<Asked> checkov(std::string_view key, std::string_view value, TextRange range) {
  constexpr std::array<std::string_view, 3> kPrefixes{"checkov.io/skip", "bridgecrew.io/skip", "cortex.io/skip"};
  for (const std::string_view prefix : kPrefixes)
    if (key.starts_with(prefix)) {
      const std::size_t reason = std::min(value.find('='), value.size());
      return Asked{"checkov", {{"checkov:" + std::string(value.substr(0, reason)), range}}, reason + 1 < value.size()};
    }
  return std::nullopt;
}

void read_annotations(const yaml::Value& annotations, TextRange object, std::uint32_t begin,
                      std::vector<Suppression>& found) {
  for (const yaml::Entry& entry : annotations.entries()) {
    const std::string_view key = entry.key;
    const std::string_view value = entry.value.string().value_or("");
    const TextRange range = entry.key_range.shifted(begin);
    auto asked = kube_linter(key, value, range);
    if (!asked) asked = kube_score(key, value, range);
    if (!asked) asked = polaris(key, value, range);
    if (!asked) asked = checkov(key, value, range);
    if (asked) found.push_back({object.shifted(begin), asked->tool, std::move(asked->items), {}, asked->reasoned});
  }
}

}  // namespace

std::vector<Suppression> find_in_annotations(const kubernetes::Manifest& manifest, std::uint32_t begin) {
  std::vector<Suppression> found;
  for (const kubernetes::Object& object : manifest.objects)
    read_annotations(object.value.get({"metadata", "annotations"}), object.value.range(), begin, found);
  for (const kubernetes::Workload& workload : manifest.workloads) {
    if (workload.pod_spec.node() == workload.object.value.get("spec").node()) continue;  // a Pod: read already
    read_annotations(workload.pod_metadata.get("annotations"), workload.object.value.range(), begin, found);
  }
  return found;
}

}  // namespace quaymaster::suppression
