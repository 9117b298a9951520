#pragma once
#include <cstdint>
#include <string_view>

/// Which versions of Kubernetes' API were given up, and when. Releases are minor numbers: 22 is Kubernetes 1.22.
namespace quaymaster::kubernetes {

/// A kind in a version of its group that is or will be gone.
struct ApiDeprecation {
  std::string_view api_version;
  std::string_view kind;
  std::uint32_t deprecated = 0;
  std::uint32_t removed = 0;             ///< the first release without it; 0: not yet decided
  std::string_view successor;            ///< the apiVersion to use; empty when there is none
  std::string_view successor_kind = {};  ///< when that is another kind
};

/// The newest release that the schema (model/schema) and the table speak of for certain.
inline constexpr std::uint32_t kNewestRelease = 36;

/// Null for what is not deprecated in any release that is known.
[[nodiscard]] const ApiDeprecation* deprecation_of(std::string_view api_version, std::string_view kind);

/// The apiVersion to use in that release: where the successor is deprecated there, too, the successor's. Empty when
/// there is none.
[[nodiscard]] std::string_view successor_of(const ApiDeprecation& deprecation, std::uint32_t release);

}  // namespace quaymaster::kubernetes
