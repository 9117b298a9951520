#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"

namespace quaymaster::kubernetes {

/// Something that the kubelet does to a container by the network: a probe, or a hook of its life.
struct Handler {
  std::string_view name;        ///< the key: "livenessProbe", "preStop"
  bool probe = false;           ///< false: a hook of `lifecycle`
  std::string_view means;       ///< "httpGet" or "tcpSocket"
  TextRange key_range;          ///< of `means`
  std::optional<Setting> host;  ///< to ask another one than the pod
  bool shared = false;
};

/// All with `httpGet` or `tcpSocket`: probes first.
[[nodiscard]] std::vector<Handler> network_handlers_of(const PodContainer& container);

}  // namespace quaymaster::kubernetes
