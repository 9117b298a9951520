#include "model/kubernetes/profile_annotations.h"

namespace quaymaster::kubernetes {
namespace {

constexpr std::string_view kLocal = "localhost/";

}  // namespace

std::string_view ProfileAnnotation::type() const {
  if (value == "runtime/default" || value == "docker/default") return "RuntimeDefault";
  if (value == "unconfined") return "Unconfined";
  return value.starts_with(kLocal) ? "Localhost" : "";
}

std::string_view ProfileAnnotation::local_profile() const {
  return value.starts_with(kLocal) ? std::string_view(value).substr(kLocal.size()) : std::string_view();
}

std::vector<ProfileAnnotation> profile_annotations_of(const Workload& workload) {
  constexpr std::string_view kPod = "seccomp.security.alpha.kubernetes.io/pod";
  constexpr std::string_view kSeccomp = "container.seccomp.security.alpha.kubernetes.io/";
  constexpr std::string_view kAppArmor = "container.apparmor.security.beta.kubernetes.io/";
  std::vector<ProfileAnnotation> annotations;
  for (const yaml::Entry& entry : workload.pod_metadata.get("annotations").entries()) {
    using Guard = ProfileAnnotation::Guard;
    ProfileAnnotation annotation;
    if (entry.key.starts_with(kSeccomp))
      annotation.container = entry.key.substr(kSeccomp.size());
    else if (entry.key.starts_with(kAppArmor))
      annotation = {Guard::AppArmor, std::string(entry.key.substr(kAppArmor.size())), {}, {}, false};
    else if (entry.key != kPod)
      continue;
    annotation.value = entry.value.string().value_or("");
    annotation.key_range = entry.key_range;
    annotation.shared = entry.shared || entry.value.shared();
    annotations.push_back(annotation);
  }
  return annotations;
}

}  // namespace quaymaster::kubernetes
