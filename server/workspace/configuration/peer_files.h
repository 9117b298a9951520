#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/config.h"
#include "workspace/configuration/file_choice.h"

namespace quaymaster::workspace {

/// From which severity on `check` fails.
struct FailLimit {
  std::optional<Severity> from;  ///< empty: never
};

/// What the configuration of another tool says, in our terms. It speaks about the files that the tool reads, and about
/// the findings that stand for its checks; what it says about checks that we do not have is passed over.
struct PeerFile {
  Layer layer;  ///< without an origin
  std::vector<FileRule> files;
  std::optional<FailLimit> limit;        ///< for the files of the layer's language
  std::vector<std::string> no_rule_for;  ///< its checks that are named, and that there is no rule for
  std::vector<Diagnostic> diagnostics;   ///< what is not YAML, or not of the kind that the tool takes
};

/// `.hadolint.yaml`: ignored, override, trustedRegistries, label-schema, strict-labels, failure-threshold, no-fail,
/// disable-ignore-pragma.
[[nodiscard]] PeerFile read_hadolint_file(std::string_view text, const RuleSet& rules);
/// `.kube-linter.yaml`: checks.include, exclude, addAllBuiltIn and doNotAutoAddDefaults, and checks.ignorePaths.
[[nodiscard]] PeerFile read_kube_linter_file(std::string_view text, const RuleSet& rules);
/// `.dclintrc`: rules and exclude.
[[nodiscard]] PeerFile read_dclint_file(std::string_view text, const RuleSet& rules);

}  // namespace quaymaster::workspace
