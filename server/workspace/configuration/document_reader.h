#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/yaml/value.h"
#include "quaymaster/rule.h"
#include "workspace/configuration/problems.h"

namespace quaymaster::workspace {

/// Reads typed values out of YAML, and notes where they are something else. Null stands for nothing: it is what a key
/// has while its value is being typed.
class DocumentReader {
 public:
  explicit DocumentReader(const RuleSet& rules) : rules_(rules) {}

  struct Text {
    std::string text;
    TextRange range;  ///< between its quotes
  };
  [[nodiscard]] std::optional<Text> text(const yaml::Value& value);
  /// A string, or a list of them.
  [[nodiscard]] std::vector<Text> texts(const yaml::Value& value);
  [[nodiscard]] std::vector<std::string> strings(const yaml::Value& value);
  /// The same with every one an item that exists (see Layer); others are noted, and left out.
  [[nodiscard]] std::vector<std::string> items(const yaml::Value& value);
  [[nodiscard]] std::optional<bool> boolean(const yaml::Value& value);
  /// The entries of a mapping; none, and noted, for anything else.
  [[nodiscard]] std::vector<yaml::Entry> mapping(const yaml::Value& value);
  [[nodiscard]] std::vector<yaml::Element> sequence(const yaml::Value& value);

  void unknown_key(const yaml::Entry& entry, std::span<const std::string_view> known);

  Problems problems;

 private:
  const RuleSet& rules_;
};

/// The first document of a configuration file.
[[nodiscard]] std::shared_ptr<const yaml::Document> parse_configuration(std::string_view text);

/// The text of a key or a scalar between its quotes.
[[nodiscard]] TextRange inside_quotes(const yaml::Document& document, TextRange range);

}  // namespace quaymaster::workspace
