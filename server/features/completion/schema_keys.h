#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "features/completion/completion.h"
#include "features/completion/yaml_sketch.h"
#include "model/schema/schema.h"
#include "quaymaster/text.h"

/// What completion in YAML has in common, whatever the format.
namespace quaymaster {

struct SchemaKey {
  std::string_view name;
  std::string detail;  ///< what it takes, in a word or two
  /// What follows the colon in block style, as far as there is no choice.
  enum class Shape : std::uint8_t { Scalar, Mapping, Sequence } shape = Shape::Scalar;
};
/// The keys of a mapping, in order of their names, without those that are deprecated.
[[nodiscard]] std::vector<SchemaKey> schema_keys(schema::Node mapping);

/// What writes the key at the place. `dash`: as the first key of an item that has no dash yet.
[[nodiscard]] CompletionItem key_item(const SchemaKey& key, const SketchPlace& place, bool dash = false);

/// Puts a blank before the items where the cursor touches the colon or the dash.
void separate(std::vector<CompletionItem>& items, const SketchPlace& place);

/// The YAML document of `text` that the offset is in.
[[nodiscard]] TextRange document_at(std::string_view text, std::uint32_t offset);

}  // namespace quaymaster
