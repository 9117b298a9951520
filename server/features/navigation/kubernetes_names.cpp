#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "features/navigation/name_finders.h"
#include "model/kubernetes/brief.h"
#include "model/kubernetes/references.h"
#include "model/kubernetes/selected.h"
#include "model/kubernetes/workload.h"

namespace quaymaster {
namespace {

using Kind = Name::Kind;
using Spelling = Mention::Spelling;
using kubernetes::Brief;
using kubernetes::Object;

class ObjectNames {
 public:
  explicit ObjectNames(const kubernetes::File& file) : file_(file) {}

  std::vector<Name> find() && {
    for_each_object(
        [this](const Object& object, const Brief& brief, std::uint32_t begin) { declare(object, brief, begin); });
    for_each_object([this](const Object& object, const Brief&, std::uint32_t begin) { read(object, begin); });
    for_each_object([this](const Object& object, const Brief& brief, std::uint32_t begin) {
      if (brief.runs_pods) add_labels(object, brief, begin);
    });
    return std::move(names_);
  }

 private:
  /// Kind of object, namespace, name, key of its data.
  using Key = std::tuple<std::string, std::string, std::string, std::string>;

  template <class Visit>
  void for_each_object(Visit visit) const {
    for (const kubernetes::File::Part& part : file_.parts)
      for (std::size_t i = 0; i < part.manifest->objects.size(); ++i)
        visit(part.manifest->objects[i], (*part.manifest->briefs)[i], part.begin);
  }

  static Spelling spelling(const Object& object, TextRange range, std::string_view text) {
    return slice(object.value.document()->text(), range) == text ? Spelling::Name : Spelling::Other;
  }

  static std::string space(const std::optional<std::string>& name) { return name.value_or("default"); }

  void declare(const Object& object, const Brief& brief, std::uint32_t begin) {
    const std::optional<Kind> kind = name_kind(object.kind, brief.runs_pods);
    if (!kind || object.name.empty()) return;
    declare({object.kind, space(object.namespace_name), object.name, ""}, *kind, object.name, object, object.name_range,
            begin);
    for (const std::string_view part : {"data", "stringData", "binaryData"})
      if (*kind == Kind::Config || *kind == Kind::Secret)
        for (const yaml::Entry& entry : object.value.get(part).entries()) declare_key(object, entry, begin);
  }

  void declare_key(const Object& object, const yaml::Entry& entry, std::uint32_t begin) {
    const std::string key(entry.key);
    TextRange range = entry.key_range;
    // Without its quotes.
    if (range.size() == key.size() + 2) range = {range.begin + 1, range.end - 1};
    declare({object.kind, space(object.namespace_name), object.name, key}, Kind::Key, key, object, range, begin);
  }

  void declare(const Key& key, Kind kind, const std::string& text, const Object& object, TextRange range,
               std::uint32_t begin) {
    const TextRange place = range.shifted(begin);
    name(key, kind, text).mentions.push_back({place, true, spelling(object, range, text), place});
  }

  void read(const Object& object, std::uint32_t begin) {
    for (const kubernetes::Reference& reference : kubernetes::references_of(object)) {
      const bool scaled = reference.way == kubernetes::Reference::Way::ScaleTarget;
      const std::optional<Kind> kind = name_kind(reference.kind, scaled);
      if (!kind) continue;
      const std::string in = space(reference.namespace_name ? reference.namespace_name : object.namespace_name);
      mention({reference.kind, in, reference.name.text, ""}, *kind, reference.name, begin);
      for (const kubernetes::Word& key : reference.keys)
        mention({reference.kind, in, reference.name.text, key.text}, Kind::Key, key, begin);
    }
  }

  void mention(const Key& key, Kind kind, const kubernetes::Word& word, std::uint32_t begin) {
    Name& of = name(key, kind, word.text);
    const std::optional<TextRange> definition =
        of.mentions.empty() || !of.mentions.front().declares ? std::nullopt : std::optional(of.mentions.front().range);
    of.mentions.push_back(
        {word.range.shifted(begin), false, word.literal ? Spelling::Name : Spelling::Other, definition});
  }

  /// The labels of pods, with the selectors that select them.
  void add_labels(const Object& object, const Brief& brief, std::uint32_t begin) {
    const auto labels = kubernetes::pod_template_of(object).get("metadata").entry("labels");
    if (!labels || labels->shared) return;
    const TextRange place = labels->key_range.shifted(begin);
    Name name{Kind::Labels, object.name, false, {{place, true, Spelling::Other, place}}};
    for_each_object([&](const Object& other, const Brief& selecting, std::uint32_t other_begin) {
      if (!selecting.selector || selecting.selector->empty()) return;
      if (space(other.namespace_name) != space(object.namespace_name)) return;
      if (!kubernetes::selects(*selecting.selector, brief.pod_labels)) return;
      if (const auto at = kubernetes::selector_of(other))
        name.mentions.push_back({at->key_range.shifted(other_begin), false, Spelling::Other, place});
    });
    names_.push_back(std::move(name));
  }

  Name& name(const Key& key, Kind kind, const std::string& text) {
    const auto [found, added] = index_.try_emplace(key, names_.size());
    if (added) names_.push_back({kind, text, false, {}});
    return names_[found->second];
  }

  const kubernetes::File& file_;
  std::vector<Name> names_;
  std::map<Key, std::size_t> index_;
};

}  // namespace

std::optional<Kind> name_kind(std::string_view kind, bool runs_pods) {
  if (kind == "ConfigMap") return Kind::Config;
  if (kind == "Secret") return Kind::Secret;
  if (kind == "Service") return Kind::Service;
  if (kind == "ServiceAccount") return Kind::Account;
  if (kind == "PersistentVolumeClaim") return Kind::Volume;
  if (runs_pods) return Kind::Workload;
  return std::nullopt;
}

Names kubernetes_names(const kubernetes::File& file) {
  Names names;
  names.all = ObjectNames(file).find();
  return names;
}

}  // namespace quaymaster
