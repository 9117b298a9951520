#include "features/links/kubernetes_links.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "features/navigation/name_finders.h"
#include "model/kubernetes/brief.h"
#include "model/kubernetes/references.h"
#include "model/kubernetes/selected.h"
#include "model/surroundings.h"

namespace quaymaster {
namespace {

using kubernetes::Brief;
using kubernetes::Object;

/// The objects of the files around one.
class Around {
 public:
  explicit Around(const KubernetesSurroundings& around) : around_(around) {}

  /// The file of the first object that is looked for, and the object.
  template <class Predicate>
  [[nodiscard]] std::pair<std::string_view, const Brief*> find(Predicate is_one) const {
    for (const OtherManifest& other : around_.others)
      for (const Brief& brief : *other.objects)
        if (is_one(brief)) return {other.path, &brief};
    return {};
  }

  [[nodiscard]] bool same_namespace(const std::optional<std::string>& a, const std::optional<std::string>& b) const {
    return around_.by_kustomization || a.value_or("default") == b.value_or("default");
  }

 private:
  const KubernetesSurroundings& around_;
};

void add_references(const Object& object, std::uint32_t begin, const Around& around, std::vector<Link>& links) {
  for (const kubernetes::Reference& reference : kubernetes::references_of(object)) {
    const auto& space = reference.namespace_name ? reference.namespace_name : object.namespace_name;
    const auto [path, brief] = around.find([&](const Brief& candidate) {
      return candidate.kind == reference.kind && candidate.name == reference.name.text &&
             around.same_namespace(candidate.namespace_name, space);
    });
    const std::optional<Name::Kind> kind = brief ? name_kind(reference.kind, brief->runs_pods) : std::nullopt;
    if (!kind) continue;
    links.push_back(
        {reference.name.range.shifted(begin), false, std::string(path), DeclaredName{*kind, reference.name.text}});
    for (const kubernetes::Word& key : reference.keys)
      links.push_back({key.range.shifted(begin), false, std::string(path), DeclaredName{Name::Kind::Key, key.text}});
  }
}

/// From a selector to the labels of the first pods that it selects.
void add_selector(const Object& object, std::uint32_t begin, const Around& around, std::vector<Link>& links) {
  const auto selector = kubernetes::selector_of(object);
  if (!selector || selector->selector.empty()) return;
  const auto [path, brief] = around.find([&](const Brief& candidate) {
    return candidate.runs_pods && around.same_namespace(candidate.namespace_name, object.namespace_name) &&
           kubernetes::selects(selector->selector, candidate.pod_labels);
  });
  if (brief)
    links.push_back(
        {selector->key_range.shifted(begin), false, std::string(path), DeclaredName{Name::Kind::Labels, brief->name}});
}

}  // namespace

void add_kubernetes_links(const Analysis& analysis, const kubernetes::File& file, std::vector<Link>& links) {
  const Surroundings* surroundings = analysis.source.surroundings.get();
  const auto* manifests = surroundings ? surroundings->as<KubernetesSurroundings>() : nullptr;
  if (!manifests) return;
  const Around around(*manifests);
  for (const kubernetes::File::Part& part : file.parts)
    for (const Object& object : part.manifest->objects) {
      add_references(object, part.begin, around, links);
      add_selector(object, part.begin, around, links);
    }
}

}  // namespace quaymaster
