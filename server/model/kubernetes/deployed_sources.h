#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/references.h"
#include "quaymaster/text.h"

namespace quaymaster::kubernetes {

/// What a `HelmRelease` of Flux or an `Application` of Argo CD deploys from elsewhere.
struct DeployedSource {
  enum class Kind : std::uint8_t { Chart, Repository };
  Kind kind = Kind::Chart;
  std::string name;       ///< of the chart, or the address of the repository as it is written
  TextRange name_range;   ///< where that stands
  Word version;           ///< as it is written; empty when it is not
  bool unwritten = true;  ///< no version is written at all
};

/// All of `object`; none for another kind of object, nor for charts that stand in a repository beside.
[[nodiscard]] std::vector<DeployedSource> deployed_sources_of(const Object& object);

}  // namespace quaymaster::kubernetes
