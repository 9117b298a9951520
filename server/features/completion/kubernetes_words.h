#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/completion/schema_keys.h"

/// What Kubernetes' API lets be written in an object. A path leads from the object's root: "-" is an item of a list.
namespace quaymaster {

/// What an object is, as far as it is written yet.
struct ObjectType {
  std::string_view api_version;
  std::string_view kind;
};

/// The keys of the mapping at `path`, those that are required first. Of a kind that is not known those that all have.
[[nodiscard]] std::vector<SchemaKey> kubernetes_keys(const ObjectType& type, std::span<const std::string_view> path);

/// The values of the scalar at `path`: the words that it takes, and what there is to choose from for `apiVersion` and
/// `kind`. Versions that are gone are left out.
[[nodiscard]] std::vector<std::string_view> kubernetes_values(const ObjectType& type,
                                                              std::span<const std::string_view> path);

/// For `kubernetes_documentation`.
[[nodiscard]] std::string kubernetes_about(const ObjectType& type, std::span<const std::string_view> path);

/// The documentation of the key at "apps/v1 Deployment spec/template", or of the kind "apps/v1 Deployment".
[[nodiscard]] std::string kubernetes_documentation(std::string_view about);

}  // namespace quaymaster
