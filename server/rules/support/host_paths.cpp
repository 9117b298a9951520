#include "rules/support/host_paths.h"

#include <optional>
#include <string_view>
#include <utility>

#include "model/compose/reader.h"
#include "rules/support/paths.h"

namespace quaymaster::rules {
namespace {

void add(std::vector<HostPath>& paths, std::string_view written, TextRange range, bool read_only) {
  const bool in_home = written == "~" || written.starts_with("~/");
  const std::optional<std::string> path =
      in_home ? absolute_path("/" + std::string(written.substr(1)), "") : absolute_path(written, "");
  if (!path) return;
  paths.push_back({in_home ? "~" + (*path == "/" ? std::string() : *path) : *path, range, read_only});
}

bool has_option(std::string_view options, std::string_view wanted) {
  while (!options.empty()) {
    const std::size_t comma = options.find(',');
    if (options.substr(0, comma) == wanted) return true;
    if (comma == std::string_view::npos) break;
    options.remove_prefix(comma + 1);
  }
  return false;
}

/// A volume of the driver `local` that is a folder of the host under another name.
void add_volume(std::vector<HostPath>& paths, const compose::Declaration& volume) {
  const std::optional<compose::Text> driver = compose::text_of(volume.value.get("driver"));
  const yaml::Value options = volume.value.get("driver_opts");
  const std::optional<compose::Text> device = compose::text_of(options.get("device"));
  if (volume.external || (driver && driver->text != "local") || !device || !device->known) return;
  const std::optional<compose::Text> type = compose::text_of(options.get("type"));
  const std::optional<compose::Text> flags = compose::text_of(options.get("o"));
  const std::string_view mode = flags ? std::string_view(flags->text) : std::string_view();
  if (!(type && type->text == "none") && !has_option(mode, "bind") && !has_option(mode, "rbind")) return;
  add(paths, device->text, device->range, has_option(mode, "ro"));
}

}  // namespace

std::vector<HostPath> host_paths(const compose::Service& service) {
  std::vector<HostPath> paths;
  for (const container::Mount& mount : service.container.mounts)
    if (mount.known && mount.kind == container::Mount::Kind::HostPath)
      add(paths, mount.source, mount.source_range, mount.read_only);
  return paths;
}

std::vector<HostPath> declared_host_paths(const compose::File& file) {
  std::vector<HostPath> paths;
  for (const compose::Declaration& volume : file.volumes) add_volume(paths, volume);
  for (const auto* declarations : {&file.secrets, &file.configs})
    for (const compose::Declaration& declaration : *declarations)
      if (declaration.file && declaration.file->known && !declaration.external)
        add(paths, declaration.file->text, declaration.file->range, true);
  return paths;
}

}  // namespace quaymaster::rules
