#pragma once
#include <cstdint>

#include "model/compose/compose.h"
#include "model/dockerfile/file.h"
#include "model/kubernetes/kubernetes.h"
#include "model/surroundings.h"
#include "rules/support/object_set.h"

namespace quaymaster::rules {

/// A Dockerfile together with what builds it and what its build contexts leave out. Ranges are absolute.
struct DockerfileInWorkspace {
  const dockerfile::File& file;
  const DockerfileSurroundings& around;
  /// False: files around it could not be read, so that nothing must be concluded from what is absent.
  bool complete;
};

/// A document of a Compose file together with the files that it names, is read with, and builds; always offered, once a
/// document, after its services. Ranges are relative to the document.
struct ComposeInWorkspace {
  const compose::File& file;
  const ComposeSurroundings* around;  ///< null: nothing is known of them; `complete` is false then
  bool complete;                      ///< as above
};

/// A file of manifests together with the manifests that are applied with it. What is reported counts from the beginning
/// of the file: the `begin` of a part, and the range in its document.
struct KubernetesInWorkspace {
  const kubernetes::File& file;
  const ObjectSet& objects;              ///< of the file and of what is around it
  const KubernetesSurroundings* around;  ///< null: nothing is known of them; `complete` is false then
  bool complete;                         ///< as above
};

}  // namespace quaymaster::rules
