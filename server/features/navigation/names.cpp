#include "features/navigation/names.h"

#include <algorithm>
#include <utility>

#include "features/navigation/name_finders.h"

namespace quaymaster {

bool Name::declared() const { return std::ranges::any_of(mentions, &Mention::declares); }

Names names_of(const Analysis& analysis) {
  Names names;
  if (!analysis.model) return names;
  if (const auto* dockerfile = analysis.model->as<DockerfileModel>()) {
    add_stages(dockerfile->file, names);
    add_variables(*dockerfile, analysis.source.text, names);
  }
  if (const auto* compose = analysis.model->as<ComposeModel>()) names = compose_names(*compose);
  if (const auto* manifests = analysis.model->as<kubernetes::File>()) names = kubernetes_names(*manifests);
  for (const PlacedDocument& placed : yaml_documents_of(*analysis.model)) add_anchors(placed, names);
  for (Name& name : names.all) {
    std::ranges::stable_sort(name.mentions, {}, &Mention::range);
    // A text behind an alias is read once for each alias.
    const auto repeated = std::unique(name.mentions.begin(), name.mentions.end(),
                                      [](const Mention& a, const Mention& b) { return a.range == b.range; });
    name.mentions.erase(repeated, name.mentions.end());
  }
  return names;
}

std::optional<NameAt> name_at(const Names& names, std::uint32_t offset) {
  std::optional<NameAt> best;
  const auto rank = [offset](TextRange range) {
    const bool only_touches = range.end == offset;
    return std::pair(only_touches, range.size());
  };
  for (const Name& name : names.all)
    for (const Mention& mention : name.mentions)
      if (mention.range.touches(offset) && (!best || rank(mention.range) < rank(best->mention->range)))
        best = NameAt{&name, &mention};
  return best;
}

std::string_view to_string(Name::Kind kind) {
  switch (kind) {
    case Name::Kind::Stage: return "stage";
    case Name::Kind::Variable: return "variable";
    case Name::Kind::Anchor: return "anchor";
    case Name::Kind::Service: return "service";
    case Name::Kind::Volume: return "volume";
    case Name::Kind::Network: return "network";
    case Name::Kind::Secret: return "secret";
    case Name::Kind::Config: return "config";
    case Name::Kind::Model: return "model";
    case Name::Kind::Account: return "service account";
    case Name::Kind::Workload: return "workload";
    case Name::Kind::Key: return "key";
    case Name::Kind::Labels: return "label";
  }
  return {};
}

}  // namespace quaymaster
