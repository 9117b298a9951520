#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule stale_pull_policy;
namespace {

void check_service(const compose::Service& service, RuleContext& ctx) {
  const std::optional<container::ImageUse>& image = service.container.image;
  if (!service.pull_policy || !service.pull_policy->known || service.build || service.container.template_only) return;
  if (!image || !image->known || is_development_path(ctx.path())) return;
  const std::string& policy = service.pull_policy->text;
  const image::Reference& reference = image->reference;
  const bool keeps = policy == "missing" || policy == "if_not_present" || policy == "never";
  const bool moves = reference.digest.empty() && (reference.tag.empty() || reference.tag == "latest");
  if (keeps && moves)
    ctx.report({.variant = "moving-tag",
                .range = service.pull_policy->range,
                .message = quoted(policy) + " keeps whatever `latest` of " + quoted(reference.base_name(), 24) +
                           " a host once pulled"});
  if (policy == "always" && !reference.digest.empty())
    ctx.report({.variant = "needless-pull",
                .range = service.pull_policy->range,
                .message = "`always` asks the registry for a digest, which never means another image"});
}

}  // namespace

constinit const Rule stale_pull_policy = checked({
    .name = "stale-pull-policy",
    .family = Family::Immutability,
    .title = "The pull policy does not go with the name of the image.",
    .consequence =
        "The new version is pushed as `latest` and `docker compose up` says that all is well. The host that pulled "
        "`latest` in spring still runs the image of spring, the new host beside it that of today, and both say that "
        "they run `latest`.",
    .fine_when = "The image is loaded from a file on hosts that reach no registry, and only one was ever loaded.",
    .variants = {{.name = "moving-tag",
                  .summary = "A tag that moves is not looked up again once the host has it.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose},
                 {.name = "needless-pull",
                  .summary = "An image that is named by its digest is asked for at each start.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#pull_policy"},
    .examples = {{"a tag that moves", "compose.yaml",
                  "services:\n  api:\n    image: shop/api:latest\n    pull_policy: <|missing|>\n  worker:\n    image: "
                  "shop/worker\n    pull_policy: \"<|never|>\"\n"},
                 {"a digest", "compose.yaml",
                  "services:\n  api:\n    image: shop/api@sha256:"
                  "0123456789012345678901234567890123456789012345678901234567890123\n    pull_policy: <|always|>\n"},
                 {"policies that go with the name", "compose.yaml",
                  "services:\n  a:\n    image: shop/a:1.4.2\n    pull_policy: missing\n  b:\n    image: shop/b:latest\n"
                  "    pull_policy: always\n  c:\n    image: shop/c:latest\n    pull_policy: ${PULL}\n"},
                 {"an image that is built here", "compose.yaml",
                  "services:\n  api:\n    build: .\n    image: shop/api\n    pull_policy: never\n"}},
    .checks = {on(check_service)},
});

}  // namespace quaymaster::rules
