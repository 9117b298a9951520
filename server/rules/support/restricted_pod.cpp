#include "rules/support/restricted_pod.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "model/kubernetes/host_ports.h"
#include "model/kubernetes/security.h"
#include "model/yaml/edit.h"
#include "rules/support/hardening.h"

namespace quaymaster::rules {
namespace {

using Capability = container::Isolation::Capability;
using Edits = std::vector<std::optional<Edit>>;

bool is_allowed(const Capability& capability) { return capability.name == "NET_BIND_SERVICE"; }

/// Whether `capabilities` has nothing but an `add` of which nothing stays.
bool turns_into_drop(const kubernetes::PodContainer& container) {
  const std::vector<Capability>& added = container.container.isolation.added;
  return !added.empty() && std::ranges::none_of(added, is_allowed) &&
         !container.security_context.get("capabilities").entry("drop");
}

/// Makes `drop: [ALL]` of such an `add`: taken away by itself it would take `capabilities` along.
void add_turned(Edits& edits, const kubernetes::PodContainer& container) {
  const yaml::Value capabilities = container.security_context.get("capabilities");
  const std::optional<yaml::Entry> add = capabilities.entry("add");
  const std::vector<yaml::Element> items = add ? add->value.items() : std::vector<yaml::Element>();
  if (items.empty() || add->shared || add->value.shared()) return edits.push_back(std::nullopt);
  edits.push_back(Edit::replacement(add->key_range, "drop"));
  edits.push_back(yaml::replace_scalar(items.front().value, "ALL"));
  for (std::size_t i = 1; i < items.size(); ++i)
    edits.push_back(yaml::remove_at(*capabilities.document(), items[i].value.range()));
}

bool lies_in(TextRange inner, TextRange outer) { return inner.begin >= outer.begin && inner.end <= outer.end; }

void add_profile(Edits& edits, const kubernetes::SecuritySettings& own, std::string_view key,
                 const std::optional<kubernetes::Setting>& type) {
  if (type && type->text == "Unconfined")
    edits.push_back(yaml::replace_scalar(own.value.get({key, "type"}), "RuntimeDefault"));
}

/// What the container says for itself, and the standard refuses.
Edits refused(const kubernetes::PodContainer& container) {
  Edits edits;
  const yaml::Document& document = *container.value.document();
  const kubernetes::SecuritySettings own = kubernetes::security_of(container);
  const auto remove = [&](TextRange range, bool shared) {
    edits.push_back(shared ? std::nullopt : yaml::remove_at(document, range));
  };
  const container::Isolation& isolation = container.container.isolation;
  if (isolation.privileged && isolation.privileged->value)
    edits.push_back(yaml::replace_with_plain(own.value.get("privileged"), "false"));
  if (!turns_into_drop(container))
    for (const Capability& capability : isolation.added)
      if (!is_allowed(capability)) remove(capability.range, capability.shared);
  if (own.user && own.user->value == 0) remove(own.user->key_range, own.user->shared);
  if (own.proc_mount && own.proc_mount->text != "Default")
    edits.push_back(yaml::replace_scalar(own.value.get("procMount"), "Default"));
  add_profile(edits, own, "seccompProfile", own.seccomp_type);
  add_profile(edits, own, "appArmorProfile", own.apparmor_type);
  for (const kubernetes::Number& port : kubernetes::host_ports_of(container))
    if (port.value != 0) remove(port.key_range, port.shared);
  return edits;
}

/// What it lacks; a setting of the pod is left to the pod, and the container gets its own.
std::vector<Omission> own_omissions(const kubernetes::Workload& workload, const kubernetes::PodContainer& container) {
  std::vector<Omission> missing = omissions(workload, container);
  for (Omission& omission : missing)
    if (omission.written && !lies_in(omission.range, container.value.range())) omission.written = false;
  return missing;
}

bool are_disjoint(const std::vector<Edit>& edits) {
  for (std::size_t i = 1; i < edits.size(); ++i)
    if (edits[i].range.begin < edits[i - 1].range.end) return false;
  return true;
}

}  // namespace

std::vector<Edit> restricting_edits(const kubernetes::Workload& workload, const kubernetes::PodContainer& container) {
  if (!container.container.place || container.value.shared()) return {};
  std::vector<Omission> missing = own_omissions(workload, container);
  Edits edits = refused(container);
  if (turns_into_drop(container)) {
    add_turned(edits, container);
    std::erase_if(missing, [](const Omission& omission) { return omission.hardening == Hardening::Capabilities; });
  }
  std::vector<Edit> result;
  if (!missing.empty()) {
    result = hardening_edits(container, missing);
    if (result.empty()) return {};
  }
  for (std::optional<Edit>& edit : edits) {
    if (!edit) return {};
    result.push_back(*std::move(edit));
  }
  std::ranges::stable_sort(result, {}, [](const Edit& edit) { return edit.range.begin; });
  return are_disjoint(result) ? result : std::vector<Edit>{};
}

}  // namespace quaymaster::rules
