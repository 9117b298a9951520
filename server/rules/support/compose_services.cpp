#include "rules/support/compose_services.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "rules/in_workspace.h"

namespace quaymaster::rules {
namespace {

using Kind = ServiceReference::Kind;

/// The name at the front of `range`, up to a colon: `db:database`, `db:ro`.
ServiceReference before_colon(Kind kind, const compose::Name& name) {
  const std::string service = name.text.substr(0, name.text.find(':'));
  const bool as_written = name.range.size() == name.text.size();
  TextRange range = name.range;
  if (as_written) range.end = range.begin + static_cast<std::uint32_t>(service.size());
  return {kind, service, range, as_written, name.shared, true};
}

/// The name behind `service:`, which other kinds of values do not have.
void add_namespace(const std::optional<compose::Text>& text, std::vector<ServiceReference>& references) {
  constexpr std::string_view kPrefix = "service:";
  if (!text || !text->literal || !text->text.starts_with(kPrefix)) return;
  const bool as_written = text->range.size() == text->text.size();
  TextRange range = text->range;
  if (as_written) range.begin += static_cast<std::uint32_t>(kPrefix.size());
  references.push_back({Kind::Namespace, text->text.substr(kPrefix.size()), range, as_written, text->shared, true});
}

}  // namespace

std::vector<ServiceReference> references_of(const compose::Service& service) {
  std::vector<ServiceReference> references;
  for (const compose::Dependency& dependency : service.depends_on) {
    const compose::Name& name = dependency.service;
    if (!name.literal) continue;
    const bool as_written = name.range.size() == name.text.size();
    references.push_back({Kind::DependsOn, name.text, name.range, as_written, name.shared, dependency.required});
  }
  for (const compose::Name& link : service.links)
    if (link.literal) references.push_back(before_colon(Kind::Link, link));
  for (const compose::Name& from : service.volumes_from)
    if (from.literal && !from.text.starts_with("container:"))
      references.push_back(before_colon(Kind::VolumesFrom, from));
  add_namespace(service.network_mode, references);
  add_namespace(service.pid, references);
  add_namespace(service.ipc, references);
  if (service.extends && !service.extends->file && service.extends->service.literal) {
    const compose::Name& base = service.extends->service;
    references.push_back(
        {Kind::Extends, base.text, base.range, base.range.size() == base.text.size(), base.shared, true});
  }
  return references;
}

bool profiles_exclude(const compose::Service& a, const compose::Service& b) {
  if (a.profiles.empty() || b.profiles.empty()) return false;
  return std::ranges::none_of(a.profiles, [&](const compose::Name& profile) {
    return std::ranges::find(b.profiles, profile.text, &compose::Name::text) != b.profiles.end();
  });
}

bool is_main_compose_file(std::string_view path) {
  constexpr std::array<std::string_view, 4> kNames{"compose.yaml", "compose.yml", "docker-compose.yaml",
                                                   "docker-compose.yml"};
  return std::ranges::find(kNames, path.substr(path.rfind('/') + 1)) != kNames.end();
}

const ComposeNames* names_of_others(const ComposeInWorkspace& in) {
  return in.around && in.complete && in.around->others ? &*in.around->others : nullptr;
}

bool is_read_alone(const ComposeInWorkspace& in, std::string_view path) {
  if (!in.file.complete || !is_main_compose_file(path)) return false;
  return !in.around || (in.around->others && *in.around->others == ComposeNames{});
}

}  // namespace quaymaster::rules
