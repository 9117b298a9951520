#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/yaml/document.h"
#include "quaymaster/diagnostic.h"
#include "quaymaster/rule.h"

namespace quaymaster::workspace {

/// What findings in configuration files are reported under. It is no member of a rule set: nobody can switch it off,
/// since a configuration that is not understood may say anything.
[[nodiscard]] const Rule& configuration_rule();

/// Gathers what is wrong with one configuration file; no more than anybody would read.
class Problems {
 public:
  /// There is text that is no YAML.
  void add_syntax(const yaml::Document& document);
  void add_wrong_type(TextRange at, std::string message);
  /// `name` is none of `known`: with the nearest one as a fix. `what` is "key", "rule" …
  void add_unknown(TextRange at, std::string_view name, std::string_view what, std::span<const std::string_view> known);
  void add_unknown_item(TextRange at, std::string_view name, std::string_view nearest);
  void add_extends(TextRange at, std::string message);

  [[nodiscard]] bool full() const;
  /// Sorted by range.
  [[nodiscard]] std::vector<Diagnostic> take();

 private:
  void add(std::string_view variant, TextRange at, std::string message, std::vector<Fix> fixes = {});
  void add_name(std::string_view variant, TextRange at, std::string_view name, std::string_view what,
                std::string_view nearest);

  std::vector<Diagnostic> diagnostics_;
};

/// `name` in backquotes, cut where it is long.
[[nodiscard]] std::string quoted_name(std::string_view name);

}  // namespace quaymaster::workspace
