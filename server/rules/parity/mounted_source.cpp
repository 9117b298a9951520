#include <string>
#include <string_view>

#include "model/compose/compose.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/development_service.h"
#include "rules/support/message.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule mounted_source;
namespace {

void check_service(const compose::Service& service, RuleContext& ctx) {
  if (!service.build || service.container.template_only || is_development_path(ctx.path()) || says_development(service))
    return;
  const container::Mount* mount = program_mount(service);
  if (mount == nullptr || mount->read_only) return;
  ctx.report({.variant = "service",
              .range = mount->source_range.empty() ? mount->range : mount->source_range,
              .message = quoted(mount->source, 24) + " over " + quoted(mount->target, 24) +
                         " hides what was built: the image is not what runs"});
}

// --- Kubernetes

/// Images of Docker's own library have nothing in the folders for programs.
bool may_hold_program(const container::Container& container) {
  return container.image && container.image->known &&
         container.image->reference.canonical_name().find('/') != std::string::npos;
}

void check_mount(const yaml::Value& mount, const kubernetes::Workload& workload, RuleContext& ctx) {
  using Kind = kubernetes::Volume::Kind;
  constexpr std::string_view kFolders[] = {"/app", "/usr/src/app", "/srv",         "/code",
                                           "/src", "/opt/app",     "/var/www/html"};
  const yaml::Value target = mount.get("mountPath");
  const kubernetes::Volume* volume = workload.volume(mount.get("name").string().value_or(""));
  if (volume == nullptr || mount.get("subPath") || !one_of(kFolders, target.string().value_or(""))) return;
  const bool covers = volume->kind == Kind::HostPath || volume->kind == Kind::EmptyDir || volume->kind == Kind::None ||
                      volume->kind == Kind::ConfigMap;
  if (!covers) return;
  ctx.report({.variant = "pod",
              .range = target.content_range(),
              .message = quoted(volume->name, 24) + " over " + quoted(*target.string(), 24) +
                         " hides the program of the image: it is not what runs"});
}

void check_workload(const kubernetes::Workload& workload, RuleContext& ctx) {
  if (workload.partial || is_development_path(ctx.path())) return;
  for (const kubernetes::PodContainer& container : workload.containers)
    if (container.container.kind == container::Container::Kind::PodContainer && may_hold_program(container.container))
      for (const yaml::Element& item : container.value.get("volumeMounts").items())
        check_mount(item.value, workload, ctx);
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
    .variants = {{.name = "service",
                  .summary = "The source of a service that is built here is mounted over the program in its image.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose},
                 {.name = "pod",
                  .summary = "A volume of a pod is mounted over a folder where images keep their program.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Kubernetes}},
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
                  "services:\n  web:\n    build: .\n    profiles: [dev]\n    volumes: [\".:/app\"]\n"},
                 {"a folder of the node over a program", "pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n"
                  "      image: shop/web:1.4.2\n      volumeMounts:\n        - {name: code, mountPath: <|/app|>}\n"
                  "        - {name: code, mountPath: /app/cache}\n    - name: base\n      image: python:3.13.0\n"
                  "      volumeMounts:\n        - {name: code, mountPath: /app}\n  volumes:\n    - name: code\n"
                  "      hostPath: {path: /srv/code}\n"}},
    .checks = {on(check_service), on(check_workload)},
});

}  // namespace quaymaster::rules
