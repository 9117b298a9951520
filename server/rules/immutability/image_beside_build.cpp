#include <optional>

#include "model/compose/compose.h"
#include "rules/rule_context.h"

namespace quaymaster::rules {
extern const Rule image_beside_build;
namespace {

constexpr Option<bool> kCheckPullPolicy{"check-pull-policy", true,
                                        "A `pull_policy` says which of the two is meant, so that nothing is reported."};

void check(const compose::Service& service, RuleContext& ctx) {
  const std::optional<yaml::Entry> image = service.entry("image");
  if (!image || image->value.is_null() || !service.build) return;
  if (ctx.get(kCheckPullPolicy) && service.entry("pull_policy")) return;
  ctx.report({.range = image->key_range,
              .message = "`image` beside `build`: without `pull_policy`, either of them may be what runs",
              .related = {{service.build->key_range, "the build"}}});
}

}  // namespace

constinit const Rule image_beside_build = checked({
    .name = "image-beside-build",
    .family = Family::Immutability,
    .title = "A service has an image and a build, and does not say which of them runs.",
    .consequence =
        "`docker compose pull && docker compose up -d` runs what the registry has under that name; on the next machine "
        "`docker compose up --build` runs what is in the folder. Both call it `shop/api:1.4.2`.",
    .fine_when = "`image` is only the name that the build gets, and nobody pushes or pulls it.",
    .fix = FixAvailability::None,
    .options = {kCheckPullPolicy},
    .variants = {{.name = "",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = {{Language::Compose, "dclint:no-build-and-image"}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/build/#using-build-and-image"},
    .examples = {{"both", "compose.yaml", "services:\n  api:\n    build: .\n    <|image|>: shop/api:1.4.2\n"},
                 {"a policy says which", "compose.yaml",
                  "services:\n  api:\n    build: .\n    image: shop/api:1.4.2\n    pull_policy: build\n  web:\n    "
                  "image: shop/web:1.4.2\n"},
                 {.title = "whatever the policy",
                  .path = "compose.yaml",
                  .before = "services:\n  api:\n    build: .\n    <|image|>: shop/api:1.4.2\n    pull_policy: build\n",
                  .options = "check-pull-policy: false"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
