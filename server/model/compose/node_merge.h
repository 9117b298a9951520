#pragma once
#include <deque>
#include <string_view>

#include "model/yaml/document.h"

namespace quaymaster::compose {

/// Merges nodes of one document by Compose's rules, without copying what they hold. New nodes go to `nodes`; a mapping
/// or sequence among them has the written one that it stands for as its `target`.
class NodeMerge {
 public:
  NodeMerge(const yaml::Document& document, std::deque<yaml::Node>& nodes) : document_(document), nodes_(nodes) {}

  /// The service `own` on top of the service `base`. Both are mappings. What comes from `base` is reached through a
  /// merge key or an alias.
  const yaml::Node* services(const yaml::Node& own, const yaml::Node& base) { return mappings(own, base, {}, 0); }

 private:
  /// `path` is that of the two values in their service, `build.args`; empty where it no longer matters.
  const yaml::Node* values(const yaml::Node& own, const yaml::Node& base, std::string_view path, int depth);
  const yaml::Node* mappings(const yaml::Node& own, const yaml::Node& base, std::string_view path, int depth);
  const yaml::Node* lists(const yaml::Node& own, const yaml::Node& base, std::string_view path);
  const yaml::Node& as_list(const yaml::Node& node);
  const yaml::Node& as_mapping(const yaml::Node& node, std::string_view path);
  yaml::Node& make(yaml::Node::Kind kind, const yaml::Node& written);

  const yaml::Document& document_;
  std::deque<yaml::Node>& nodes_;
};

}  // namespace quaymaster::compose
