#include <array>
#include <string>
#include <utility>

#include "model/kubernetes/object.h"
#include "model/kubernetes/workload.h"

namespace quaymaster::kubernetes {
namespace {

struct SourceKey {
  std::string_view key;
  Volume::Kind kind;
  std::string_view name_key;  // of what the source is known by
};

constexpr std::array kSources{
    SourceKey{"emptyDir", Volume::Kind::EmptyDir, ""},
    SourceKey{"hostPath", Volume::Kind::HostPath, "path"},
    SourceKey{"persistentVolumeClaim", Volume::Kind::PersistentVolumeClaim, "claimName"},
    SourceKey{"ephemeral", Volume::Kind::Ephemeral, ""},
    SourceKey{"configMap", Volume::Kind::ConfigMap, "name"},
    SourceKey{"secret", Volume::Kind::Secret, "secretName"},
    SourceKey{"projected", Volume::Kind::Projected, ""},
    SourceKey{"downwardAPI", Volume::Kind::DownwardApi, ""},
    SourceKey{"csi", Volume::Kind::Csi, "driver"},
    SourceKey{"nfs", Volume::Kind::Nfs, "path"},
    SourceKey{"image", Volume::Kind::Image, "reference"},
};

void read_source(Volume& volume) {
  volume.kind = Volume::Kind::None;
  for (const yaml::Entry& entry : volume.value.entries())
    if (entry.key != "name") volume.kind = Volume::Kind::Other;
  for (const SourceKey& source : kSources) {
    const std::optional<yaml::Entry> entry = volume.value.entry(source.key);
    if (!entry) continue;
    volume.kind = source.kind;
    volume.source_range = entry->key_range;
    if (const std::optional<Setting> name = setting_of(entry->value, source.name_key)) {
      volume.source = name->text;
      volume.source_range = name->value_range;
    }
    if (source.kind == Volume::Kind::EmptyDir) {
      volume.memory = entry->value.get("medium").string() == "Memory";
      volume.size_limit = entry->value.get("sizeLimit").is_scalar();
    }
    return;
  }
}

Volume named(const yaml::Element& item, const yaml::Value& named_by) {
  Volume volume;
  volume.value = item.value;
  volume.range = item.value.range();
  volume.name_range = volume.source_range = {volume.range.begin, volume.range.begin};
  volume.shared = item.value.shared();
  if (const std::optional<Setting> name = setting_of(named_by, "name")) {
    volume.name = name->text;
    volume.name_range = name->value_range;
  }
  return volume;
}

}  // namespace

std::vector<Volume> volumes_of(const yaml::Value& pod_spec, const yaml::Value& claim_templates) {
  std::vector<Volume> volumes;
  for (const yaml::Element& item : claim_templates.items()) {
    if (!item.value.is_mapping()) continue;
    Volume volume = named(item, item.value.get("metadata"));
    volume.kind = Volume::Kind::ClaimTemplate;
    volumes.push_back(std::move(volume));
  }
  for (const yaml::Element& item : pod_spec.get("volumes").items()) {
    if (!item.value.is_mapping()) continue;
    Volume volume = named(item, item.value);
    read_source(volume);
    volumes.push_back(std::move(volume));
  }
  return volumes;
}

}  // namespace quaymaster::kubernetes
