#pragma once
#include <string_view>
#include <vector>

#include "model/schema/schema.h"

/// The kinds of Kubernetes' own API, those among them that newer releases have removed, without the lists of objects.
/// Null is taken everywhere: the API reads it as if nothing were written. Nothing is said of values that may be any
/// JSON.
namespace quaymaster::schema {

struct KubernetesObject {
  std::string_view api_version;  ///< "apps/v1"
  std::string_view kind;
  std::string_view description;  ///< plain text of the schema's authors
  Node node;                     ///< the whole object
};

/// What is said of an object. Absent for kinds that are not Kubernetes' own.
[[nodiscard]] Node kubernetes(std::string_view api_version, std::string_view kind);

/// All of them, sorted by version, then by kind.
[[nodiscard]] std::vector<KubernetesObject> kubernetes_objects();

}  // namespace quaymaster::schema
