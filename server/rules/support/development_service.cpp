#include "rules/support/development_service.h"

#include <algorithm>
#include <string_view>

#include "model/container/container.h"
#include "rules/support/development.h"
#include "text/one_of.h"

namespace quaymaster::rules {
namespace {

using container::Mount;

/// Folders that images keep the program in.
constexpr std::string_view kSourceFolders[] = {"/app",     "/code", "/src",     "/usr/src",  "/workspace",
                                               "/var/www", "/srv",  "/opt/app", "/home/node"};

bool is_whole_project(std::string_view source) {
  return source == "." || source == "./" || source == ".." || source.starts_with("${PWD}") ||
         source.starts_with("$PWD");
}

bool is_source(const Mount& mount, const compose::Service& service) {
  if (mount.kind != Mount::Kind::HostPath) return false;
  if (is_whole_project(mount.source)) return true;
  if (service.build && service.build->context && service.build->context->text == mount.source) return true;
  const bool of_home = mount.source.starts_with('~') || mount.source.starts_with("/home/") ||
                       mount.source.starts_with("/Users/") || mount.source.find(":\\Users\\") != std::string::npos;
  if (of_home && service.build && service.working_dir && service.working_dir->text == mount.target) return true;
  return mount.source.starts_with('.') &&
         std::ranges::any_of(kSourceFolders, [&](std::string_view folder) { return mount.target.starts_with(folder); });
}

/// Whether it is the project, what the image was built from, or stands where an image keeps its program. Fixtures and
/// data below that are none of it.
bool covers_program(const Mount& mount, const compose::Service& service) {
  if (!is_source(mount, service)) return false;
  if (is_whole_project(mount.source)) return true;
  if (service.build && service.build->context && service.build->context->text == mount.source) return true;
  return one_of(kSourceFolders, mount.target) || mount.target.ends_with("/src");
}

}  // namespace

bool says_development(const compose::Service& service) {
  if (names_development(service.name)) return true;
  if (std::ranges::any_of(service.profiles, [](const compose::Name& name) { return names_development(name.text); }))
    return true;
  if (!service.build) return false;
  return (service.build->target && names_development(service.build->target->text)) ||
         (service.build->dockerfile && is_development_path(service.build->dockerfile->text));
}

const Mount* source_mount(const compose::Service& service) {
  const auto& mounts = service.container.mounts;
  const auto found = std::ranges::find_if(mounts, [&](const Mount& mount) { return is_source(mount, service); });
  return found == mounts.end() ? nullptr : &*found;
}

const Mount* program_mount(const compose::Service& service) {
  const auto& mounts = service.container.mounts;
  const auto found = std::ranges::find_if(mounts, [&](const Mount& mount) { return covers_program(mount, service); });
  return found == mounts.end() ? nullptr : &*found;
}

bool is_for_development(const compose::Service& service) {
  return says_development(service) || source_mount(service) != nullptr;
}

}  // namespace quaymaster::rules
