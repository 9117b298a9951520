#include "model/schema/violations.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <unordered_set>
#include <utility>

#include "model/schema/formats.h"
#include "model/schema/kind_of.h"
#include "model/schema/placeholder.h"
#include "model/yaml/aliases.h"
#include "model/yaml/schema.h"
#include "model/yaml/value.h"

namespace quaymaster::schema {
namespace {

using Problem = Violation::Problem;

/// A template (`{{ name }}`) reads as a mapping whose key is a mapping.
bool is_template(const yaml::Node& node) {
  return std::ranges::any_of(node.pairs, [](const yaml::Pair& pair) {
    return pair.key->kind != yaml::Node::Kind::Scalar && pair.key->kind != yaml::Node::Kind::Null;
  });
}

/// `$patch` and the like: directives for who merges the mapping into another one.
bool is_patch(const yaml::Node& node) {
  return std::ranges::any_of(node.pairs, [](const yaml::Pair& pair) { return pair.name().starts_with('$'); });
}

bool takes(Kinds kinds, Kind kind) {
  if (kinds.empty() || kinds.has(kind)) return true;
  // `1.0` may count as whole.
  return (kind == Kind::Integer && kinds.has(Kind::Number)) || (kind == Kind::Number && kinds.has(Kind::Integer));
}

bool is_word(std::string_view name) {
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  });
}

/// What a value in a list begins with: the smallest text that stands for it.
TextRange beginning(const yaml::Node& node) {
  if (!node.pairs.empty()) return node.pairs.front().key_range();
  if (!node.items.empty() && node.items.front().value->pairs.empty() && node.items.front().value->items.empty())
    return node.items.front().value->range;
  return node.items.empty() ? node.range : node.items.front().range;
}

/// The key or the list that a value belongs to.
struct Owner {
  std::string_view name;
  TextRange key_range;  // empty for items of a list
  bool in_list = false;
};

class Judge {
 public:
  Judge(const yaml::Document& document, Reader reader) : document_(document), reader_(reader) {}

  void judge_object(const yaml::Value& object, Node about) {
    if (object.get("sops").present()) return;
    object_ = object.node();
    shared_ = object.shared();
    judge(*object.node(), about, {});
  }

  void judge(const yaml::Node& written, Node about, const Owner& owner) {
    if (!about.present()) return;
    const yaml::Node& node = followed(written);
    if (!node.tag.empty() && node.tag != "!override" && node.tag != "!!str") return;
    if (!first_time(node, about)) return;
    const bool was_shared = std::exchange(shared_, shared_ || written.kind == yaml::Node::Kind::Alias);
    judge_content(node, about, owner);
    shared_ = was_shared;
  }

  [[nodiscard]] std::vector<Violation> take() && {
    std::ranges::stable_sort(found_, {}, [](const Violation& one) { return one.range.begin; });
    return std::move(found_);
  }

 private:
  struct Judged {
    const yaml::Node* node;
    std::uint32_t about;
    friend bool operator==(const Judged&, const Judged&) = default;
  };
  struct JudgedHash {
    std::size_t operator()(const Judged& judged) const {
      return std::hash<const yaml::Node*>()(judged.node) * 31 + judged.about;
    }
  };

  void judge_content(const yaml::Node& node, Node about, const Owner& owner) {
    switch (node.kind) {
      case yaml::Node::Kind::Null: return judge_null(node, about, owner);
      case yaml::Node::Kind::Scalar: return judge_scalar(node, about, owner);
      case yaml::Node::Kind::Mapping: return judge_mapping(node, about, owner);
      case yaml::Node::Kind::Sequence: return judge_sequence(node, about, owner);
      case yaml::Node::Kind::Alias: return;
    }
  }

  /// Where words are listed an empty one is as good as none, and where no string belongs a name stands for what does.
  static bool stands_for_nothing(const yaml::Node& node, Node about) {
    if (about.kinds().has(Kind::String) && about.format() == Format::Any) return node.text.empty();
    return is_placeholder_name(node.text);
  }

  /// Only what has an anchor can be reached more than once.
  bool first_time(const yaml::Node& node, Node about) {
    return node.anchor.empty() || judged_.insert({&node, about.id()}).second;
  }

  void report(Problem problem, TextRange range, const yaml::Node& node, Node about, const Owner& owner,
              std::string_view missing = {}) {
    found_.push_back({problem, range, &node, about, owner.name, owner.in_list, shared_, missing});
  }

  static TextRange place_of(const yaml::Node& node, const Owner& owner) {
    return owner.key_range.empty() ? beginning(node) : owner.key_range;
  }

  void judge_null(const yaml::Node& node, Node about, const Owner& owner) {
    // An alias of nothing and a text that was not read are null, too, and have a text.
    if (!node.range.empty() && !yaml::is_null_word(slice(document_.text(), node.range))) return;
    if (reads_as_kubernetes() || takes(about.kinds(), Kind::Null)) return;
    report(Problem::WrongKind, node.range.empty() ? owner.key_range : node.range, node, about, owner);
  }

