#pragma once
#include <span>
#include <string>
#include <string_view>

#include "quaymaster/rule.h"

namespace quaymaster {

/// A check of another tool.
struct PeerCheck {
  std::string_view alias;         ///< "hadolint:DL3006"
  std::string_view finds;         ///< what it reports, with a full stop
  std::string_view why_not = {};  ///< why there is no rule for it; empty when there is one
};

/// All checks of hadolint and of BuildKit, hadolint's first.
[[nodiscard]] std::span<const PeerCheck> peer_checks();
/// All checks of dclint and of compose-lint.
[[nodiscard]] std::span<const PeerCheck> compose_peer_checks();

/// Something that can be wrong with a file of one format, whoever looks for it.
struct Subject {
  Family family;
  std::string_view finds;                 ///< with a full stop
  StaticList<std::string_view, 4> rules;  ///< their names; empty when there is none
  std::string_view why_not = {};          ///< why there is no rule for it
};

/// What the tools and benchmarks that know Compose files look for, and what none of them does, by family.
[[nodiscard]] std::span<const Subject> compose_subjects();
/// The same of Kubernetes manifests: each check of the tools that know them, once.
[[nodiscard]] std::span<const Subject> kubernetes_subjects();

/// The page for who comes from these tools, docs/hadolint-and-buildkit.md: each check with the rules that stand for it,
/// or the reason why none does, and what is to be changed.
[[nodiscard]] std::string peer_page(const RuleSet& rules);

/// The page about Compose files, docs/compose.md: for who comes from dclint or compose-lint, and all that is looked
/// for.
[[nodiscard]] std::string compose_page(const RuleSet& rules);

/// The page about Kubernetes manifests, docs/kubernetes.md: how they are read, and all that is looked for.
[[nodiscard]] std::string kubernetes_page(const RuleSet& rules);

}  // namespace quaymaster
