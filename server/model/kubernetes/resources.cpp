#include "model/kubernetes/resources.h"

#include <algorithm>

namespace quaymaster::kubernetes {
namespace {

Resource& named(Resources& resources, std::string_view name) {
  const auto found = std::ranges::find(resources.named, name, &Resource::name);
  if (found != resources.named.end()) return *found;
  return resources.named.emplace_back(Resource{std::string(name), {}, {}});
}

ResourceAmount amount_of(const yaml::Entry& entry) {
  const std::string_view text = entry.value.string().value_or("");
  return {std::string(text),
          parse_quantity(text),
          entry.key_range,
          entry.value.content_range(),
          entry.shared || entry.value.shared(),
          entry.value};
}

void read_list(const yaml::Value& list, std::optional<ResourceAmount> Resource::*side, Resources& resources) {
  resources.unknown = resources.unknown || (list.present() && !list.is_mapping() && !list.is_null());
  for (const yaml::Entry& entry : list.entries())
    if (entry.value.is_scalar()) named(resources, entry.key).*side = amount_of(entry);
}

Resources read(const yaml::Value& owner) {
  const yaml::Value value = owner.get("resources");
  Resources resources;
  resources.unknown = value.present() && !value.is_mapping() && !value.is_null();
  read_list(value.get("requests"), &Resource::request, resources);
  read_list(value.get("limits"), &Resource::limit, resources);
  return resources;
}

}  // namespace

Resource Resources::of(std::string_view name) const {
  const auto found = std::ranges::find(named, name, &Resource::name);
  return found == named.end() ? Resource{std::string(name), {}, {}} : *found;
}

Resources resources_of(const PodContainer& container) { return read(container.value); }

Resources pod_resources_of(const Workload& workload) { return read(workload.pod_spec); }

}  // namespace quaymaster::kubernetes
