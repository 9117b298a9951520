#pragma once
#include <string>
#include <string_view>

#include "quaymaster/diagnostic.h"
#include "quaymaster/rule.h"

namespace quaymaster {

/// Whether `item`, as users write it to select or suppress, names the variant itself: its rule, the variant, or its
/// family.
[[nodiscard]] bool names_variant(std::string_view item, const Rule& rule, const Variant& variant);

/// Whether `item` is the peer's check `alias`, with its tool ("hadolint:DL3008") or without ("dl3008").
[[nodiscard]] bool names_alias(std::string_view item, std::string_view alias);

/// Whether `item` names what was found: "all", its variant, or a peer's check that would report it.
[[nodiscard]] bool names_finding(std::string_view item, const Diagnostic& diagnostic);

/// The code when `item` is a check of ShellCheck, which is no rule of ours: "SC2086" for "sc2086", "shellcheck:SC2086"
/// and "hadolint:SC2086". Else empty.
[[nodiscard]] std::string shellcheck_code(std::string_view item);

}  // namespace quaymaster
