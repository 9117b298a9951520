#include "model/image/reference.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "text/ascii.h"

namespace quaymaster::image {
namespace {

constexpr std::array<std::string_view, 3> kDefaultRegistries{"docker.io", "index.docker.io", "registry-1.docker.io"};
constexpr std::string_view kLibrary = "library/";

/// Whether the first part of a name that has more parts is a registry. Repositories have no upper-case letters, hosts
/// may.
bool is_registry(std::string_view part) {
  return part == "localhost" || part.find_first_of(".:") != std::string_view::npos || ascii_lower(part) != part;
}

TextRange range_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace

std::string_view Reference::base_name() const {
  const std::string_view name = repository;
  return name.substr(name.find_last_of('/') + 1);
}

std::string Reference::canonical_name() const {
  const bool by_default =
      registry.empty() || std::ranges::find(kDefaultRegistries, ascii_lower(registry)) != kDefaultRegistries.end();
  if (!by_default) return registry + "/" + repository;
  return repository.starts_with(kLibrary) ? repository.substr(kLibrary.size()) : repository;
}

Reference parse_reference(std::string_view text) {
  Reference reference;
  std::size_t name_end = text.size();
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    reference.digest = text.substr(at + 1);
    reference.digest_range = range_of(at + 1, text.size());
    name_end = at;
  }
  const std::string_view tagged = text.substr(0, name_end);
  const std::size_t last_slash = tagged.find_last_of('/');
  const std::size_t colon = tagged.find_last_of(':');
  if (colon != std::string_view::npos && (last_slash == std::string_view::npos || last_slash < colon)) {
    reference.tag = tagged.substr(colon + 1);
    reference.tag_range = range_of(colon + 1, name_end);
    name_end = colon;
  }
  reference.name_range = range_of(0, name_end);
  std::string_view name = text.substr(0, name_end);
  const std::size_t slash = name.find('/');
  if (slash != std::string_view::npos && is_registry(name.substr(0, slash))) {
    reference.registry = name.substr(0, slash);
    name.remove_prefix(slash + 1);
  }
  reference.repository = name;
  return reference;
}

}  // namespace quaymaster::image
