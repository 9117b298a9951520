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

std::vector<Text> texts_of(const yaml::Value& value) {
  std::vector<Text> texts;
  for (const yaml::Value& scalar : scalars_of(value)) texts.push_back(*text_of(scalar));
  return texts;
}

/// The names of a list whose items are names, or mappings that have one under `key`.
std::vector<Name> names_under(const yaml::Value& list, std::string_view key) {
  std::vector<Name> names;
  for (const yaml::Element& item : list.items())
    if (std::optional<Name> name = name_of(item.value.is_mapping() ? item.value.get(key) : item.value))
      names.push_back(*std::move(name));
  return names;
}

std::vector<Name> env_files_of(const yaml::Value& value) {
  if (const std::optional<Name> name = name_of(value)) return {*name};
  return names_under(value, "path");
}

void read_names(Service& service) {
  const yaml::Value& value = service.value;
  service.depends_on = names_of(value.get("depends_on"));
  service.networks = names_of(value.get("networks"));
  service.profiles = names_of(value.get("profiles"));
  service.secrets = names_under(value.get("secrets"), "source");
  service.configs = names_under(value.get("configs"), "source");
  service.volumes_from = names_of(value.get("volumes_from"));
  service.links = names_of(value.get("links"));
  service.env_files = env_files_of(value.get("env_file"));
  for (const container::Mount& mount : service.container.mounts)
    if (mount.kind == container::Mount::Kind::NamedVolume)
      service.volumes.push_back({mount.source, mount.source_range, mount.known, mount.shared});
}

void read_texts(Service& service) {
  const yaml::Value& value = service.value;
  const auto text = [&](std::string_view key) { return text_of(value.get(key)); };
  service.network_mode = text("network_mode");
  service.pid = text("pid");
  service.ipc = text("ipc");
  service.uts = text("uts");
  service.userns_mode = text("userns_mode");
  service.cgroup = text("cgroup");
  service.restart = text("restart");
  service.container_name = text("container_name");
  service.hostname = text("hostname");
  service.pull_policy = text("pull_policy");
  service.platform = text("platform");
  service.logging_driver = text_of(value.get({"logging", "driver"}));
  service.security_options = texts_of(value.get("security_opt"));
  service.devices = texts_of(value.get("devices"));
  service.labels = variables_of(value.get("labels"), EnvironmentEntry::Origin::Environment);
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

Service read_service(const yaml::Entry& entry, shell::ScriptParser& scripts) {
  Service service;
  service.name = entry.key;
  service.name_range = entry.key_range;
  service.shared = entry.shared || entry.value.shared();
  service.value = entry.value;
  service.build = build_of(entry.value);
  service.extends = extends_of(entry.value);
  service.ports = ports_of(entry.value);

  container::Container& container = service.container;
  container.kind = container::Container::Kind::Service;
  container.name = service.name;
  container.name_range = service.name_range;
  container.image = image_of(entry.value);
  container.start = start_commands_of(entry.value, scripts);
  container.environment = variables_of(entry.value.get("environment"), EnvironmentEntry::Origin::Environment);
  if (service.build)
    container.environment.insert(container.environment.end(), service.build->arguments.begin(),
                                 service.build->arguments.end());
  container.user = user_of(entry.value);
  container.mounts = mounts_of(entry.value);
  container.mounts_complete = !service.extends && !entry.value.get("volumes_from").present();
  container.ports = bindings_of(service.ports, entry.value);
  container.resources = resources_of(entry.value);
  container.health = health_checks_of(entry.value, scripts);
  container.isolation = isolation_of(entry.value);
  container.builds_image = service.build.has_value();
  container.place = entry.value.place();

  read_names(service);
  read_texts(service);
  return service;
}

}  // namespace quaymaster::compose
