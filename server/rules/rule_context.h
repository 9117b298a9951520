#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "quaymaster/config.h"
#include "quaymaster/diagnostic.h"
#include "quaymaster/language.h"
#include "quaymaster/rule.h"

namespace quaymaster {

/// What a rule says it found. Ranges are those of the checked value: relative to its segment in a check of a part,
/// absolute in a check of a whole file.
struct Report {
  std::string_view variant = {};  ///< empty for the only variant
  TextRange range;                ///< tight: the tag, the flag, the key, the word
  std::string message;
  std::vector<Fix> fixes = {};
  std::vector<RelatedPlace> related = {};
  DiagnosticTag tag = DiagnosticTag::None;
  /// When given, only these of the variant's aliases would report this very thing.
  std::optional<std::vector<std::string_view>> aliases = {};
};

/// A finding as it is cached: still relative to its segment.
struct Finding {
  Diagnostic diagnostic;
  /// The container or object that was being looked at, for findings in text that several share; empty when there is
  /// none.
  std::string subject;
  TextRange subject_range;

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// What a check may ask, and where it reports. Made anew for each rule and segment.
class RuleContext {
 public:
  RuleContext(const Rule& rule, const Settings& settings, Language language, std::string_view path,
              std::vector<Finding>& findings)
      : rule_(rule), settings_(settings), language_(language), path_(path), findings_(findings) {}

  [[nodiscard]] Language language() const { return language_; }
  /// The name of the file, for what it says; '/' separates. The same in all analyses that share a cache.
  [[nodiscard]] std::string_view path() const { return path_; }
  /// What stands around the instruction; null outside of the instructions of a Dockerfile.
  [[nodiscard]] const dockerfile::Context* instruction_context() const { return instruction_context_; }
  /// Whether the variant is on, for checks that would be dear to do in vain.
  [[nodiscard]] bool enabled(std::string_view variant) const;

  /// What an option of this rule is set to.
  template <class Value>
  [[nodiscard]] const Value& get(const Option<Value>& option) const {
    return std::get<Value>(settings_.option(rule_, option.name));
  }
  /// What the project says about itself.
  [[nodiscard]] const Project& project() const { return settings_.project(); }

  /// Adds a finding, unless its variant is off. `variant` must be one of the rule.
  void report(Report report);

  /// For the analysis layer.
  void set_instruction_context(const dockerfile::Context* context) { instruction_context_ = context; }
  void set_subject(std::string name, TextRange range) {
    subject_ = std::move(name);
    subject_range_ = range;
  }

 private:
  const Rule& rule_;
  const Settings& settings_;
  Language language_;
  std::string_view path_;
  std::vector<Finding>& findings_;
  const dockerfile::Context* instruction_context_ = nullptr;
  std::string subject_;
  TextRange subject_range_;
};

}  // namespace quaymaster
