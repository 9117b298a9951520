#include "quaymaster/diagnostic.h"

#include <algorithm>
#include <array>

#include "quaymaster/rule.h"

namespace quaymaster {
namespace {

constexpr std::array<std::string_view, 4> kSeverities{"error", "warning", "information", "hint"};
constexpr std::array<std::string_view, 3> kApplicabilities{"display-only", "unsafe", "safe"};

}  // namespace

std::string_view to_string(Severity severity) { return kSeverities[static_cast<std::size_t>(severity)]; }

std::optional<Severity> parse_severity(std::string_view name) {
  const auto* found = std::ranges::find(kSeverities, name);
  if (found == kSeverities.end()) return std::nullopt;
  return static_cast<Severity>(found - kSeverities.begin());
}

std::string_view to_string(Applicability applicability) {
  return kApplicabilities[static_cast<std::size_t>(applicability)];
}

std::string code_of(const Diagnostic& diagnostic) {
  std::string code(diagnostic.rule->name);
  if (!diagnostic.variant->name.empty()) {
    code += '/';
    code += diagnostic.variant->name;
  }
  return code;
}

}  // namespace quaymaster
