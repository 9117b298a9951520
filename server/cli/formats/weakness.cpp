#include "cli/formats/weakness.h"

#include <algorithm>
#include <array>

namespace quaymaster::cli {
namespace {

constexpr std::uint32_t kUnneededPrivileges = 250;
constexpr std::uint32_t kCertificateValidation = 295;
constexpr std::uint32_t kUncheckedDownload = 494;
constexpr std::uint32_t kExposedSecretFile = 538;
constexpr std::uint32_t kSecretInEnvironment = 526;
constexpr std::uint32_t kWrongSphere = 668;
constexpr std::uint32_t kWrongPermissions = 732;
constexpr std::uint32_t kUnlimitedResources = 770;
constexpr std::uint32_t kHardcodedCredential = 798;
constexpr std::uint32_t kUnrestrictedAddress = 1327;

constexpr auto kWeaknesses = std::to_array<Weakness>({
    {"account-password", kHardcodedCredential},
    {"added-capability", kUnneededPrivileges},
    {"credential-in-environment", kSecretInEnvironment},
    {"disabled-guard", kUnneededPrivileges},
    {"hardcoded-credential", kHardcodedCredential},
    {"host-device", kWrongSphere},
    {"host-namespace", kWrongSphere},
    {"missing-hardening", kUnneededPrivileges},
    {"oom-exemption", kUnlimitedResources},
    {"passwordless-sudo", kUnneededPrivileges},
    {"port-on-all-interfaces", kUnrestrictedAddress},
    {"privileged-container", kUnneededPrivileges},
    {"root-user", kUnneededPrivileges},
    {"runtime-socket", kWrongSphere},
    {"secret-file-copied", kExposedSecretFile},
    {"sensitive-host-path", kWrongSphere},
    {"setuid-bit", kUnneededPrivileges},
    {"shared-mount-propagation", kWrongSphere},
    {"unfiltered-context", kExposedSecretFile},
    {"unhardened-container", kUnneededPrivileges},
    {"unsafe-sysctl", kWrongSphere},
    {"unverified-download", kUncheckedDownload},
    {"verification-switched-off", kCertificateValidation},
    {"world-writable-path", kWrongPermissions},
    {"writable-bind-mount", kWrongSphere},
});
static_assert(std::ranges::is_sorted(kWeaknesses, {}, &Weakness::rule));

}  // namespace

std::span<const Weakness> weaknesses() { return kWeaknesses; }

std::optional<std::uint32_t> cwe_of(std::string_view rule) {
  const auto* found = std::ranges::lower_bound(kWeaknesses, rule, {}, &Weakness::rule);
  if (found == kWeaknesses.end() || found->rule != rule) return std::nullopt;
  return found->cwe;
}

}  // namespace quaymaster::cli
