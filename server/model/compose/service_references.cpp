#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/compose/reader.h"
#include "model/compose/service_parts.h"

namespace quaymaster::compose {
namespace {

/// The names of a list whose items are names, or mappings that have one under `key`.
std::vector<Name> names_under(const yaml::Value& list, std::string_view key) {
  std::vector<Name> names;
  for (const yaml::Element& item : list.items())
    if (std::optional<Name> name = name_of(item.value.is_mapping() ? item.value.get(key) : item.value))
      names.push_back(*std::move(name));
  return names;
}

Name name_of_key(const yaml::Entry& entry) { return {std::string(entry.key), entry.key_range, true, entry.shared}; }

Dependency::Condition condition_of(const std::optional<Text>& text) {
  using Condition = Dependency::Condition;
  if (!text || (text->known && text->text == "service_started")) return Condition::Started;
  if (text->known && text->text == "service_healthy") return Condition::Healthy;
  if (text->known && text->text == "service_completed_successfully") return Condition::Completed;
  return Condition::Unknown;
}

std::vector<Dependency> dependencies_of(const yaml::Value& value) {
  std::vector<Dependency> dependencies;
  for (const yaml::Entry& entry : value.entries()) {
    Dependency dependency;
    dependency.service = name_of_key(entry);
    const std::optional<Text> condition = text_of(entry.value.get("condition"));
    dependency.condition = condition_of(condition);
    if (condition) dependency.condition_range = condition->range;
    dependency.required = boolean(entry.value.get("required")).value_or(true);
    dependencies.push_back(std::move(dependency));
  }
  for (const yaml::Value& item : scalars_of(value))
    if (std::optional<Name> name = name_of(item)) dependencies.push_back({.service = *std::move(name)});
  return dependencies;
}

std::vector<NetworkUse> networks_of(const yaml::Value& value) {
  std::vector<NetworkUse> networks;
  for (const yaml::Entry& entry : value.entries()) {
    NetworkUse use;
    use.network = name_of_key(entry);
    for (Text& alias : texts_of(entry.value.get("aliases"))) use.aliases.push_back(std::move(alias.text));
    use.ipv4_address = text_of(entry.value.get("ipv4_address"));
    use.ipv6_address = text_of(entry.value.get("ipv6_address"));
    networks.push_back(std::move(use));
  }
  for (const yaml::Value& item : scalars_of(value))
    if (std::optional<Name> name = name_of(item)) networks.push_back({.network = *std::move(name)});
  return networks;
}

std::vector<EnvFile> env_files_of(const yaml::Value& value) {
  std::vector<EnvFile> files;
  if (std::optional<Text> path = text_of(value)) files.push_back({.path = *std::move(path)});
  for (const yaml::Element& item : value.items()) {
    const bool is_long = item.value.is_mapping();
    std::optional<Text> path = text_of(is_long ? item.value.get("path") : item.value);
    if (!path) continue;
    const std::optional<Text> format = text_of(item.value.get("format"));
    files.push_back({*std::move(path), boolean(item.value.get("required")).value_or(true),
                     format && format->known && format->text == "raw"});
  }
  return files;
}

std::vector<WatchRule> watch_rules_of(const yaml::Value& list) {
  std::vector<WatchRule> rules;
  for (const yaml::Element& item : list.items())
    if (item.value.is_mapping())
      rules.push_back(
          {text_of(item.value.get("action")), text_of(item.value.get("path")), text_of(item.value.get("target"))});
  return rules;
}

}  // namespace

void read_references(Service& service) {
  const yaml::Value& value = service.value;
  service.depends_on = dependencies_of(value.get("depends_on"));
  service.networks = networks_of(value.get("networks"));
  service.env_files = env_files_of(value.get("env_file"));
  service.profiles = names_of(value.get("profiles"));
  service.secrets = names_under(value.get("secrets"), "source");
  service.configs = names_under(value.get("configs"), "source");
  service.volumes_from = names_of(value.get("volumes_from"));
  service.links = names_of(value.get("links"));
  service.external_links = names_of(value.get("external_links"));
  service.models = names_of(value.get("models"));
  service.watch = watch_rules_of(value.get({"develop", "watch"}));
  for (const container::Mount& mount : service.container.mounts)
    if (mount.kind == container::Mount::Kind::NamedVolume)
      service.volumes.push_back({mount.source, mount.source_range, mount.known, mount.shared});
}

}  // namespace quaymaster::compose
