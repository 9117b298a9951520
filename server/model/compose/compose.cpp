#include "model/compose/compose.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "model/compose/extension.h"
#include "model/compose/reader.h"
#include "model/compose/service.h"
#include "model/yaml/scalar.h"

namespace quaymaster::compose {
namespace {

std::vector<Declaration> declarations_of(const yaml::Value& section) {
  std::vector<Declaration> declarations;
  for (const yaml::Entry& entry : section.entries()) {
    const yaml::Value external = entry.value.get("external");
    declarations.push_back({std::string(entry.key), entry.key_range, entry.value,
                            external.is_mapping() || boolean(external).value_or(false),
                            text_of(entry.value.get("file"))});
  }
  return declarations;
}

std::vector<Include> includes_of(const yaml::Value& list) {
  std::vector<Include> includes;
  for (const yaml::Element& item : list.items()) {
    const std::vector<Text> env_files = texts_of(item.value.get("env_file"));
    const std::optional<Text> directory = text_of(item.value.get("project_directory"));
    for (Text& path : texts_of(item.value.is_mapping() ? item.value.get("path") : item.value))
      includes.push_back({std::move(path), env_files, directory});
  }
  return includes;
}

/// Every variable in a scalar that is a value of the document, as written.
std::vector<Variable> variables_in(const yaml::Document& document) {
  std::vector<Variable> variables;
  std::vector<const yaml::Node*> open{document.root().node()};
  while (!open.empty()) {
    const yaml::Node& node = *open.back();
    open.pop_back();
    if (node.kind == yaml::Node::Kind::Scalar && node.text.find('$') != std::string::npos) {
      Interpolated text = interpolate(yaml::mapped_scalar(document, node));
      std::ranges::move(text.variables, std::back_inserter(variables));
    }
    for (auto pair = node.pairs.rbegin(); pair != node.pairs.rend(); ++pair) open.push_back(pair->value);
    for (auto item = node.items.rbegin(); item != node.items.rend(); ++item) open.push_back(item->value);
  }
  return variables;
}

/// Services at the top of the file: Compose before its file format had a version.
bool is_first_format(const yaml::Value& root) {
  if (root.get("services").present() || root.get("version").present()) return false;
  const std::vector<yaml::Entry> entries = root.entries();
  return !entries.empty() && std::ranges::all_of(entries, [](const yaml::Entry& entry) {
    return entry.value.get("image").is_scalar() || entry.value.get("build").present() ||
           entry.value.get("extends").present();
  });
}

/// What other services of the file extend, and what cannot run by itself, is a template.
void find_templates(std::vector<Service>& services) {
  std::unordered_set<std::string_view> extended;
  for (const Service& service : services)
    if (service.extends && !service.extends->file) extended.insert(service.extends->service.text);
  for (Service& service : services)
    service.container.template_only = !service.container.image && !service.build && extended.contains(service.name);
}

void read_services(File& file, const yaml::Value& section, shell::ScriptParser& scripts) {
  std::vector<yaml::Entry> entries = section.entries();
  std::erase_if(entries, [](const yaml::Entry& entry) { return !entry.value.is_mapping() && !entry.value.is_null(); });
  const ExtendedServices extended = merge_extended(entries);
  for (std::size_t i = 0; i < entries.size(); ++i)
    file.services.push_back(read_service(entries[i], extended.services[i], scripts));
  file.merged_nodes = extended.nodes;
}

/// Whether a container can be made of the service without another file.
bool stands_alone(const Service& service) {
  return service.container.image || service.build || service.has_provider || service.container.template_only ||
         service.extends;
}

/// What is only completed here is not known as a whole, and neither is the file.
void find_fragments(File& file) {
  for (Service& service : file.services) {
    if (!stands_alone(service)) service.container.complete = file.complete = false;
  }
}

template <class Named>
const Named* named(const std::vector<Named>& list, std::string_view name) {
  const auto found = std::ranges::find(list, name, &Named::name);
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

bool Service::has_foreign_network() const {
  if (!network_mode || !network_mode->known) return false;
  const std::string& mode = network_mode->text;
  return mode == "host" || mode == "none" || mode.starts_with("container:") || mode.starts_with("service:");
}

const Service* File::service(std::string_view name) const { return named(services, name); }

const Declaration* File::volume(std::string_view name) const { return named(volumes, name); }

File model(std::shared_ptr<const yaml::Document> document, shell::ScriptParser& scripts) {
  File file;
  const yaml::Value root = document->root();
  read_services(file, root.get("services"), scripts);
  find_templates(file.services);
  file.volumes = declarations_of(root.get("volumes"));
  file.networks = declarations_of(root.get("networks"));
  file.secrets = declarations_of(root.get("secrets"));
  file.configs = declarations_of(root.get("configs"));
  file.models = declarations_of(root.get("models"));
  file.includes = includes_of(root.get("include"));
  file.complete = !root.get("include").present();
  find_fragments(file);
  file.variables = variables_in(*document);
  if (const std::optional<yaml::Entry> version = root.entry("version")) file.version_range = version->key_range;
  if (const yaml::Value name = root.get("name"); name.is_scalar()) file.name_range = name.content_range();
  file.is_v1 = is_first_format(root);
  file.document = std::move(document);
  return file;
}

}  // namespace quaymaster::compose
