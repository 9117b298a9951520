#pragma once
#include <span>
#include <string>
#include <string_view>

#include "quaymaster/rule.h"

namespace quaymaster {

/// A check of hadolint or of BuildKit.
struct PeerCheck {
  std::string_view alias;         ///< "hadolint:DL3006"
  std::string_view finds;         ///< what it reports, with a full stop
  std::string_view why_not = {};  ///< why there is no rule for it; empty when there is one
};

/// All of them, hadolint's first.
[[nodiscard]] std::span<const PeerCheck> peer_checks();

/// The page for who comes from these tools, docs/hadolint-and-buildkit.md: each check with the rules that stand for it,
/// or the reason why none does, and what is to be changed.
[[nodiscard]] std::string peer_page(const RuleSet& rules);

}  // namespace quaymaster
