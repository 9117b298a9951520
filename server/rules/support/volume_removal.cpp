#include "rules/support/volume_removal.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "model/yaml/edit.h"

namespace quaymaster::rules {

std::vector<Fix> volume_removal(const kubernetes::Workload& workload, const kubernetes::Volume& volume,
                                std::string title, std::string_view caveat) {
  std::vector<std::optional<Edit>> edits;
  const auto remove = [&](const yaml::Value& value, bool shared) {
    edits.push_back(shared || value.shared() ? std::nullopt : yaml::remove_at(*value.document(), value.range()));
  };
  remove(volume.value, volume.shared);
  for (const kubernetes::PodContainer& container : workload.containers)
    for (const yaml::Element& mount : container.value.get("volumeMounts").items())
      if (mount.value.get("name").string() == volume.name) remove(mount.value, mount.shared);
  std::vector<Edit> result;
  for (std::optional<Edit>& edit : edits) {
    if (!edit) return {};
    result.push_back(*std::move(edit));
  }
  std::ranges::sort(result, {}, [](const Edit& edit) { return edit.range.begin; });
  for (std::size_t i = 1; i < result.size(); ++i)
    if (result[i].range.begin < result[i - 1].range.end) return {};
  return {{std::move(title), Applicability::Unsafe, std::move(result), std::string(caveat)}};
}

}  // namespace quaymaster::rules
