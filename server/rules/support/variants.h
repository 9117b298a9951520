#pragma once
#include <string_view>

#include "quaymaster/rule.h"

/// Variants of rules that look at Dockerfiles only.
namespace quaymaster::rules {

/// What no build takes: an error in every preset that looks for mistakes.
[[nodiscard]] consteval Variant refused(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Error,
          .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
          .languages = Language::Dockerfile};
}

/// The same, which hadolint reports as the error `alias`.
[[nodiscard]] consteval Variant refused(std::string_view name, std::string_view summary, std::string_view alias) {
  return {.name = name,
          .summary = summary,
          .severity = Severity::Error,
          .presets = {{Preset::Recommended, Severity::Error},
                      {Preset::Strict, Severity::Error},
                      {Preset::Hadolint, Severity::Error}},
          .aliases = {{Language::Dockerfile, alias}},
          .languages = Language::Dockerfile};
}

/// What is `severity` in the presets recommended and strict, and a warning of the tool whose preset `peer` is and which
/// calls it `alias`.
[[nodiscard]] consteval Variant reported(std::string_view name, std::string_view summary, Severity severity,
                                         Preset peer, std::string_view alias) {
  return {.name = name,
          .summary = summary,
          .severity = severity,
          .presets = {{Preset::Recommended, severity}, {Preset::Strict, severity}, {peer, Severity::Warning}},
          .aliases = {{Language::Dockerfile, alias}},
          .languages = Language::Dockerfile};
}

}  // namespace quaymaster::rules
