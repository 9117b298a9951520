#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/container/container.h"
#include "model/dockerfile/file.h"
#include "model/dockerfile/run_mount.h"
#include "model/image/reference.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule untrusted_registry;
namespace {

/// The registry that an image without one comes from, and its other names.
constexpr std::string_view kDefaultRegistry[] = {"docker.io", "hub.docker.com", "index.docker.io",
                                                 "registry-1.docker.io", "registry.hub.docker.com"};

/// `*`, `*.example.org`, `example.*`, or a name; case does not count.
bool matches(std::string_view registry, std::string_view pattern) {
  const std::string name = ascii_lower(registry);
  const std::string wanted = ascii_lower(pattern);
  if (wanted == "*") return true;
  if (wanted.starts_with('*')) return name.ends_with(std::string_view(wanted).substr(1));
  if (wanted.ends_with('*')) return name.starts_with(std::string_view(wanted).substr(0, wanted.size() - 1));
  return name == wanted;
}

bool is_trusted(std::string_view registry, const StringList& trusted) {
  const bool is_default =
      registry.empty() || std::ranges::find(kDefaultRegistry, registry) != std::end(kDefaultRegistry);
  return std::ranges::any_of(trusted, [&](std::string_view pattern) {
    if (!is_default) return matches(registry, pattern);
    return std::ranges::any_of(kDefaultRegistry, [&](std::string_view name) { return matches(name, pattern); });
  });
}

/// Whether the registry can be told, though the rest of the reference may hold variables.
bool has_known_registry(const image::Reference& reference) {
  if (!reference.registry.empty()) return reference.registry.find('$') == std::string::npos;
  return reference.repository.substr(0, reference.repository.find('/')).find('$') == std::string::npos;
}

void check_reference(const image::Reference& reference, TextRange range, RuleContext& ctx) {
  const std::optional<StringList>& trusted = ctx.project().trusted_registries;
  if (!trusted || trusted->empty() || reference.repository.empty() || reference.canonical_name() == "scratch") return;
  if (!has_known_registry(reference) || is_trusted(reference.registry, *trusted)) return;
  const std::string registry = reference.registry.empty() ? "docker.io" : reference.registry;
  const std::string from =
      reference.registry.empty() ? ", where " + quoted(reference.repository, 24) + " comes from," : "";
  ctx.report({.range = range, .message = quoted(registry, 28) + from + " is no registry that the project trusts"});
}

void check_image(const container::ImageUse& image, RuleContext& ctx) {
  if (image.built) return;
  TextRange range = image.name_range;
  const std::string& registry = image.reference.registry;
  if (image.literal && !registry.empty()) range.end = range.begin + static_cast<std::uint32_t>(registry.size());
  check_reference(image.reference, range, ctx);
}

/// What a RUN mounts from an image.
void check_file(const dockerfile::File& file, RuleContext& ctx) {
  for (const dockerfile::Placed& placed : file.instructions) {
    const auto* run = placed.instruction->as<dockerfile::Run>();
    if (run == nullptr) continue;
    for (const dockerfile::RunMount& mount : run_mounts(*run)) {
      const dockerfile::MountField* from = mount.field({"from"});
      if (from == nullptr || !from->value || file.last_stage_called(from->value->string())) continue;
      check_reference(image::parse_reference(from->value->string()), from->value->range.shifted(placed.begin), ctx);
    }
  }
}

}  // namespace

constinit const Rule untrusted_registry = checked({
    .name = "untrusted-registry",
    .family = Family::BillOfMaterials,
    .title = "The image comes from a registry that the project does not trust.",
    .consequence =
        "The company copies what it uses into a registry of its own, where it is scanned and kept. One Dockerfile "
        "takes its base from somewhere else. A year later that account is sold or deleted, the next build gets "
        "another image under the same name or none at all, and nobody has ever looked into the old one.",
    .fine_when =
        "The image is on its way into the trusted registry, or the list is too short: `registries: {trusted: […]}` in "
        "the configuration file. Without that list nothing is reported.",
    .fix = FixAvailability::None,
    .variants = {{.severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error},
                              {Preset::Strict, Severity::Error},
                              {Preset::Hadolint, Severity::Error}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3026"},
                              {Language::Kubernetes, "trivy:KSV-0125"},
                              {Language::Kubernetes, "kubescape:C-0001"},
                              {Language::Kubernetes, "kubescape:C-0078"}}}},
    .references = {"https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image",
                   "https://kubernetes.io/docs/concepts/containers/images/#image-names"},
    .examples = {{.title = "another registry",
                  .path = "Dockerfile",
                  .before = "FROM <|quay.io|>/shop/base:1.4.0 AS build\nFROM registry.example.org/shop/base:1.4.0\n"
                            "COPY --from=<|quay.io|>/shop/tools:2.0.0 /bin/tool /bin/\nCOPY --from=build /a /a\n",
                  .options = "registries: {trusted: [registry.example.org]}"},
                 {.title = "a name without a registry is one of Docker Hub",
                  .path = "Dockerfile",
                  .before = "FROM <|node|>:22.11.0\n",
                  .options = "registries: {trusted: [\"*.example.org\"]}"},
                 {.title = "a mount from an image",
                  .path = "Dockerfile",
                  .before = "FROM node:22.11.0 AS build\nRUN --mount=from=<|ghcr.io/shop/tools:2|>,target=/t ls /t\n"
                            "RUN --mount=from=build,target=/t ls /t\n",
                  .options = "registries: {trusted: [docker.io]}"},
                 {.title = "a registry that the file says",
                  .path = "Dockerfile",
                  .before = "ARG REGISTRY=quay.io\nFROM <|${REGISTRY}/shop/base|>:1.4.0\n",
                  .options = "registries: {trusted: [docker.io]}"},
                 {.title = "a service",
                  .path = "compose.yaml",
                  .before =
                      "services:\n  api:\n    image: <|quay.io/shop/api|>:${TAG}\n  db:\n    image: postgres:17.2\n",
                  .options = "registries: {trusted: [docker.io, \"registry.*\"]}"},
                 {.title = "a pod",
                  .path = "pod.yaml",
                  .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n"
                            "      image: <|localhost:5000|>/web:1.0.0\n",
                  .options = "registries: {trusted: [registry.example.org]}"},
                 {.title = "trusted ones, stages, nothing, and what only the build knows",
                  .path = "Dockerfile",
                  .before = "ARG BASE\nFROM docker.io/library/node:22.11.0 AS build\nFROM eu.example.org/base:1.0.0\n"
                            "FROM build\nFROM scratch\nFROM ${BASE}\nFROM ${BASE}/shop/base:1.0.0\n",
                  .options = "registries: {trusted: [hub.docker.com, \"*.example.org\"]}"},
                 {"without a list", "Dockerfile", "FROM quay.io/shop/base:1.4.0\n"}},
    .checks = {on(check_image), on(check_file)},
});

}  // namespace quaymaster::rules
