#pragma once
#include <span>
#include <string>
#include <string_view>

#include "features/rule_page/peer_checks.h"
#include "quaymaster/rule.h"

namespace quaymaster {

/// Links to the pages of the rules, with commas between them.
[[nodiscard]] std::string rule_links(std::span<const std::string_view> names);

/// A Markdown table of those of `checks` whose alias begins with `tool` ("hadolint:"): each with the rules that stand
/// for it, or the reason why none does.
[[nodiscard]] std::string checks_of(std::string_view tool, std::span<const PeerCheck> checks, const RuleSet& rules);

/// What is looked for in files of one format, with the rules that do or the reason why none does, as a table.
[[nodiscard]] std::string subject_table(std::span<const Subject> subjects);

}  // namespace quaymaster
