#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "model/compose/reader.h"
#include "model/compose/service_parts.h"
#include "model/compose/volumes.h"

namespace quaymaster::compose {
namespace {

using container::Mount;

bool has_unknown(const Interpolated& text, TextRange range) {
  for (const Variable& variable : text.variables)
    if (!variable.default_range && variable.range.begin < range.end && range.begin < variable.range.end) return true;
  return false;
}

/// The option of a mode ("ro,rshared") that says how mounts spread; empty at the end when there is none.
TextRange propagation_in(std::string_view text, TextRange mode) {
  constexpr std::array<std::string_view, 6> kWords{"shared", "rshared", "slave", "rslave", "private", "rprivate"};
  for (std::uint32_t at = mode.begin; at < mode.end;) {
    const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(text.find(',', at), mode.end));
    if (std::ranges::find(kWords, slice(text, {at, end})) != kWords.end()) return {at, end};
    at = end + 1;
  }
  return {mode.end, mode.end};
}

/// `/run:size=1m,exec`.
Mount short_tmpfs(const yaml::Value& item, const Interpolated& text) {
  const std::string_view bytes = text.text.bytes();
  Mount mount;
  mount.kind = Mount::Kind::Memory;
  mount.range = item.content_range();
  mount.shared = item.shared();
  mount.source_range = {mount.range.begin, mount.range.begin};
  const auto target_end = static_cast<std::uint32_t>(std::min(bytes.find(':'), bytes.size()));
  mount.target = bytes.substr(0, target_end);
  mount.target_range = text.text.to_file({0, target_end});
  mount.known = text.known;
  for (std::size_t at = target_end; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find(',', at + 1), bytes.size());
    const std::string_view option = bytes.substr(at + 1, end - at - 1);
    if (option == "exec" || option == "noexec") mount.executable = option == "exec";
    at = end;
  }
  return mount;
}

std::optional<Mount> short_mount(const yaml::Value& item) {
  const std::optional<Interpolated> text = interpolated(item);
  const std::optional<ShortVolume> parts = text ? parse_volume(text->text.bytes()) : std::nullopt;
  if (!parts) return std::nullopt;
  const std::string_view bytes = text->text.bytes();
  Mount mount;
  mount.range = item.content_range();
  mount.shared = item.shared();
  mount.source = slice(bytes, parts->source);
  mount.source_range = text->text.to_file(parts->source);
  mount.target = slice(bytes, parts->target);
  mount.target_range = text->text.to_file(parts->target);
  mount.read_only = is_read_only(slice(bytes, parts->mode));
  const TextRange propagation = propagation_in(bytes, parts->mode);
  mount.propagation = slice(bytes, propagation);
  mount.propagation_range = text->text.to_file(propagation);
  mount.known = !has_unknown(*text, mount.source_range) && !has_unknown(*text, mount.target_range);
  if (parts->anonymous())
    mount.kind = Mount::Kind::AnonymousVolume;
  else if (is_host_path(mount.source))
    mount.kind = Mount::Kind::HostPath;
  else if (mount.source.starts_with('$'))  // a path or the name of a volume: only the environment knows
    mount.kind = mount.source.find("}/") != std::string::npos ? Mount::Kind::HostPath : Mount::Kind::Other;
  else
    mount.kind = Mount::Kind::NamedVolume;
  return mount;
}

void set_text(const yaml::Value& value, std::string& text, TextRange& range, Mount& mount) {
  range = {mount.range.begin, mount.range.begin};
  const std::optional<Text> read = text_of(value);
  if (!read) return;
  text = read->text;
  range = read->range;
  mount.known = mount.known && read->known;
  mount.shared = mount.shared || read->shared;
}

Mount long_mount(const yaml::Element& item) {
  Mount mount;
  mount.range = item.value.range();
  mount.shared = item.value.shared();
  set_text(item.value.get("source"), mount.source, mount.source_range, mount);
  set_text(item.value.get("target"), mount.target, mount.target_range, mount);
  mount.read_only = boolean(item.value.get("read_only")).value_or(false);
  if (const std::optional<Text> propagation = text_of(item.value.get({"bind", "propagation"}))) {
    mount.propagation = propagation->text;
    mount.propagation_range = propagation->range;
  }
  const std::optional<Text> type = text_of(item.value.get("type"));
  if (type ? type->text == "bind" : is_host_path(mount.source))
    mount.kind = Mount::Kind::HostPath;
  else if (!type || type->text == "volume")
    mount.kind = mount.source.empty() ? Mount::Kind::AnonymousVolume : Mount::Kind::NamedVolume;
  else if (type->text == "tmpfs")
    mount.kind = Mount::Kind::Memory;
  return mount;
}

/// `configs` or `secrets`, which appear as files below `folder`.
void add_files(std::vector<Mount>& mounts, const yaml::Value& list, std::string_view folder) {
  for (const yaml::Element& item : list.items()) {
    Mount mount;
    mount.kind = Mount::Kind::Config;
    mount.range = item.value.content_range();
    mount.shared = item.value.shared();
    mount.read_only = true;
    const bool is_name = item.value.is_scalar();
    set_text(is_name ? item.value : item.value.get("source"), mount.source, mount.source_range, mount);
    if (mount.source.empty()) continue;
    mount.target = mount.source;
    mount.target_range = mount.source_range;
    if (const yaml::Value target = item.value.get("target"); target.is_scalar())
      set_text(target, mount.target, mount.target_range, mount);
    if (!mount.target.starts_with('/')) mount.target.insert(0, folder);
    mounts.push_back(std::move(mount));
  }
}

}  // namespace

std::vector<Mount> mounts_of(const yaml::Value& service) {
  std::vector<Mount> mounts;
  for (const yaml::Element& item : service.get("volumes").items()) {
    std::optional<Mount> mount = item.value.is_mapping() ? long_mount(item) : short_mount(item.value);
    if (mount) mounts.push_back(*std::move(mount));
  }
  for (const yaml::Value& item : scalars_of(service.get("tmpfs")))
    if (const std::optional<Interpolated> text = interpolated(item)) mounts.push_back(short_tmpfs(item, *text));
  add_files(mounts, service.get("configs"), "/");
  add_files(mounts, service.get("secrets"), "/run/secrets/");
  return mounts;
}

}  // namespace quaymaster::compose
