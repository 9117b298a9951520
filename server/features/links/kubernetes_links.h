#pragma once
#include <vector>

#include "features/links/links.h"
#include "model/kubernetes/kubernetes.h"

namespace quaymaster {

/// The links from the references and selectors of manifests to objects that other files have, added to `links`.
void add_kubernetes_links(const Analysis& analysis, const kubernetes::File& file, std::vector<Link>& links);

}  // namespace quaymaster
