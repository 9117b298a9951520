#include "model/kubernetes/config_script.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/container/shift.h"
#include "model/kubernetes/kubernetes.h"
#include "model/shell/script_parser.h"
#include "model/yaml/scalar.h"

namespace quaymaster::kubernetes {
namespace {

/// Whether it is written for a shell: by its first line or, without one that says so, by its name.
bool is_shell_script(std::string_view key, std::string_view text) {
  if (text.find("{{") != std::string_view::npos) return false;
  if (!text.starts_with("#!")) return key.ends_with(".sh");
  return shell::dialect_of_text(text, shell::Dialect::Posix) == shell::Dialect::Posix;
}

/// Where a file stands that a container sees: the key, or the path that the volume gives to it.
std::string file_name(const Volume& volume, std::string_view key) {
  for (const yaml::Element& item : volume.value.get({"configMap", "items"}).items())
    if (item.value.get("key").string() == key) return std::string(item.value.get("path").string().value_or(""));
  return std::string(key);
}

/// The path of the script in the container; empty when it does not mount it.
std::string path_of(const ConfigScript& script, const PodContainer& container, const Workload& workload) {
  for (const yaml::Element& mount : container.value.get("volumeMounts").items()) {
    const Volume* volume = workload.volume(mount.value.get("name").string().value_or(""));
    if (volume == nullptr || volume->kind != Volume::Kind::ConfigMap || volume->source != script.config_map) continue;
    std::string path(mount.value.get("mountPath").string().value_or(""));
    const std::string name = file_name(*volume, script.key);
    const std::optional<std::string_view> sub_path = mount.value.get("subPath").string();
    if (path.empty() || name.empty()) continue;
    if (sub_path && *sub_path == name) return path;
    if (sub_path) continue;
    if (!path.ends_with('/')) path += '/';
    return path + name;
  }
  return {};
}

bool runs(const PodContainer& container, std::string_view path) {
  return std::ranges::any_of(container.container.start, [&](const container::StartCommand& start) {
    return std::ranges::any_of(start.text.script->commands, [&](const shell::Command& command) {
      return std::ranges::any_of(command.words, [&](const shell::Word& word) { return word.text == path; });
    });
  });
}

/// A script of the file, where its document begins, and who runs it.
struct Candidate {
  const ConfigScript* script;
  std::uint32_t begin;
  const container::Container* runner = nullptr;
};

void find_runner(Candidate& candidate, const Workload& workload) {
  const ConfigScript& script = *candidate.script;
  const std::optional<std::string>& place = workload.object.namespace_name;
  if (candidate.runner != nullptr || (script.namespace_name && place && script.namespace_name != place)) return;
  for (const PodContainer& container : workload.containers) {
    const std::string path = path_of(script, container, workload);
    if (path.empty() || !runs(container, path)) continue;
    candidate.runner = &container.container;
    return;
  }
}

}  // namespace

std::vector<ConfigScript> config_scripts(const Object& object, shell::ScriptParser& scripts) {
  std::vector<ConfigScript> result;
  if (object.kind != "ConfigMap") return result;
  for (const yaml::Entry& entry : object.value.get("data").entries()) {
    const std::optional<std::string_view> text = entry.value.string();
    if (!text || !is_shell_script(entry.key, *text)) continue;
    shell::Text script;
    script.source.text = yaml::mapped_scalar(*entry.value.document(), *entry.value.node());
    script.source.layers = {yaml::layer_of(entry.value.node()->style)};
    script.script = scripts.parse(script.source);
    result.push_back(
        {object.name, object.namespace_name, std::string(entry.key),
         container::StartCommand{container::StartCommand::Role::Entrypoint, entry.key_range, entry.value.range(), false,
                                 true, entry.shared || entry.value.shared(), std::move(script)}});
  }
  return result;
}

std::vector<MountedScript> mounted_scripts(const File& file) {
  std::vector<Candidate> candidates;
  for (const File::Part& part : file.parts)
    for (const ConfigScript& script : part.manifest->scripts) candidates.push_back({&script, part.begin});
  if (candidates.empty()) return {};
  std::unordered_map<std::string_view, std::vector<Candidate*>> by_config_map;
  for (Candidate& candidate : candidates) by_config_map[candidate.script->config_map].push_back(&candidate);
  for (const File::Part& part : file.parts)
    for (const Workload& workload : part.manifest->workloads)
      for (const Volume& volume : workload.volumes) {
        if (volume.kind != Volume::Kind::ConfigMap) continue;
        const auto found = by_config_map.find(volume.source);
        if (found == by_config_map.end()) continue;
        for (Candidate* candidate : found->second) find_runner(*candidate, workload);
      }
  std::vector<MountedScript> result;
  for (const Candidate& candidate : candidates)
    if (candidate.runner != nullptr)
      result.push_back({container::shifted(candidate.script->script, candidate.begin), candidate.runner});
  return result;
}

}  // namespace quaymaster::kubernetes
