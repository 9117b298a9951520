#include "lsp/equal_surroundings.h"

#include <algorithm>
#include <memory>
#include <tuple>
#include <vector>

#include "model/kubernetes/brief.h"

namespace quaymaster::lsp {
namespace {

bool equal(const Dockerignore& a, const Dockerignore& b) {
  using Pattern = Dockerignore::Pattern;
  return std::ranges::equal(a.patterns(), b.patterns(), [](const Pattern& x, const Pattern& y) {
    return std::tie(x.text, x.range, x.negated) == std::tie(y.text, y.range, y.negated);
  });
}

template <class T>
bool equal(const std::vector<T>& a, const std::vector<T>& b) {
  return a == b;
}

/// By what they point to.
template <class T>
bool equal(const std::shared_ptr<const T>& a, const std::shared_ptr<const T>& b) {
  return a == b || (a && b && equal(*a, *b));
}

// The bindings name every member: one that is added and not compared does not compile.

bool equal(const DockerfileBuild& a, const DockerfileBuild& b) {
  const auto& [context, assumed, built_by, service, target, ignore_path, ignore_known, ignore, unwanted] = a;
  const auto& [context_b, assumed_b, built_by_b, service_b, target_b, ignore_path_b, ignore_known_b, ignore_b,
               unwanted_b] = b;
  return std::tie(context, assumed, built_by, service, target, ignore_path, ignore_known, unwanted) ==
             std::tie(context_b, assumed_b, built_by_b, service_b, target_b, ignore_path_b, ignore_known_b,
                      unwanted_b) &&
         equal(ignore, ignore_b);
}

bool equal(const ServiceBuild& a, const ServiceBuild& b) {
  const auto& [service, context, dockerfile, context_exists, context_empty, exists, dockerfiles, stages] = a;
  const auto& [service_b, context_b, dockerfile_b, context_exists_b, context_empty_b, exists_b, dockerfiles_b,
               stages_b] = b;
  return std::tie(service, context, dockerfile, context_exists, context_empty, exists, dockerfiles) ==
             std::tie(service_b, context_b, dockerfile_b, context_exists_b, context_empty_b, exists_b, dockerfiles_b) &&
         equal(stages, stages_b);
}

bool equal(const OtherManifest& a, const OtherManifest& b) {
  const auto& [path, objects] = a;
  const auto& [path_b, objects_b] = b;
  return path == path_b && equal(objects, objects_b);
}

bool equal(const KubernetesSurroundings& a, const KubernetesSurroundings& b) {
  const auto& [others, by_kustomization, whole, is_patch] = a;
  const auto& [others_b, by_kustomization_b, whole_b, is_patch_b] = b;
  return std::tie(by_kustomization, whole, is_patch) == std::tie(by_kustomization_b, whole_b, is_patch_b) &&
         std::ranges::equal(others, others_b, [](const auto& x, const auto& y) { return equal(x, y); });
}

template <class Build>
bool equal_builds(const std::vector<Build>& a, const std::vector<Build>& b) {
  return std::ranges::equal(a, b, [](const auto& x, const auto& y) { return equal(x, y); });
}

bool equal(const ComposeSurroundings& a, const ComposeSurroundings& b) {
  const auto& [builds, files, others, nearby, environment_path, environment, names] = a;
  const auto& [builds_b, files_b, others_b, nearby_b, environment_path_b, environment_b, names_b] = b;
  return equal_builds(builds, builds_b) &&
         std::tie(files, others, nearby, environment_path, environment, names) ==
             std::tie(files_b, others_b, nearby_b, environment_path_b, environment_b, names_b);
}

}  // namespace

bool equal_surroundings(const Surroundings* a, const Surroundings* b) {
  if (a == b) return true;
  if (!a || !b || a->complete != b->complete || a->of.index() != b->of.index()) return false;
  if (const auto* dockerfile = a->as<DockerfileSurroundings>())
    return equal_builds(dockerfile->builds, b->as<DockerfileSurroundings>()->builds);
  if (const auto* compose = a->as<ComposeSurroundings>()) return equal(*compose, *b->as<ComposeSurroundings>());
  if (const auto* manifests = a->as<KubernetesSurroundings>())
    return equal(*manifests, *b->as<KubernetesSurroundings>());
  return true;
}

}  // namespace quaymaster::lsp
