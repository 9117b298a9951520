#include <optional>
#include <string_view>
#include <utility>

#include "model/compose/compose.h"
#include "model/yaml/edit.h"
#include "model/yaml/layout.h"
#include "model/yaml/scalar.h"
#include "rules/rule_context.h"

namespace quaymaster::rules {
extern const Rule quoted_volume;
namespace {

void check(const compose::Service& service, RuleContext& ctx) {
  const yaml::Value list = service.written.get("volumes");
  for (const yaml::Element& item : list.items()) {
    if (!item.value.is_scalar() || item.shared || item.value.shared()) continue;
    const yaml::Node& node = *item.value.node();
    const bool quoted = node.style == yaml::ScalarStyle::SingleQuoted || node.style == yaml::ScalarStyle::DoubleQuoted;
    // Quotes that are needed are no matter of taste.
    if (!quoted || !yaml::plain_string(node.text, node.flow || yaml::in_flow(node))) continue;
    Report report{.range = item.value.range(), .message = "the volume means the same without its quotes"};
    if (std::optional<Edit> edit = yaml::replace_with_plain(item.value, node.text))
      report.fixes.push_back({"Write it without quotes", Applicability::Safe, {*std::move(edit)}});
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule quoted_volume = checked({
    .name = "quoted-volume",
    .family = Family::Correctness,
    .title = "A volume is written in quotes that it does not need.",
    .consequence =
        "Half of the file says `./data:/data` and half of it `\"./data:/data\"`: who looks for the first with `grep` "
        "and an anchor at the end of the line finds half of the mounts.",
    .fine_when = "Nobody agreed on a style. Quotes mean nothing to Compose here.",
    .fix = FixAvailability::Always,
    .variants = {{.name = "",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Compose, "dclint:no-quotes-in-volumes"}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#volumes"},
    .examples =
        {{"both kinds of quotes", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    volumes:\n      - <|\"./data:/data\"|> # ours\n    "
          "  - <|'cache:/cache:ro'|>\nvolumes:\n  cache:\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    volumes:\n      - ./data:/data # ours\n      - "
          "cache:/cache:ro\nvolumes:\n  cache:\n"},
         {"plain, or in quotes that are needed", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    volumes:\n      - ./data:/data\n      - \"./my "
          "files #1:/files\"\n      - type: bind\n        source: \"./x\"\n        target: '/x'\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
