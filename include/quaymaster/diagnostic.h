#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/fix.h"
#include "quaymaster/text.h"

namespace quaymaster {

struct Rule;
struct Variant;

/// Ordered from the worst.
enum class Severity : std::uint8_t {
  Error,        ///< it will be refused, or hands over the host
  Warning,      ///< an anti-pattern, with high confidence
  Information,  ///< depends on context
  Hint,         ///< a habit
};

/// "error", "warning", "information" or "hint".
[[nodiscard]] std::string_view to_string(Severity severity);
[[nodiscard]] std::optional<Severity> parse_severity(std::string_view name);

/// What an editor may do with the marked text (LSP `DiagnosticTag`).
enum class DiagnosticTag : std::uint8_t { None, Unnecessary, Deprecated };

/// A second place that explains a diagnostic, in the same file.
struct RelatedPlace {
  TextRange range;
  std::string message;

  friend bool operator==(const RelatedPlace&, const RelatedPlace&) = default;
};

/// One finding, ready to be shown. Ranges are absolute in the analysed text.
struct Diagnostic {
  const Rule* rule = nullptr;        ///< never null; lives as long as the RuleSet's rules (static)
  const Variant* variant = nullptr;  ///< never null; a member of `rule->variants`
  Severity severity = Severity::Warning;
  TextRange range;
  std::string message;                    ///< what is wrong here; at most 90 characters, no full stop, secrets masked
  std::vector<std::string_view> aliases;  ///< the peers' checks that would report this, e.g. "hadolint:DL3007"
  std::vector<Fix> fixes;                 ///< alternatives, best first; at most one is ever applied
  std::vector<RelatedPlace> related;
  DiagnosticTag tag = DiagnosticTag::None;

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// Rule and variant as a user writes them: "unpinned-package/pip", or only the rule where it has one variant.
[[nodiscard]] std::string code_of(const Diagnostic& diagnostic);

}  // namespace quaymaster
