#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "quaymaster/text.h"

/// The settings that take away what a container seldom needs, and that it has unless somebody says otherwise.
namespace quaymaster::rules {

enum class Hardening : std::uint8_t {
  PrivilegeEscalation,
  Capabilities,
  NonRoot,
  Seccomp,
  ReadOnlyRoot,
  MemoryLimit,
  CpuLimit,
  ProcessLimit,
};

/// Whether it bounds what the container may use up, by a number that only its user knows.
[[nodiscard]] constexpr bool is_limit(Hardening hardening) { return hardening >= Hardening::MemoryLimit; }

/// A hardening that a container does without.
struct Omission {
  Hardening hardening = Hardening::PrivilegeEscalation;
  bool written = false;  ///< switched off in so many words
  TextRange range;       ///< the value that says so, or else the name of the container
};

/// Whether an annotation says which seccomp profile the container has, as it was done before there was a field for it.
/// Kubernetes does not read it since 1.27, but somebody has decided.
[[nodiscard]] bool has_seccomp_annotation(const kubernetes::Workload& workload,
                                          const kubernetes::PodContainer& container);

/// What the container omits, in the order of `Hardening`. Values of the pod count where they hold for its containers.
/// A container of Windows has neither capabilities nor seccomp nor this kind of escalation, and where the pod has users
/// of its own (`hostUsers: false`), root is nobody outside. Limits are not looked at,
/// nor is a seccomp profile that is switched off: that is for the rule disabled-guard.
[[nodiscard]] std::vector<Omission> omissions(const kubernetes::Workload& workload,
                                              const kubernetes::PodContainer& container);
/// The same for a service, with limits; of users and seccomp, which Compose leaves to the image and the engine, it says
/// nothing. Empty where other files may say more, and for what is no container of its own.
[[nodiscard]] std::vector<Omission> omissions(const compose::Service& service);

/// Whether `allowPrivilegeEscalation: false` can stand beside what else the container says: the API refuses it for one
/// that is privileged or has SYS_ADMIN.
[[nodiscard]] bool may_forbid_escalation(const kubernetes::PodContainer& container);

/// The edits that make up for all of `omissions`: one insertion where the mapping for them is missing. Empty when one
/// of them cannot be made. The limits among those of a service are numbers to begin with.
[[nodiscard]] std::vector<Edit> hardening_edits(const kubernetes::PodContainer& container,
                                                const std::vector<Omission>& omissions);
[[nodiscard]] std::vector<Edit> hardening_edits(const compose::Service& service,
                                                const std::vector<Omission>& omissions);

}  // namespace quaymaster::rules
