#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "features/rule_page/markdown.h"
#include "features/rule_page/peer_checks.h"
#include "features/rule_page/peer_table.h"

namespace quaymaster {
namespace {

constexpr std::string_view kHead = R"(# Kubernetes manifests

What Quaymaster looks for in manifests, and what users of other linters should know. It is written from the rules by `./dev docs`.

## How a manifest is read

As Kubernetes reads it: documents and `List`s give objects; every built-in kind that runs pods is known, and a custom resource with a
pod template is known by its structure. What a container leaves out it has from its pod, and what both leave out from Kubernetes:
a limit without a request is the request, an init container with `restartPolicy: Always` is a sidecar, `yes` and `on` are true.
A setting that is null is not there. Fields that are merged or aliased are seen, and never edited.

What a tool fills in later (`{{ … }}`, `${…}`, `$(…)`) is unknown, and nothing is said about it. Templates of Helm are left alone. A
patch gets only what is true of a part. Kinds that Kubernetes does not have are not held against a schema.

Objects that refer to each other are looked at together: those of a file, and those that the nearest `kustomization.yaml` lists or,
without one, that lie in the same folder. Where they are likely not all, nothing is concluded from what is missing.

## Pod Security Standards

The presets `pss-baseline` and `pss-restricted` give the verdict of the standards and no more:
`quaymaster check --preset pss-restricted deploy/`.

## Coming from another linter

Their names are understood wherever a rule is named, for those checks that are listed below: `--ignore trivy:KSV-0014`,
`rules: {kube-linter:latest-tag: off}`. So are the comments and annotations by which kube-linter, kube-score, Polaris and Checkov are
told to be silent.

)";

struct Tool {
  std::string_view prefix;
  std::string_view name;
};

constexpr std::array kTools{Tool{"kube-linter:", "kube-linter"}, Tool{"kube-score:", "kube-score"},
                            Tool{"polaris:", "Polaris"},         Tool{"trivy:", "Trivy"},
                            Tool{"checkov:", "Checkov"},         Tool{"kubescape:", "Kubescape"},
                            Tool{"kubesec:", "Kubesec"}};

bool stands_for(const Rule& rule, std::string_view identifier) {
  return std::ranges::any_of(rule.variants, [&](const Variant& variant) {
    return std::ranges::any_of(variant.aliases, [&](const Alias& alias) {
      return alias.language == Language::Kubernetes && alias.identifier == identifier;
    });
  });
}

/// The checks of a tool that some rule stands for, sorted.
std::vector<std::string_view> checks_of_tool(const Tool& tool, const RuleSet& rules) {
  std::vector<std::string_view> checks;
  for (const Rule* rule : rules)
    for (const Variant& variant : rule->variants)
      for (const Alias& alias : variant.aliases)
        if (alias.language == Language::Kubernetes && alias.identifier.starts_with(tool.prefix))
          checks.push_back(alias.identifier);
  std::ranges::sort(checks);
  checks.erase(std::ranges::unique(checks).begin(), checks.end());
  return checks;
}

std::string table_of(const Tool& tool, const RuleSet& rules) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string_view check : checks_of_tool(tool, rules)) {
    std::vector<std::string_view> names;
    for (const Rule* rule : rules)
      if (stands_for(*rule, check)) names.push_back(rule->name);
    rows.push_back({inline_code(std::string(check.substr(tool.prefix.size()))), rule_links(names)});
  }
  return rows.empty() ? "" : "\n### " + std::string(tool.name) + "\n\n" + table({"check", "rule"}, rows);
}

}  // namespace

std::string kubernetes_page(const RuleSet& rules) {
  std::string out(kHead);
  out += "## All that is looked for\n\n" + subject_table(kubernetes_subjects());
  out += "\n## By the names of other linters\n";
  for (const Tool& tool : kTools) out += table_of(tool, rules);
  return out;
}

}  // namespace quaymaster
