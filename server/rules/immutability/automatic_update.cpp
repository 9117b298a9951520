#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "model/compose/compose.h"
#include "model/container/container.h"
#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule automatic_update;
namespace {

/// Images that replace the containers of a host when a tag moves.
bool is_updater(std::string_view image) {
  constexpr std::string_view kImages[] = {"containrrr/watchtower",
                                          "v2tec/watchtower",
                                          "nickfedor/watchtower",
                                          "ghcr.io/containrrr/watchtower",
                                          "pyouroboros/ouroboros",
                                          "beatkind/watchtower",
                                          "ghcr.io/nicholas-fedor/watchtower",
                                          "containrrr/shepherd",
                                          "mazzolino/shepherd"};
  return std::find(std::begin(kImages), std::end(kImages), image) != std::end(kImages);
}

bool is_updating_package(std::string_view name) {
  constexpr std::string_view kPackages[] = {"unattended-upgrades", "dnf-automatic", "yum-cron", "cron-apt"};
  return std::find(std::begin(kPackages), std::end(kPackages), name) != std::end(kPackages);
}

void check_image(const container::ImageUse& image, RuleContext& ctx) {
  if (!image.known || image.built || image.role != container::ImageUse::Role::Run) return;
  if (is_updater(image.reference.canonical_name()))
    ctx.report({.variant = "containers",
                .range = image.name_range,
                .message = quoted(image.reference.base_name()) + " replaces containers when a tag moves, unasked"});
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  if (!stays_in_image(build)) return;
  for (const PackageCommand& use : package_commands(build)) {
    if (use.call.operation != packages::Operation::Install) continue;
    for (const packages::Package& package : use.call.packages)
      if (is_updating_package(package.name))
        ctx.report({.variant = "packages",
                    .range = build.text.in_file(package.name_range),
                    .message = quoted(package.name) + " would change a container while it runs"});
  }
}

/// A label by which a service asks to be replaced when its tag moves.
bool asks_for_update(const container::EnvironmentEntry& label) {
  if (!label.value) return false;
  if (label.name == "com.centurylinklabs.watchtower.enable" || label.name == "com.ouroboros.enable")
    return ascii_lower(*label.value) == "true";
  if (label.name == "io.containers.autoupdate") return *label.value == "registry" || *label.value == "image";
  return label.name == "shepherd.autodeploy" && ascii_lower(*label.value) == "true";
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  if (service.container.template_only) return;
  for (const container::EnvironmentEntry& label : service.labels)
    if (asks_for_update(label))
      ctx.report({.variant = "label",
                  .range = label.name_range,
                  .message = quoted(service.name, 24) + " asks to be replaced when its tag moves, unasked"});
}

}  // namespace

constinit const Rule automatic_update = checked({
    .name = "automatic-update",
    .family = Family::Immutability,
    .title = "Containers are updated by themselves, not by a deployment.",
    .consequence =
        "At four in the morning somebody pushes a broken image with the same tag. Five minutes later production runs "
        "it: no pipeline, no review, no test, no entry in any log of yours. To go back you need the old image, and "
        "nobody wrote down which one it was.",
    .fine_when = "The containers are for yourself, on one machine, and you would rather repair them now and then than "
                 "update them by hand.",
    .variants = {{.name = "containers",
                  .summary = "A service replaces the containers of the host when their tags move.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "label",
                  .summary = "A label asks an updater to replace the service's container when the tag moves.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose},
                 {.name = "packages",
                  .summary = "The image has a service that upgrades its packages.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#create-ephemeral-containers",
                   "https://containrrr.dev/watchtower/"},
    .examples = {{"a service that updates others", "compose.yaml",
                  "services:\n  updates:\n    image: <|containrrr/watchtower|>:1.7.1\n    volumes:\n      - "
                  "/var/run/docker.sock:/var/run/docker.sock\n"},
                 {"labels", "compose.yaml",
                  "services:\n  a:\n    image: shop/a:1.4.2\n    labels:\n      "
                  "<|com.centurylinklabs.watchtower.enable|>: \"true\"\n  b:\n    image: shop/b:1.4.2\n    labels:\n"
                  "      - \"<|io.containers.autoupdate|>=registry\"\n"},
                 {"a label that refuses", "compose.yaml",
                  "services:\n  a:\n    image: shop/a:1.4.2\n    labels: "
                  "[\"com.centurylinklabs.watchtower.enable=false\"]\n"},
                 {"upgrades in the container", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get install -y curl <|unattended-upgrades|>\n"},
                 {"they are removed", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get purge -y unattended-upgrades && apt-get install -y curl\n"},
                 {"a service that only tells", "compose.yaml",
                  "services:\n  updates:\n    image: crazymax/diun:4.28.0\n"}},
    .checks = {on(check_image), on(check_run), on(check_service)},
});

}  // namespace quaymaster::rules
