#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "quaymaster/text.h"

/// The settings that take away what a container seldom needs, and that it has unless somebody says otherwise.
namespace quaymaster::rules {

enum class Hardening : std::uint8_t { PrivilegeEscalation, Capabilities, NonRoot, Seccomp, ReadOnlyRoot };

/// A hardening that a container does without.
struct Omission {
  Hardening hardening = Hardening::PrivilegeEscalation;
  bool written = false;  ///< switched off in so many words
  TextRange range;       ///< the value that says so, or else the name of the container
};

/// What the container omits, in the order of `Hardening`. Values of the pod count where they hold for its containers.
/// A container of Windows has neither capabilities nor seccomp nor this kind of escalation.
[[nodiscard]] std::vector<Omission> omissions(const kubernetes::Workload& workload,
                                              const kubernetes::PodContainer& container);
/// The same for a service; of users and seccomp, which Compose leaves to the image and the engine, it says nothing.
[[nodiscard]] std::vector<Omission> omissions(const compose::Service& service);

/// The edits that make up for all of `omissions`: one insertion where the mapping for them is missing. Empty when one
/// of them cannot be made.
[[nodiscard]] std::vector<Edit> hardening_edits(const kubernetes::PodContainer& container,
                                                const std::vector<Omission>& omissions);
[[nodiscard]] std::vector<Edit> hardening_edits(const compose::Service& service,
                                                const std::vector<Omission>& omissions);

}  // namespace quaymaster::rules
