#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/shellcheck/shell_texts.h"
#include "quaymaster/analyzer.h"
#include "quaymaster/config.h"

namespace quaymaster::shellcheck {

/// A part of a repair: `text` takes the place of what is between two places of the script.
struct Replacement {
  Position begin;
  Position end;
  std::string text;
};

/// What a configuration says about the checks of ShellCheck, by their codes ("SC2086").
class CodeSettings {
 public:
  CodeSettings() = default;
  /// Later layers win over earlier ones, as everywhere.
  explicit CodeSettings(const std::vector<Layer>& layers);

  /// The severity of a finding that ShellCheck gives `own`; empty when it is not wanted.
  [[nodiscard]] std::optional<Severity> severity(const std::string& code, Severity own) const;

 private:
  std::map<std::string, RuleSetting> settings_;
};

/// What ShellCheck says.
struct Comment {
  std::size_t text = 0;  ///< in the list of texts
  Position begin;
  Position end;
  Severity severity = Severity::Warning;
  std::uint32_t code = 0;  ///< 2086
  std::string message;
  std::vector<Replacement> replacements;  ///< all of them are one repair
};

/// The checks of ShellCheck as rules, "shellcheck:SC2086", one for each that was asked for. Diagnostics refer to them,
/// so that they have to live as long.
class Rules {
 public:
  [[nodiscard]] const Rule& of(std::uint32_t code);

 private:
  struct Entry {
    std::string name;
    Rule rule;
  };
  std::map<std::uint32_t, std::unique_ptr<Entry>> entries_;
};

struct Findings {
  std::vector<Diagnostic> diagnostics;  ///< sorted as those of an analysis
  std::uint32_t suppressed = 0;
};

/// The comments as findings at their places in the analysed text. `texts` are those of `analysis`; comments about
/// others, and about codes that are off, are left out, and what comments in the Dockerfile silence is
/// counted. ShellCheck's replacements become an unsafe fix where the text can hold them.
[[nodiscard]] Findings findings(const Analysis& analysis, const std::vector<ShellText>& texts,
                                const std::vector<Comment>& comments, const CodeSettings& settings,
                                const SuppressionPolicy& policy, Rules& rules);

}  // namespace quaymaster::shellcheck
