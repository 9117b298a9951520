#pragma once
#include "model/yaml/document.h"

/// Nodes as they are meant, for those who read what is written (model/yaml/value.h does it by itself).
namespace quaymaster::yaml {

/// What an alias stands for; any other node itself.
[[nodiscard]] inline const Node& followed(const Node& node) {
  return node.kind == Node::Kind::Alias ? *node.target : node;
}

/// Whether the key is `<<`, which brings the pairs of other mappings.
[[nodiscard]] inline bool is_merge(const Node& key) {
  return key.kind == Node::Kind::Scalar && key.style == ScalarStyle::Plain && key.text == "<<";
}

}  // namespace quaymaster::yaml
