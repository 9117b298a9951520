#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "model/image/reference.h"

namespace quaymaster::image {

/// What kind of service an image runs.
enum class Service : std::uint8_t {
  Database,
  Cache,
  Queue,         ///< message brokers
  Search,        ///< search engines and vector stores
  Storage,       ///< objects, packages, images
  Monitoring,    ///< metrics, logs, dashboards
  Coordination,  ///< configuration and secrets of a cluster
  Web,           ///< HTTP servers and proxies
  Application,   ///< a finished application that is used in a browser
  Supervisor,    ///< a base that starts several services: an init system or supervisord
};

/// Whether the image itself declares a VOLUME for its data, so that an anonymous volume is made where none is mounted:
/// the data outlives the container, but the next container does not find it.
enum class OwnVolume : std::uint8_t { Declared, Absent, Unknown };

/// An image whose behaviour is documented by its maker.
struct WellKnownImage {
  std::string_view repository;  ///< canonical: "postgres", "quay.io/keycloak/keycloak"
  Service service = Service::Application;
  /// Where it keeps its data: paths between blanks. Depending on its version or variant it uses the one or the other,
  /// so that a mount at any of them is meant for the data. Empty: it keeps none, or where is for its command line to
  /// say.
  std::string_view data_paths = {};
  std::string_view loss = {};  ///< what is gone with the data, to stand behind "lost: ": "your tables"
  OwnVolume own_volume = OwnVolume::Unknown;
  bool data_optional = false;  ///< in many uses there is nothing to keep: a cache, a tool with a database elsewhere

  [[nodiscard]] bool stateful() const { return !data_paths.empty(); }
  /// Whether something mounted at `path` keeps data of this image: `path` is one of the data paths, is above or in one.
  [[nodiscard]] bool keeps_data(std::string_view path) const;
};

/// All of them, sorted by repository.
[[nodiscard]] std::span<const WellKnownImage> well_known_images();

/// The one that `reference` names, also by one of the public copies: of Amazon and Google, of an official image's
/// builds for one architecture ("arm64v8/postgres"), of the former Bitnami catalogue. Null for any other image.
[[nodiscard]] const WellKnownImage* find_well_known(const Reference& reference);

}  // namespace quaymaster::image
