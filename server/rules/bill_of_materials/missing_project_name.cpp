#include <optional>

#include "model/compose/compose.h"
#include "rules/rule_context.h"
#include "rules/support/compose_services.h"

namespace quaymaster::rules {
extern const Rule missing_project_name;
namespace {

void check(const compose::File& file, RuleContext& ctx) {
  const yaml::Value root = file.document->root();
  const std::optional<yaml::Entry> services = root.entry("services");
  if (!services || services->shared || root.get("name").present() || !is_main_compose_file(ctx.path())) return;
  ctx.report({.range = services->key_range,
              .message = "the project has no `name`: it is called like the folder that the file lies in"});
}

}  // namespace

constinit const Rule missing_project_name = checked({
    .name = "missing-project-name",
    .family = Family::BillOfMaterials,
    .title = "The project has no name of its own.",
    .consequence =
        "A colleague clones the repository into `shop-2`. Compose calls the project by the folder, makes new, empty "
        "volumes `shop-2_data`, and the containers of `shop` run on beside them.",
    .fine_when = "Several copies of the project are meant to run side by side, or `COMPOSE_PROJECT_NAME` is set.",
    .fix = FixAvailability::None,
    .variants = {{.name = "",
                  .severity = Severity::Hint,
                  .aliases = {{Language::Compose, "dclint:require-project-name-field"}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/compose/how-tos/project-name/"},
    .examples = {{"no name", "compose.yaml", "<|services|>:\n  web:\n    image: shop/web:1.4.2\n"},
                 {"a name", "compose.yaml", "name: shop\nservices:\n  web:\n    image: shop/web:1.4.2\n"},
                 {"a file that is read on top of another one", "compose.override.yaml",
                  "services:\n  web:\n    tty: true\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
