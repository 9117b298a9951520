#include "model/compose/service.h"

#include <algorithm>
#include <string>
#include <utility>

#include "model/compose/reader.h"
#include "model/compose/service_parts.h"

namespace quaymaster::compose {
namespace {

using container::EnvironmentEntry;

std::optional<Build> build_of(const yaml::Value& service) {
  const std::optional<yaml::Entry> entry = service.entry("build");
  if (!entry || entry->value.is_null()) return std::nullopt;
  Build build;
  build.key_range = entry->key_range;
  build.value = entry->value;
  if (entry->value.is_scalar()) {
    build.context = text_of(entry->value);
    return build;
  }
  build.context = text_of(entry->value.get("context"));
  build.dockerfile = text_of(entry->value.get("dockerfile"));
  build.dockerfile_inline = entry->value.get("dockerfile_inline").is_scalar();
  build.target = text_of(entry->value.get("target"));
  build.arguments = variables_of(entry->value.get("args"), EnvironmentEntry::Origin::BuildArgument);
  return build;
}

std::optional<Extends> extends_of(const yaml::Value& service) {
  const yaml::Value value = service.get("extends");
  std::optional<Name> name = name_of(value.is_scalar() ? value : value.get("service"));
  if (!name) return std::nullopt;
  return Extends{*std::move(name), text_of(value.get("file"))};
}

}  // namespace

std::optional<container::ImageUse> image_of(const yaml::Value& service) {
  const yaml::Value value = service.get("image");
  const std::optional<Interpolated> text = interpolated(value);
  if (!text || text->text.empty()) return std::nullopt;
  container::ImageUse use;
  use.range = value.content_range();
  use.reference = image::parse_reference(text->text.bytes());
  use.literal = text->literal();
  use.known = text->known;
  use.built = service.get("build").present();
  use.shared = value.shared();
  use.name_range = text->text.to_file(use.reference.name_range);
  if (use.reference.tag_range) use.tag_range = text->text.to_file(*use.reference.tag_range);
  if (use.reference.digest_range) use.digest_range = text->text.to_file(*use.reference.digest_range);
  return use;
}

Service read_service(const yaml::Entry& entry, const ExtendedService& extended, shell::ScriptParser& scripts) {
  const yaml::Value& value = extended.value;
  Service service;
  service.name = entry.key;
  service.name_range = entry.key_range;
  service.shared = entry.shared || entry.value.shared();
  service.value = value;
  service.written = entry.value;
  service.build = build_of(value);
  service.extends = extends_of(entry.value);
  service.ports = ports_of(value);

  container::Container& container = service.container;
  container.kind = container::Container::Kind::Service;
  container.name = service.name;
  container.name_range = service.name_range;
  container.image = image_of(value);
  container.start = start_commands_of(value, scripts);
  container.environment = variables_of(value.get("environment"), EnvironmentEntry::Origin::Environment);
  if (service.build)
    container.environment.insert(container.environment.end(), service.build->arguments.begin(),
                                 service.build->arguments.end());
  container.user = user_of(value);
  container.mounts = mounts_of(value);
  container.complete = extended.complete;
  container.mounts_complete = extended.complete && !value.get("volumes_from").present();
  container.resources = resources_of(value);
  container.health = health_checks_of(value, scripts);
  container.isolation = isolation_of(value);
  container.builds_image = service.build.has_value();
  container.place = entry.value.place();

  read_references(service);
  read_settings(service);
  container.ports = bindings_of(service, value);
  return service;
}

}  // namespace quaymaster::compose
