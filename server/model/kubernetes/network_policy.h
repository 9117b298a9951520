#pragma once
#include <cstdint>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "quaymaster/text.h"

namespace quaymaster::kubernetes {

/// A way in or out that a NetworkPolicy opens. All ranges are in the YAML document.
struct OpenedWay {
  enum class To : std::uint8_t {
    Anybody,     ///< no peers are named: everybody
    AnyAddress,  ///< a block of all addresses, `0.0.0.0/0` or `::/0`
    AnyPod,      ///< every pod of every namespace
    Named,       ///< some only
  };
  bool ingress = true;
  To to = To::Named;
  TextRange range;          ///< what says so: the key `ingress`, the block, the selector
  bool with_ports = false;  ///< only on certain ports
};

/// Those of a NetworkPolicy, in order. Nothing for an object of another kind.
[[nodiscard]] std::vector<OpenedWay> opened_ways(const Object& object);

}  // namespace quaymaster::kubernetes