  void judge_scalar(const yaml::Node& node, Node about, const Owner& owner) {
    const Kinds kinds = about.kinds();
    if (kinds.empty() && about.format() == Format::Any) return;
    const std::optional<Kind> kind = kind_of(document_, node, reader_);
    // Nearly everything is so, and needs no further look.
    if (kind && takes(kinds, *kind) && about.format() == Format::Any && !about.has_limits()) return;
    const bool filled_in = is_filled_in(node.text, reader_);
    if (reads_as_kubernetes() && (filled_in || stands_for_nothing(node, about))) return;
    const TextRange range = yaml::Value(document_, node).content_range();
    if (!kind || filled_in) {
      if (!kinds.empty() && !kinds.has_scalar()) report(Problem::WrongKind, range, node, about, owner);
      return;
    }
    if (!takes(kinds, *kind)) return report(Problem::WrongKind, range, node, about, owner);
    if (*kind == Kind::String) {
      const std::vector<std::string_view> choices = about.choices();
      if (!choices.empty() && std::ranges::find(choices, node.text) == choices.end())
        return report(Problem::Choice, range, node, about, owner);
      if (!has_format(node.text, about.format())) report(Problem::Format, range, node, about, owner);
      return;
    }
    const std::optional<std::int64_t> number = yaml::Value(document_, node).integer();
    if (number && ((about.minimum() && *number < *about.minimum()) || (about.maximum() && *number > *about.maximum())))
      report(Problem::Bounds, range, node, about, owner);
  }

  void judge_sequence(const yaml::Node& node, Node about, const Owner& owner) {
    if (!takes(about.kinds(), Kind::Sequence))
      return report(Problem::WrongKind, place_of(node, owner), node, about, owner);
    for (const yaml::Item& item : node.items) {
      const Owner list{owner.name, {}, true};
      if (item.value->kind == yaml::Node::Kind::Null && item.value->range.empty())
        judge(*item.value, about.item(), {owner.name, item.range, true});
      else
        judge(*item.value, about.item(), list);
    }
  }

  void judge_mapping(const yaml::Node& node, Node about, const Owner& owner) {
    if (reads_as_kubernetes() && is_template(node)) return;
    if (!takes(about.kinds(), Kind::Mapping))
      return report(Problem::WrongKind, place_of(node, owner), node, about, owner);
    judge_pairs(node, about, owner);
    if (reads_as_kubernetes() && is_patch(node)) return;
    const yaml::Value value(document_, node);
    for (const std::string_view key : about.required())
      if (!value.entry(key)) report(Problem::MissingKey, place_of(node, owner), node, about, owner, key);
  }

  void judge_pairs(const yaml::Node& node, Node about, const Owner& owner) {
    for (const yaml::Pair& pair : node.pairs) {
      if (pair.duplicate || pair.key->kind != yaml::Node::Kind::Scalar) continue;
      if (is_merge(*pair.key))
        judge_merged(*pair.value, about, owner);
      else
        judge_pair(pair, about, owner);
    }
  }

  void judge_merged(const yaml::Node& written, Node about, const Owner& owner) {
    const yaml::Node& value = followed(written);
    const auto judge_one = [&](const yaml::Node& merged) {
      if (merged.kind == yaml::Node::Kind::Mapping && first_time(merged, about)) judge_pairs(merged, about, owner);
    };
    const bool was_shared = std::exchange(shared_, true);
    judge_one(value);
    for (const yaml::Item& item : value.items) judge_one(followed(*item.value));
    shared_ = was_shared;
  }

  void judge_pair(const yaml::Pair& pair, Node about, const Owner& owner) {
    const std::string& key = pair.name();
    if (key.empty() || is_filled_in(key, reader_)) return;
    if (reads_as_kubernetes()) {
      // What the server writes and drops.
      if (pair.key->parent == object_ && key == "status") return;
    } else if (const auto kind = kind_of(document_, *pair.key); kind && *kind != Kind::String) {
      return report(Problem::KeyNotText, pair.key_range(), *pair.key, about, owner);
    }
    const Owner own{key, pair.key_range(), false};
    if (const std::optional<Property> property = about.property(key)) return judge(*pair.value, property->value, own);
    if (about.takes_extensions() && key.starts_with("x-")) return;
    if (about.names() == Names::None) return report(Problem::UnknownKey, pair.key_range(), *pair.key, about, owner);
    if (about.names() == Names::Word && !is_word(key))
      return report(Problem::KeySpelling, pair.key_range(), *pair.key, about, owner);
    judge(*pair.value, about.other(), own);
  }

  [[nodiscard]] bool reads_as_kubernetes() const { return reader_ == Reader::Kubernetes; }

  const yaml::Document& document_;
  Reader reader_;
  const yaml::Node* object_ = nullptr;
  std::vector<Violation> found_;
  std::unordered_set<Judged, JudgedHash> judged_;
  bool shared_ = false;
};

}  // namespace

std::vector<Violation> violations(const yaml::Document& document, Node root) {
  Judge judge(document, Reader::Compose);
  const yaml::Node* node = document.root().node();
  if (node != nullptr && node->kind == yaml::Node::Kind::Mapping) judge.judge(*node, root, {});
  return std::move(judge).take();
}

std::vector<Violation> violations(const yaml::Value& object, Node about) {
  if (!about.present() || !object.is_mapping()) return {};
  Judge judge(*object.document(), Reader::Kubernetes);
  judge.judge_object(object, about);
  return std::move(judge).take();
}

}  // namespace quaymaster::schema
