#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/container/container.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/message.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule development_image;
namespace {

/// The last word of a name or tag, when it says that the image is made for developers: `-dev`, `-debug`.
std::optional<std::string_view> ending_of(std::string_view text) {
  constexpr std::string_view kEndings[] = {"dev", "devel", "debug", "local", "snapshot", "SNAPSHOT"};
  const std::size_t dash = text.find_last_of("-_");
  if (dash == std::string_view::npos || dash == 0) return std::nullopt;
  const std::string_view word = text.substr(dash + 1);
  return one_of(kEndings, word) ? std::optional(word) : std::nullopt;
}

void check_container(const container::Container& container, RuleContext& ctx) {
  const std::optional<container::ImageUse>& image = container.image;
  if (ctx.language() == Language::Dockerfile || !image || !image->known || image->built) return;
  if (is_development_path(ctx.path()) || names_development(container.name)) return;
  const image::Reference& reference = image->reference;
  if (const auto word = ending_of(reference.tag)) {
    ctx.report({.range = image->tag_range.value_or(image->range),
                .message = "the tag says that " + quoted(reference.base_name(), 32) + " is one for " + quoted(*word)});
  } else if (const auto name = ending_of(reference.base_name())) {
    ctx.report({.range = image->name_range,
                .message = quoted(reference.base_name(), 32) + " is by its name an image for " + quoted(*name)});
  }
}

}  // namespace

constinit const Rule development_image = checked({
    .name = "development-image",
    .family = Family::Parity,
    .title = "An image for development runs where no developer works.",
    .consequence =
        "The image with `-debug` has a shell, a compiler and the sources, because somebody needed them once. What was "
        "tested before the release is the other one, and the fault that appears here appears nowhere else.",
    .fine_when = "The name means something else: a tool for developers that is itself what you run.",
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose | Language::Kubernetes}},
    .references = {"https://12factor.net/dev-prod-parity"},
    .examples = {{"a tag and a name", "pod.yaml",
                  "apiVersion: v1\n"
                  "kind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
                  "shop/web:<|1.4.2-debug|>\n"
                  "    - name: api\n      image: <|shop/api-dev|>:1.4.2\n"},
                 {"a service", "compose.yaml",
                  "services:\n"
                  "  web:\n    image: shop/web:<|1.5.0-SNAPSHOT|>\n"},
                 {"where developers work, and other words", "compose.dev.yaml",
                  "services:\n"
                  "  web:\n    image: shop/web:1.4.2-debug\n"},
                 {"releases", "pod.yaml",
                  "apiVersion: v1\n"
                  "kind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
                  "shop/web:1.4.2-alpine\n"
                  "    - name: api-dev\n      image: shop/api:1.4.2-dev\n    - name: other\n"
                  "      image: shop/developer-portal:2.0.0-devices\n"}},
    .checks = {on(check_container)},
});

}  // namespace quaymaster::rules
