#pragma once
#include <optional>
#include <string_view>
#include <vector>

/// The keys at the top of a YAML document, found line by line: enough to tell what kind of file it is, in time that is
/// nothing beside a parse.
namespace quaymaster {

struct TopKey {
  std::string_view name;   ///< without quotes
  std::string_view value;  ///< what follows on the line, without comment and quotes; empty for a collection below
  std::string_view below;  ///< the lines that belong to it, behind the line of the key
};

struct Outline {
  std::vector<TopKey> keys;
  bool is_mapping = true;  ///< false: the document has another kind of value at its top
  bool templated = false;  ///< it has lines or expressions of a Go template as Helm writes them
  [[nodiscard]] bool empty() const { return keys.empty() && is_mapping; }
  [[nodiscard]] const TopKey* find(std::string_view name) const;
};

/// `document` is one document: see `yaml_documents`.
[[nodiscard]] Outline outline(std::string_view document);
/// The keys of the mapping that `lines` hold, as `TopKey::below` gives them.
[[nodiscard]] Outline outline_below(std::string_view lines);

}  // namespace quaymaster
