#pragma once
#include <optional>
#include <string_view>

#include "analysis/document_model.h"
#include "features/navigation/names.h"

/// The names of each format. Mentions are in any order.
namespace quaymaster {

/// The stages of a Dockerfile and the images that are none, added to `names`.
void add_stages(const dockerfile::File& file, Names& names);
/// The variables of a Dockerfile, added to `names`.
void add_variables(const DockerfileModel& model, std::string_view text, Names& names);
[[nodiscard]] Names compose_names(const ComposeModel& model);
/// As what others name an object of that kind; nothing for what is not named.
[[nodiscard]] std::optional<Name::Kind> name_kind(std::string_view kind, bool runs_pods);
/// Objects that others name, keys of their data, and labels of pods with what selects them.
[[nodiscard]] Names kubernetes_names(const kubernetes::File& file);
/// The anchors of a document and their aliases, added to `names`.
void add_anchors(const PlacedDocument& placed, Names& names);

}  // namespace quaymaster
