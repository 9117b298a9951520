#pragma once
#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include "model/compose/compose.h"
#include "model/dockerfile/file.h"
#include "model/kubernetes/kubernetes.h"
#include "model/yaml/document.h"
#include "syntax/dockerfile_segments.h"

namespace quaymaster {

/// A Dockerfile with its segments, for what stands between the instructions.
struct DockerfileModel {
  dockerfile::File file;
  syntax::DockerfileSegments segments;

  DockerfileModel(dockerfile::File of, syntax::DockerfileSegments cut);
  DockerfileModel(DockerfileModel&&) noexcept = default;
  DockerfileModel& operator=(DockerfileModel&&) = delete;
  DockerfileModel(const DockerfileModel&) = delete;
  DockerfileModel& operator=(const DockerfileModel&) = delete;
  /// A chain of scopes is as long as a file has variables: it is taken apart without recursion.
  ~DockerfileModel();
};

/// The documents of a Compose file, each with the offset at which it begins.
struct ComposeModel {
  struct Part {
    std::uint32_t begin = 0;
    std::shared_ptr<const compose::File> file;
  };
  std::vector<Part> parts;
};

/// What an analysed text means. Immutable; read by features on any thread. The models of its segments are shared with
/// the cache of the document, so that holding one costs little.
struct DocumentModel {
  std::variant<DockerfileModel, ComposeModel, kubernetes::File> body;

  template <class Body>
  [[nodiscard]] const Body* as() const {
    return std::get_if<Body>(&body);
  }
};

/// A YAML document with the offset at which it begins in the file.
struct PlacedDocument {
  std::uint32_t begin = 0;
  const yaml::Document* document = nullptr;  ///< never null; lives as long as the model
};

/// The documents of a Compose file or of manifests; none of a Dockerfile.
[[nodiscard]] std::vector<PlacedDocument> yaml_documents_of(const DocumentModel& model);

}  // namespace quaymaster
