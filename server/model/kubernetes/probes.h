#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"

namespace quaymaster::kubernetes {

/// A port by its number or by its name.
struct PortReference {
  std::string text;  ///< as written
  /// The number; empty for a name. A number in quotes is a number, too, though the API takes it for a name.
  std::optional<std::int64_t> number;
  TextRange range;  ///< without quotes
  bool shared = false;
};

/// A question that the kubelet asks a container again and again.
struct Probe {
  enum class Role : std::uint8_t { Liveness, Readiness, Startup };
  Role role = Role::Liveness;
  std::string_view key;  ///< `livenessProbe` …
  TextRange key_range;
  bool shared = false;
  /// What is asked: the kind of action, then its words or its settings in a fixed order. Empty when no action is
  /// written.
  std::vector<std::string> action;
  std::optional<PortReference> port;  ///< of httpGet, tcpSocket and grpc
  bool other_host = false;            ///< it asks a host that is named, which may be another one
};

/// The probes of a container that say something, in the order liveness, readiness, startup.
[[nodiscard]] std::vector<Probe> probes_of(const PodContainer& container);

}  // namespace quaymaster::kubernetes
