#include "rules/support/object_set.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include "model/kubernetes/names.h"
#include "model/kubernetes/selector.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
namespace {

std::string_view namespace_of(const kubernetes::Brief& brief) {
  return brief.namespace_name ? std::string_view(*brief.namespace_name) : std::string_view("default");
}

}  // namespace

ObjectSet::ObjectSet(const kubernetes::File& file, const KubernetesSurroundings* around, bool complete)
    : one_namespace_(around && around->by_kustomization), whole_(complete && around && around->whole) {
  for (const kubernetes::File::Part& part : file.parts) {
    const kubernetes::Manifest& manifest = *part.manifest;
    auto workload = manifest.workloads.begin();
    for (std::size_t i = 0; i < manifest.objects.size(); ++i) {
      Member member{&(*manifest.briefs)[i], &manifest.objects[i], &manifest, nullptr, part.begin};
      if (workload != manifest.workloads.end() && workload->object.value.node() == member.object->value.node())
        member.workload = &*workload++;
      members_.push_back(member);
    }
  }
  if (around)
    for (const OtherManifest& other : around->others)
      for (const kubernetes::Brief& brief : *other.objects) members_.push_back({.brief = &brief});
  for (const Member& member : members_) {
    if (member.brief->runs_pods) pods_.push_back(&member);
    by_kind_[member.brief->kind].push_back(&member);
    if (!member.brief->name.empty()) by_name_[{member.brief->kind, member.brief->name}].push_back(&member);
  }
}

std::vector<const Member*> ObjectSet::here() const {
  std::vector<const Member*> result;
  for (const Member& member : members_)
    if (member.object) result.push_back(&member);
  return result;
}

const std::vector<const Member*>& ObjectSet::of_kind(std::string_view kind) const {
  const auto found = by_kind_.find(kind);
  return found == by_kind_.end() ? none_ : found->second;
}

bool ObjectSet::same_namespace(const kubernetes::Brief& a, const kubernetes::Brief& b) const {
  return one_namespace_ || namespace_of(a) == namespace_of(b);
}

std::vector<const Member*> ObjectSet::find(std::string_view kind, std::string_view name,
                                           const kubernetes::Brief& from) const {
  std::vector<const Member*> result;
  const auto found = by_name_.find({kind, name});
  if (found == by_name_.end()) return result;
  std::ranges::copy_if(found->second, std::back_inserter(result),
                       [&](const Member* member) { return same_namespace(*member->brief, from); });
  return result;
}

std::vector<std::string_view> ObjectSet::names(std::string_view kind, const kubernetes::Brief& from) const {
  std::vector<std::string_view> result;
  for (const Member* member : of_kind(kind))
    if (kubernetes::is_dns_subdomain(member->brief->name) && same_namespace(*member->brief, from))
      result.push_back(member->brief->name);
  return result;
}

std::vector<const Member*> ObjectSet::selected(const kubernetes::LabelSelector& selector,
                                               const kubernetes::Brief& from) const {
  std::vector<const Member*> result;
  for (const Member* pod : pods_)
    if (same_namespace(*pod->brief, from) && kubernetes::selects(selector, pod->brief->pod_labels))
      result.push_back(pod);
  return result;
}

std::string named(const kubernetes::Brief& brief) {
  return brief.kind + " " + (brief.name.empty() ? std::string("without a name") : quoted(brief.name, 24));
}

}  // namespace quaymaster::rules
