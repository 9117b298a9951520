#include <string>

#include "model/compose/compose.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/development_service.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule mounted_source;
namespace {

void check_service(const compose::Service& service, RuleContext& ctx) {
  if (!service.build || service.container.template_only || is_development_path(ctx.path()) || says_development(service))
    return;
  const container::Mount* mount = program_mount(service);
  if (mount == nullptr || mount->read_only) return;
  ctx.report({.range = mount->source_range.empty() ? mount->range : mount->source_range,
              .message = quoted(mount->source, 24) + " over " + quoted(mount->target, 24) +
                         " hides what was built: the image is not what runs"});
}

}  // namespace

constinit const Rule mounted_source = checked({
    .name = "mounted-source",
    .family = Family::Parity,
    .title = "The source is mounted over the program that was built into the image.",
    .consequence =
        "The image is built, scanned, pushed and started with the same file in production. What runs there is not in "
        "it: it is whatever lies in the folder on that host, with a change from last year that somebody made by hand. "
        "On a host without the folder Docker makes an empty one, and the service finds no program at all.",
    .fine_when =
        "The file is for developers only. Then `compose.override.yaml` is the place for the mount, which `docker "
        "compose up` reads by itself and production leaves out, or `develop: {watch: …}`.",
    .variants = {{.severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/compose/how-tos/file-watch/",
                   "https://docs.docker.com/compose/how-tos/production/"},
    .examples = {{"the whole project", "compose.yaml",
                  "services:\n  web:\n    build: .\n    volumes:\n      - <|.|>:/app\n      - /app/node_modules\n"},
                 {"the context of the build", "compose.yaml",
                  "services:\n  web:\n    build:\n      context: ./web\n    volumes:\n      - type: bind\n        "
                  "source: <|./web|>\n        target: /shop\n"},
                 {"a folder where images keep programs", "compose.yaml",
                  "services:\n  web:\n    build: .\n    volumes: [\"<|./src|>:/usr/src/app/src\"]\n"},
                 {"settings and data", "compose.yaml",
                  "services:\n  web:\n    build: .\n    volumes:\n      - ./web.conf:/etc/web.conf\n      - "
                  "./fixtures:/app/fixtures\n      - "
                  "data:/app/data\nvolumes:\n  data:\n"},
                 {"nothing is built", "compose.yaml",
                  "services:\n  web:\n    image: nginx:1.27.2\n    volumes: [\"./html:/usr/share/nginx/html:ro\"]\n"},
                 {"a file for development", "compose.override.yaml",
                  "services:\n  web:\n    build: .\n    volumes: [\".:/app\"]\n"},
                 {"a profile for development", "compose.yaml",
                  "services:\n  web:\n    build: .\n    profiles: [dev]\n    volumes: [\".:/app\"]\n"}},
    .checks = {on(check_service)},
});

}  // namespace quaymaster::rules
