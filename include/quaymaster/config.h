#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "quaymaster/language.h"
#include "quaymaster/rule.h"

namespace quaymaster {

/// What is set for the findings that an item names.
struct RuleSetting {
  std::string item;                                            ///< see Selection
  enum class State : std::uint8_t { Unset, Off, On } state{};  ///< On: with `severity`, or its own when there is none
  std::optional<Severity> severity = {};
  std::vector<std::pair<std::string, OptionValue>> options = {};  ///< of the rule that `item` names
};

/// What the value of a label has to look like.
enum class LabelFormat : std::uint8_t { Text, Email, Hash, Rfc3339, SemVer, Spdx, Url };
inline constexpr std::size_t kLabelFormatCount = 7;
/// "text", "email", "hash", "rfc3339", "semver", "spdx" or "url".
[[nodiscard]] std::string_view to_string(LabelFormat format);
[[nodiscard]] std::optional<LabelFormat> parse_label_format(std::string_view name);

/// A label that images must have.
struct RequiredLabel {
  std::string name;
  LabelFormat format = LabelFormat::Text;

  friend bool operator==(const RequiredLabel&, const RequiredLabel&) = default;
};

struct KubernetesVersion {
  std::uint32_t major = 1;
  std::uint32_t minor = 0;

  friend auto operator<=>(const KubernetesVersion&, const KubernetesVersion&) = default;
};

/// What builds the images.
enum class Builder : std::uint8_t { BuildKit, Docker, Buildah, Kaniko };
inline constexpr std::size_t kBuilderCount = 4;
/// "buildkit", "docker" (the builder before BuildKit), "buildah" or "kaniko".
[[nodiscard]] std::string_view to_string(Builder builder);
[[nodiscard]] std::optional<Builder> parse_builder(std::string_view name);

/// What a project says about itself, for every rule that wants to know. What is absent was not said.
struct Project {
  std::optional<StringList> trusted_registries = {};  ///< "docker.io", "*.example.org"
  std::vector<RequiredLabel> labels = {};
  std::optional<bool> strict_labels = {};  ///< no other labels than those
  std::optional<KubernetesVersion> kubernetes = {};
  std::optional<Builder> builder = {};

  friend bool operator==(const Project&, const Project&) = default;
};

/// Which suppressions in the files themselves count. What is absent was not said: then all do.
struct SuppressionPolicy {
  std::optional<bool> inline_comments = {};  ///< false: none, annotations included
  std::optional<bool> require_reason = {};   ///< true: only those that give one
  std::optional<bool> hadolint_pragmas = {};

  friend bool operator==(const SuppressionPolicy&, const SuppressionPolicy&) = default;
};

/// What one source says: a configuration file, an editor, the command line. An item is a rule ("floating-image-tag"), a
/// variant ("unpinned-package/pip"), a family ("state"), a preset ("strict", or "strict@1.0": what it had in that
/// release), "all", or a peer's code with or without its tool ("hadolint:DL3008", "DL3008").
struct Layer {
  std::string origin = {};                ///< for people: ".quaymaster.yaml", "command line"
  Languages languages = kAllLanguages;    ///< the files that it speaks about
  std::vector<std::string> presets = {};  ///< unless empty, in the place of what earlier layers say here
  std::optional<std::vector<std::string>> select =
      {};                                       ///< in the place of the presets and of what earlier layers select
  std::vector<std::string> extend_select = {};  ///< adds to it
  std::vector<std::string> ignore = {};         ///< takes away
  std::vector<RuleSetting> rules = {};          ///< has the last word in its layer
  Project project = {};
  SuppressionPolicy suppressions = {};
};

/// Which findings a user wants, as written in options.
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

/// What all layers together mean for one rule set: the severity, or off, of each variant in each language, and the
/// options of the rules. A value; immutable once made; cheap to ask.
class Settings {
 public:
  /// The severity of what `variant`, a member of `rule.variants`, finds in a file of `language`; empty when it is off.
  /// The rule must be of the rule set that the settings were made for.
  [[nodiscard]] std::optional<Severity> severity(const Rule& rule, const Variant& variant, Language language) const;
  /// Whether any variant of `rule` is on in `language`.
  [[nodiscard]] bool any(const Rule& rule, Language language) const;
  /// What an option of the rule is set to, or its default. The rule must be of the rule set, and have the option.
  [[nodiscard]] const OptionValue& option(const Rule& rule, std::string_view name) const;
  [[nodiscard]] const Project& project() const { return project_; }
  [[nodiscard]] const SuppressionPolicy& suppressions() const { return suppressions_; }
  /// Equal fingerprints mean equal settings.
  [[nodiscard]] std::uint64_t fingerprint() const { return fingerprint_; }

 private:
  friend struct SettingsBuilder;
  struct RuleEntry {
    const Rule* rule;
    std::array<std::array<std::optional<Severity>, 3>, 16> severities;  // by variant, then by language
    std::vector<OptionValue> options;                                   // in the order of the rule's
  };
  [[nodiscard]] const RuleEntry* entry(const Rule& rule) const;

  std::vector<RuleEntry> entries_;  // sorted by rule address
  Project project_;
  SuppressionPolicy suppressions_;
  std::uint64_t fingerprint_ = 0;
};

/// Which layers decided what: the places of the last ones in the list that was resolved. -1: none did.
struct Provenance {
  struct OfVariant {
    const Rule* rule;
    const Variant* variant;
    std::array<int, 3> layers;  ///< by language
  };
  struct OfOption {
    const Rule* rule;
    std::string_view option;
    int layer = -1;
  };
  std::vector<OfVariant> variants;  ///< of every rule of the set, in its order
  std::vector<OfOption> options;
};

struct ResolvedSelection {
  Settings settings;
  std::vector<UnknownItem>
      unknown;  ///< in the order of the layers; of each: presets, select, extend_select, ignore, rules
  Provenance provenance;
};

/// Later layers win over earlier ones. Without any preset there is nothing on but what is selected. Never fails:
/// unknown items are left out and reported.
[[nodiscard]] ResolvedSelection resolve_layers(const RuleSet& rules, const std::vector<Layer>& layers);
/// The same for one layer that is a selection.
[[nodiscard]] ResolvedSelection resolve(const RuleSet& rules, const Selection& selection);

}  // namespace quaymaster
