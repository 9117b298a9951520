#pragma once
#include <cstdint>
#include <vector>

#include "features/links/links.h"
#include "model/compose/compose.h"

namespace quaymaster {

/// The links of a Compose document that begins at `begin`, added to `links`; a place may be there more than once.
void add_compose_links(const compose::File& file, std::uint32_t begin, std::vector<Link>& links);

}  // namespace quaymaster
