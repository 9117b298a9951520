#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/compose/compose.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/paths.h"

namespace quaymaster::rules {
extern const Rule anonymous_volume;
namespace {

using container::Mount;

/// A service with more mounts gets no fix: to look a place up takes as long as the list.
constexpr std::size_t kMostMounts = 100;

/// Whether the volume keeps a folder of the image from being hidden by a mount around it: `/app/node_modules` in `.`.
bool keeps_image_folder(const Mount& volume, const compose::Service& service) {
  return std::ranges::any_of(service.container.mounts, [&](const Mount& other) {
    return other.kind == Mount::Kind::HostPath && is_in_folder(volume.target, other.target);
  });
}

/// A name for the volume: that of the service with the last folder of the path.
std::string name_for(const Mount& mount, const compose::Service& service) {
  std::string name = service.name + "-" + mount.target.substr(mount.target.find_last_of('/') + 1);
  std::erase_if(name, [](char c) {
    return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_');
  });
  return name;
}

/// Names a volume in the short syntax, and declares it.
std::optional<Fix> naming(const Mount& mount, const compose::Service& service) {
  if (service.container.mounts.size() > kMostMounts) return std::nullopt;
  if (mount.shared || service.shared || !service.container.place) return std::nullopt;
  const yaml::Document& document = *service.container.place->document;
  const yaml::Value item = yaml::value_at(document, mount.target_range);
  const bool in_list = item.is_scalar() && item.node()->parent->kind == yaml::Node::Kind::Sequence;
  if (!in_list || item.string() != mount.target || mount.target.ends_with('/')) return std::nullopt;
  const std::string name = name_for(mount, service);
  if (document.root().get({"volumes", name}).present()) return std::nullopt;
  std::optional<Edit> use = yaml::replace_scalar(item, name + ":" + mount.target);
  const std::string_view path[] = {"volumes", name};
  std::optional<Edit> declaration = yaml::insert(document.root().place(), path, yaml::NewValue::plain("{}"));
  if (!use || !declaration) return std::nullopt;
  Fix fix{"Name the volume " + quoted(name),
          Applicability::Unsafe,
          {*std::move(use), *std::move(declaration)},
          "What is in the volume without a name does not move to the new one."};
  std::ranges::sort(fix.edits, {}, &Edit::range);
  return fix;
}

void check(const compose::Service& service, RuleContext& ctx) {
  for (const Mount& mount : service.container.mounts) {
    if (mount.kind != Mount::Kind::AnonymousVolume || !mount.known || keeps_image_folder(mount, service)) continue;
    Report report{.range = mount.target_range,
                  .message = "the volume for " + quoted(mount.target) + " has no name: nobody will find it again"};
    if (std::optional<Fix> fix = naming(mount, service)) report.fixes.push_back(*std::move(fix));
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule anonymous_volume = checked({
    .name = "anonymous-volume",
    .family = Family::State,
    .title = "Data is kept in a volume without a name.",
    .consequence =
        "`docker compose down`, then `up`: the container gets a new, empty volume. The old one is still on the disk, "
        "as "
        "one of thirty with names of 64 hexadecimal digits, until `docker system prune --volumes` takes it away.",
    .fine_when = "What is in it may be lost: a cache, or a folder of the image that a mount would hide.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/engine/storage/volumes/"},
    .examples =
        {{"in the short and in the long form", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    volumes:\n      - <|/data|>\n      - type: volume\n  "
          "      target: <|/cache|>\n",
          "services:\n  web:\n    image: shop/web:1.4.2\n    volumes:\n      - web-data:/data\n      - type: volume\n  "
          "      target: /cache\nvolumes:\n  web-data: {}\n"},
         {"volumes with names", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    volumes: [\"data:/data\", \"./conf:/conf\", "
          "\"${DATA}\"]\nvolumes:\n  data:\n"},
         {"modules of the image below a mount", "compose.yaml",
          "services:\n  web:\n    image: shop/web:1.4.2\n    volumes: [\".:/app\", /app/node_modules]\n"}},
    .checks = {on(check)},
});

}  // namespace quaymaster::rules
