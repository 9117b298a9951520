#include <string>
#include <string_view>

#include "model/container/container.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule image_without_digest;
namespace {

using container::ImageUse;

/// Tags that move by what they mean: floating-image-tag has them, or names them so.
bool moves(std::string_view tag) {
  constexpr std::string_view kTags[] = {"latest", "stable",     "edge",    "nightly", "dev",  "test",
                                        "main",   "master",     "develop", "trunk",   "head", "release",
                                        "prod",   "production", "staging", "stage",   "qa",   "uat"};
  for (const std::string_view each : kTags)
    if (tag == each) return true;
  return false;
}

void check_image(const ImageUse& image, RuleContext& ctx) {
  const image::Reference& reference = image.reference;
  if (image.built || !image.known || reference.repository.empty()) return;
  if (reference.tag.empty() || !reference.digest.empty() || moves(reference.tag)) return;
  ctx.report({.range = image.tag_range.value_or(image.range),
              .message = quoted(reference.base_name(), 24) + " is named by the tag " + quoted(reference.tag, 20) +
                         ", which can be pushed anew"});
}

}  // namespace

constinit const Rule image_without_digest = checked({
    .name = "image-without-digest",
    .family = Family::Immutability,
    .title = "The image is named by a tag, without its digest.",
    .consequence =
        "Somebody takes over the account of a publisher and pushes another image under the tag `2.4.1`. Every machine "
        "that "
        "pulls from then on runs it, and nothing in your repository has changed. A digest names the one image that was "
        "tested, and the engine refuses every other.",
    .fine_when = "The registry does not let tags be pushed twice, or the image is made in the same pipeline.",
    .fix = FixAvailability::None,
    .variants = {{.name = {},
                  .summary = {},
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0019"},
                              {Language::Kubernetes, "checkov:CKV_K8S_43"},
                              {Language::Kubernetes, "kubescape:C-0306"}},
                  .languages = Language::Compose | Language::Kubernetes}},
    .references = {"https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
                   "https://kubernetes.io/docs/concepts/containers/images/#image-names"},
    .examples = {{"a service", "compose.yaml", "services:\n  db:\n    image: postgres:<|17.2|>\n"},
                 {"a tag from a default", "compose.yaml", "services:\n  db:\n    image: postgres:${TAG:-<|17.2|>}\n"},
                 {"a pod", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n"
                  "      image: nginx:<|1.27.2|>\n"},
                 {"a digest, no tag, and what nobody knows", "compose.yaml",
                  "services:\n  a:\n    image: postgres:17.2@sha256:"
                  "0123456789012345678901234567890123456789012345678901234567890123\n  b:\n    image: postgres\n  c:\n"
                  "    image: postgres:latest\n  d:\n    image: postgres:${TAG}\n"},
                 {"an image that is built here", "compose.yaml",
                  "services:\n  web:\n    build: .\n    image: shop:1.4.2\n"}},
    .checks = {on(check_image)},
});

}  // namespace quaymaster::rules
