#include <set>
#include <string>
#include <utility>

#include "features/completion/kubernetes_words.h"
#include "features/completion/sources.h"
#include "features/completion/yaml_sketch.h"

namespace quaymaster {
namespace {

using Path = std::vector<std::string_view>;
using Role = SketchPlace::Role;
using Taken = std::set<std::string_view>;

class KubernetesCompletion {
 public:
  KubernetesCompletion(std::string_view text, std::uint32_t offset)
      : text_(text), sketch_(text, document_at(text, offset), offset), place_(sketch_.place()) {}

  Completions find() {
    path_ = sketch_.path(place_.parent);
    find_object();
    result_.range = place_.word;
    switch (place_.role) {
      case Role::Nothing:
      case Role::Alias: return {};
      case Role::Value: add_values({}); break;
      case Role::Key: add_keys(false); break;
      case Role::Start: add_start(); break;
    }
    separate(result_.items, place_);
    return std::move(result_);
  }

 private:
  /// The object is the document, or an item of the list that the document is.
  void find_object() {
    std::size_t object = 0;
    if (path_.size() > 1 && path_[0] == "items" && path_[1] == "-") {
      object = place_.parent;
      while (sketch_.nodes()[sketch_.nodes()[object].parent].key != "items") object = sketch_.nodes()[object].parent;
      path_.erase(path_.begin(), path_.begin() + 2);
    }
    for (const std::size_t node : sketch_.children(object)) {
      const SketchNode& child = sketch_.nodes()[node];
      if (child.key == "apiVersion") type_.api_version = slice(text_, child.value);
      if (child.key == "kind") type_.kind = slice(text_, child.value);
    }
  }

  /// Where a value begins: an item, or what a key has below it.
  void add_start() {
    if (sketch_.nodes()[place_.parent].kind == SketchNode::Kind::Item) {
      add_values(said_beside(place_.parent));
      add_keys(false);
      return;
    }
    const std::vector<std::size_t> below = sketch_.children(place_.parent);
    const bool has_items = !below.empty() && sketch_.nodes()[below.front()].kind == SketchNode::Kind::Item;
    if (!has_items) add_keys(false);
    if ((!below.empty() && !has_items) || !place_.own_row) return;
    path_.emplace_back("-");
    Taken taken;
    for (const std::size_t item : below) taken.insert(slice(text_, sketch_.nodes()[item].value));
    add_values(taken, true);
    add_keys(true);
  }

  /// What the other items of the list say.
  [[nodiscard]] Taken said_beside(std::size_t item) const {
    Taken taken;
    for (const std::size_t sibling : sketch_.children(sketch_.nodes()[item].parent))
      if (sibling != item) taken.insert(slice(text_, sketch_.nodes()[sibling].value));
    return taken;
  }

  /// The keys of the mapping at the cursor that are not there yet. `dash`: of an item that has no dash yet.
  void add_keys(bool dash) {
    Taken taken;
    if (!dash)
      for (const std::size_t node : sketch_.children(place_.parent)) taken.insert(sketch_.nodes()[node].key);
    for (const SchemaKey& key : kubernetes_keys(type_, path_)) {
      if (taken.contains(key.name)) continue;
      CompletionItem item = key_item(key, place_, dash);
      path_.push_back(key.name);
      item.about = kubernetes_about(type_, path_);
      path_.pop_back();
      result_.items.push_back(std::move(item));
    }
  }

  /// The scalars that may stand at the path.
  void add_values(const Taken& taken, bool dash = false) {
    const bool kind = path_.size() == 1 && path_[0] == "kind";
    for (const std::string_view value : kubernetes_values(type_, path_)) {
      if (taken.contains(value)) continue;
      CompletionItem item{.label = std::string(value), .kind = CompletionItem::Kind::Value};
      item.text = (dash ? "- " : "") + item.label;
      if (kind) item.about = kubernetes_about({type_.api_version, value}, {});
      result_.items.push_back(std::move(item));
    }
  }

  std::string_view text_;
  YamlSketch sketch_;
  const SketchPlace& place_;
  Path path_;
  ObjectType type_;
  Completions result_;
};

}  // namespace

Completions kubernetes_completions(const Analysis& analysis, std::uint32_t offset) {
  return KubernetesCompletion(analysis.source.text, offset).find();
}

}  // namespace quaymaster
