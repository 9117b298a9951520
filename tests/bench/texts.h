#pragma once
#include <cstddef>
#include <string>

/// Texts to measure with: of our own, alike on every machine, with what real files of that length have in them.
namespace quaymaster::bench {

/// Stages that build and one that ships, until there are at least `lines` lines.
[[nodiscard]] std::string dockerfile_text(std::size_t lines);
/// Services with volumes, ports, environment and anchors.
[[nodiscard]] std::string compose_text(std::size_t lines);
/// Documents of a Deployment, a Service and a ConfigMap each.
[[nodiscard]] std::string manifest_text(std::size_t lines);
/// The same Deployments as items of one List: one document, however long it is.
[[nodiscard]] std::string list_text(std::size_t lines);
/// The file at `path`, byte for byte. Throws std::runtime_error when it cannot be read.
[[nodiscard]] std::string file_text(const std::string& path);

}  // namespace quaymaster::bench
