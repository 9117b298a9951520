#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/shellcheck/findings.h"
#include "quaymaster/analyzer.h"
#include "workspace/configuration/peer_files.h"
#include "workspace/discovery.h"

namespace quaymaster::cli {

/// A file that was analysed. After a repair the analysis is that of the repaired text.
struct CheckedFile {
  std::string path;  ///< as given, or below the given folder
  Analysis analysis;
  std::uint32_t fixed = 0;  ///< fixes that were written
  /// It is a configuration file that was used, with what is wrong with it; its language means nothing.
  bool configuration = false;
  std::shared_ptr<shellcheck::Rules> shellcheck = {};  ///< what its findings of ShellCheck refer to
  std::optional<workspace::FailLimit> limit = {};      ///< from which severity on it fails, unless an option says so
  /// How many findings equal to it each finding comes after, where some were taken out since; else empty.
  std::vector<std::uint32_t> repetitions = {};
};

/// What `check` found out. The order of everything is the order of the paths.
struct Report {
  std::vector<CheckedFile> files;
  std::vector<workspace::PathMessage> errors;  ///< what could not be read or written
  std::vector<workspace::PathMessage> notes;   ///< what the user may want to know, and need not
  std::uint32_t known = 0;                     ///< findings that a baseline knows, which are not among the others
  std::string diff;                            ///< what the fixes would do, when that was asked for
  std::optional<std::string> standard_input;   ///< its text, repaired when that was asked for; empty after an error
};

/// How often a severity, a family or a rule occurs, and what can be repaired.
struct Counts {
  std::uint32_t findings = 0;
  std::uint32_t files = 0;  ///< files with findings
  std::uint32_t suppressed = 0;
  std::uint32_t safe = 0;    ///< findings with a safe fix
  std::uint32_t unsafe = 0;  ///< findings with an unsafe fix at best
  std::uint32_t fixed = 0;
  std::array<std::uint32_t, 4> by_severity{};
  std::array<std::uint32_t, kFamilyCount> by_family{};

  [[nodiscard]] std::uint32_t of(Severity severity) const { return by_severity[static_cast<std::size_t>(severity)]; }
};
[[nodiscard]] Counts count(const Report& report);

/// One row of --statistics.
struct RuleCount {
  std::string code;  ///< rule and variant
  const Diagnostic* example = nullptr;
  std::uint32_t findings = 0;
  std::uint32_t fixable = 0;  ///< with a safe or unsafe fix
};
/// The rules by the number of their findings, most first, then by name.
[[nodiscard]] std::vector<RuleCount> count_by_rule(const Report& report);

/// The first fix of a finding that can be applied: the safest. Null when there is none.
[[nodiscard]] const Fix* best_fix(const Diagnostic& diagnostic);

}  // namespace quaymaster::cli
