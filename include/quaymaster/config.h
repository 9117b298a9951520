#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/rule.h"

namespace quaymaster {

/// Which findings a user wants, as written in options or a configuration file. An item is a rule
/// ("floating-image-tag"), a variant ("unpinned-package/pip"), a family ("state"), a preset ("strict"), "all", or a
/// peer's code with or without its tool ("hadolint:DL3008", "DL3008").
struct Selection {
  std::string preset = "recommended";              ///< a preset, or "all"
  std::optional<std::vector<std::string>> select;  ///< replaces the preset's set
  std::vector<std::string> extend_select;          ///< adds to it
  std::vector<std::string> ignore;                 ///< takes away, after all else
};

/// An item that names nothing, and the nearest name that exists (empty when none is near).
struct UnknownItem {
  std::string item;
  std::string suggestion;
};

/// What a selection means for one rule set: the severity, or off, of each variant in each language. A value; immutable
/// once made; cheap to ask.
class Settings {
 public:
  /// The severity of what `variant`, a member of `rule.variants`, finds in a file of `language`; empty when it is off.
  /// The rule must be of the rule set that the settings were made for.
  [[nodiscard]] std::optional<Severity> severity(const Rule& rule, const Variant& variant, Language language) const;
  /// Whether any variant of `rule` is on in `language`.
  [[nodiscard]] bool any(const Rule& rule, Language language) const;
  /// Equal fingerprints mean equal settings.
  [[nodiscard]] std::uint64_t fingerprint() const { return fingerprint_; }

 private:
  friend struct SettingsBuilder;
  struct RuleEntry {
    const Rule* rule;
    std::array<std::array<std::optional<Severity>, 3>, 16> severities;  // by variant, then by language
  };
  [[nodiscard]] const RuleEntry* entry(const Rule& rule) const;

  std::vector<RuleEntry> entries_;  // sorted by rule address
  std::uint64_t fingerprint_ = 0;
};

struct ResolvedSelection {
  Settings settings;
  std::vector<UnknownItem> unknown;  ///< in the order of preset, select, extend_select, ignore
};

/// Never fails: unknown items are left out and reported.
[[nodiscard]] ResolvedSelection resolve(const RuleSet& rules, const Selection& selection);

}  // namespace quaymaster
