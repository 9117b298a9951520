#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "rules/rule_context.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule floating_image_tag;
namespace {

using container::ImageUse;

std::string quoted(const std::string& text) { return "`" + text + "`"; }

constexpr Option<StringList> kAllowed{
    "allow", {}, "Images that may float, without their tag: `shop/*` stands for all images of a folder."};

constexpr std::string_view kBranches[] = {"main", "master", "develop", "trunk", "head", "release"};
constexpr std::string_view kPlaces[] = {"prod", "production", "staging", "stage", "qa", "uat"};

/// The checks of others that would report the channel `tag`.
std::vector<std::string_view> channel_aliases(std::string_view tag) {
  constexpr std::string_view kOfBoth[] = {"stable", "edge", "nightly", "dev", "test"};
  constexpr std::string_view kOfDclint[] = {"beta", "canary", "lts"};
  if (one_of(kOfBoth, tag)) return {"compose-lint:CL-0004", "dclint:service-image-require-explicit-tag"};
  if (one_of(kOfDclint, tag)) return {"dclint:service-image-require-explicit-tag"};
  if (one_of(kBranches, tag) || one_of(kPlaces, tag)) return {"compose-lint:CL-0019"};
  return {};
}

constexpr Option<StringList> kMovingTags{
    "moving-tags",
    {"stable", "edge", "test", "nightly", "dev", "beta", "canary", "lts"},
    "Tags that are put on one image after the other, as `latest` is, besides those of "
    "branches (`main`) and places (`production`)."};

/// Whether the user lets it float: by the name as written, or by the whole name with the registry.
bool is_allowed(const image::Reference& reference, const StringList& allowed) {
  const std::string whole = reference.canonical_name();
  const std::string written = reference.registry.empty() ? reference.repository : whole;
  return std::ranges::any_of(allowed, [&](std::string_view pattern) {
    if (!pattern.ends_with("/*")) return pattern == written || pattern == whole;
    pattern.remove_suffix(1);
    return written.starts_with(pattern) || whole.starts_with(pattern);
  });
}

/// Not what a tool of its own replaces before anything is pulled, or a reader: `ko://example.org/cmd`, `<your image>`,
/// `IMAGE_HERE`, `your-image`; nor what simulated nodes (kwok) never pull.
bool is_written_out(const image::Reference& reference) {
  constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789._-/:";
  const std::string name = reference.registry + reference.repository;
  constexpr std::string_view kPlaceholders[] = {"your-", "your_", "fake-image"};
  if (contains_any(reference.repository, kPlaceholders)) return false;
  return reference.repository.front() != '/' && !reference.registry.ends_with(':') &&
         name.find_first_not_of(kNameCharacters) == std::string::npos;
}

/// Whether variables stand for a registry or a folder only: `${REGISTRY}/shop/api`.
bool surely_lacks_tag(const image::Reference& reference) {
  const bool in_folder = !reference.registry.empty() || reference.repository.find('/') != std::string::npos;
  return in_folder && reference.tag.empty() && reference.digest.empty() && !reference.base_name().empty() &&
         reference.base_name().find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string_view::npos;
}

void report_missing(const ImageUse& image, RuleContext& ctx) {
  Report report{.variant = "missing",
                .range = image.name_range,
                .message = quoted(std::string(image.reference.base_name())) +
                           " has no tag: it means `latest`, whatever that is then"};
  const bool begins_with_variable = (image.reference.registry + image.reference.repository).starts_with('$');
  if (begins_with_variable) report.aliases = {"trivy:DS-0001", "checkov:CKV_DOCKER_7"};
  ctx.report(std::move(report));
}

/// What `tag` says in the place of a version; empty when it is taken for one.
std::string moving_message(const image::Reference& reference, const StringList& moving_tags) {
  const std::string tag = quoted(reference.tag);
  if (one_of(moving_tags, reference.tag))
    return tag + " of " + quoted(reference.repository) + " is whatever was released there last";
  if (one_of(kBranches, reference.tag)) return tag + " of " + quoted(reference.repository) + " follows a branch";
  if (one_of(kPlaces, reference.tag)) return tag + " of " + quoted(reference.repository) + " is a place and no version";
  return {};
}

void check_image(const ImageUse& image, RuleContext& ctx) {
  const image::Reference& reference = image.reference;
  const bool not_from_a_registry =
      image.built || reference.canonical_name() == "scratch" || reference.repository.empty();
  if (not_from_a_registry || is_allowed(reference, ctx.get(kAllowed))) return;
  if (!image.known && surely_lacks_tag(reference)) return report_missing(image, ctx);
  if (!image.known || !reference.digest.empty() || !is_written_out(reference)) return;
  if (reference.tag.empty()) {
    ctx.report({.variant = "missing",
                .range = image.name_range,
                .message = quoted(reference.repository) + " has no tag: it means `latest`, whatever that is then"});
  } else if (reference.tag == "latest") {
    ctx.report({.variant = "latest",
                .range = image.tag_range.value_or(image.range),
                .message = "`latest` of " + quoted(reference.repository) + " is another image tomorrow"});
  } else if (std::string message = moving_message(reference, ctx.get(kMovingTags)); !message.empty()) {
    Report report{.variant = "channel", .range = image.tag_range.value_or(image.range), .message = std::move(message)};
    if (ctx.language() == Language::Compose) report.aliases = channel_aliases(reference.tag);
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule floating_image_tag = checked({
    .name = "floating-image-tag",
    .family = Family::Immutability,
    .title = "The image has no fixed version.",
    .consequence =
        "On Monday the build pulls `node:latest` and gets version 22; on Friday the same line gets version 24 and the "
        "tests fail, or pass and production does not start. Two machines that pulled on different days run different "
        "software under one name, and going back is impossible, since nobody wrote down what the old image was.",
    .fine_when = "The image is built in the same pipeline and `latest` never leaves the machine.",
    .fix = FixAvailability::None,
    .options = {kAllowed, kMovingTags},
    .variants = {{.name = "missing",
                  .summary = "The image is named without a tag and without a digest.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3006"},
                              {Language::Dockerfile, "trivy:DS-0001"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_7"},
                              {Language::Compose, "dclint:service-image-require-explicit-tag"},
                              {Language::Compose, "compose-lint:CL-0004"},
                              {Language::Kubernetes, "kube-linter:latest-tag"},
                              {Language::Kubernetes, "kube-score:container-image-tag"},
                              {Language::Kubernetes, "checkov:CKV_K8S_14"},
                              {Language::Kubernetes, "checkov:CKV_K8S_43"},
                              {Language::Kubernetes, "polaris:tagNotSpecified"},
                              {Language::Kubernetes, "trivy:KSV-0013"},
                              {Language::Kubernetes, "kubescape:C-0306"}}},
                 {.name = "latest",
                  .summary = "The image is named with the tag `latest`.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3007"},
                              {Language::Dockerfile, "trivy:DS-0001"},
                              {Language::Dockerfile, "checkov:CKV_DOCKER_7"},
                              {Language::Compose, "dclint:service-image-require-explicit-tag"},
                              {Language::Compose, "compose-lint:CL-0004"},
                              {Language::Kubernetes, "kube-linter:latest-tag"},
                              {Language::Kubernetes, "kube-score:container-image-tag"},
                              {Language::Kubernetes, "checkov:CKV_K8S_14"},
                              {Language::Kubernetes, "checkov:CKV_K8S_43"},
                              {Language::Kubernetes, "polaris:tagNotSpecified"},
                              {Language::Kubernetes, "trivy:KSV-0013"},
                              {Language::Kubernetes, "kubescape:C-0306"}}},
                 {.name = "channel",
                  .summary =
                      "The image is named with the tag of a channel, a branch or a place, such as `stable`, `main` or "
                      "`production`.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Compose, "dclint:service-image-require-explicit-tag"},
                              {Language::Compose, "compose-lint:CL-0004"},
                              {Language::Compose, "compose-lint:CL-0019"},
                              {Language::Kubernetes, "checkov:CKV_K8S_43"},
                              {Language::Kubernetes, "kubescape:C-0306"}}}},
    .references = {"https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
                   "https://kubernetes.io/docs/concepts/containers/images/#image-names"},
    .examples = {{"no tag", "Dockerfile", "FROM <|node|>\nRUN node --version\n"},
                 {"the tag that moves", "Dockerfile", "FROM node:<|latest|>\n"},
                 {"a tag that follows the releases", "Dockerfile", "FROM node:<|lts|>\nRUN node --version\n"},
                 {.title = "a tag that is known to stay",
                  .path = "compose.yaml",
                  .before = "services:\n  api:\n    image: shop/api:test\n  web:\n    image: shop/web:<|live|>\n",
                  .options = "moving-tags: [live]"},
                 {"a tag from an argument", "Dockerfile", "ARG VERSION=latest\nFROM node:<|${VERSION}|>\n"},
                 {"a registry with a port is no tag", "Dockerfile", "FROM <|registry.example:5000/shop/api|>\n"},
                 {"a stage is no image", "Dockerfile", "FROM node:22.11.0 AS build\nFROM build\n"},
                 {"a digest says it all", "Dockerfile",
                  "FROM node@sha256:0123456789012345678901234567890123456789012345678901234567890123\n"},
                 {"a registry that only the build knows", "Dockerfile", "ARG REGISTRY\nFROM <|${REGISTRY}/node|>\n"},
                 {"a value that only the build knows", "Dockerfile",
                  "ARG BASE\nARG TAG\nFROM ${BASE}\nFROM ${BASE}/node:${TAG}\nFROM shop/${BASE}\n"},
                 {"a reference that is replaced before it is pulled", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n"
                  "      image: ko://example.org/shop/cmd/web\n    - name: sidecar\n      image: <your image>\n    - "
                  "name: other\n      image: registry.example.org/your-project/web\n"},
                 {.title = "images that may float",
                  .path = "compose.yaml",
                  .before = "services:\n  api:\n    image: shop/api:latest\n  db:\n    image: postgres:<|latest|>\n",
                  .options = "allow: [shop/*]"},
                 {.title = "images of a registry that only the build knows, which may float",
                  .path = "Dockerfile",
                  .before = "ARG REGISTRY\nFROM ${REGISTRY}/shop/api\n",
                  .options = "allow: ['${REGISTRY}/shop/*']"},
                 {"channels", "Dockerfile", "FROM debian:<|stable|>\nFROM shop/api:stable-2.4.1\n"},
                 {"a service", "compose.yaml", "services:\n  db:\n    image: postgres:<|latest|>\n"},
                 {"branches and places", "compose.yaml",
                  "services:\n  api:\n    image: shop/api:<|main|>\n  web:\n    image: shop/web:<|production|>\n"
                  "  old:\n    image: shop/old:20240117\n"},
                 {"a pod", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n"
                  "      image: <|nginx|>\n"}},
    .checks = {on(check_image)},
});

}  // namespace quaymaster::rules
