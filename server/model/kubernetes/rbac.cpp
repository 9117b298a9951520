#include "model/kubernetes/rbac.h"

#include <algorithm>

#include "text/ascii.h"

namespace quaymaster::kubernetes {
namespace {

/// The API server knows one spelling only; in another it is refused, and means the same.
bool is_kind(const Object& object, std::string_view lower_case) {
  return object.api_version.starts_with("rbac.authorization.k8s.io/") && ascii_lower(object.kind) == lower_case;
}

std::vector<ListedWord> words_of(const yaml::Value& list) {
  std::vector<ListedWord> words;
  for (const yaml::Element& item : list.items())
    if (const std::optional<std::string_view> text = item.value.string())
      words.push_back({std::string(*text), item.value.content_range()});
  return words;
}

std::string text_of(const yaml::Value& mapping, std::string_view key) {
  return std::string(mapping.get(key).string().value_or(""));
}

std::string namespace_of_role(std::string_view kind, const Object& from) {
  return kind == "ClusterRole" ? std::string() : from.namespace_name.value_or("default");
}

}  // namespace

std::optional<std::vector<PolicyRule>> policy_rules_of(const Object& object) {
  if (!is_kind(object, "role") && !is_kind(object, "clusterrole")) return std::nullopt;
  std::vector<PolicyRule> rules;
  for (const yaml::Element& item : object.value.get("rules").items())
    rules.push_back({words_of(item.value.get("apiGroups")), words_of(item.value.get("resources")),
                     words_of(item.value.get("verbs")), words_of(item.value.get("resourceNames"))});
  return rules;
}

bool has_word(const std::vector<ListedWord>& words, std::string_view word) {
  return std::ranges::find(words, word, &ListedWord::text) != words.end();
}

std::optional<Binding> binding_of(const Object& object) {
  Binding binding;
  binding.cluster_wide = is_kind(object, "clusterrolebinding");
  if (!binding.cluster_wide && !is_kind(object, "rolebinding")) return std::nullopt;
  const yaml::Value role = object.value.get("roleRef");
  const yaml::Value name = role.get("name");
  if (!name.string()) return std::nullopt;
  binding.role_kind = text_of(role, "kind");
  binding.role_name = *name.string();
  binding.role_range = name.content_range();
  for (const yaml::Element& item : object.value.get("subjects").items()) {
    const yaml::Value subject = item.value.get("name");
    if (!subject.string()) continue;
    binding.subjects.push_back({text_of(item.value, "kind"), std::string(*subject.string()), subject.content_range(),
                                item.range, item.shared || item.value.shared() || subject.shared()});
  }
  return binding;
}

RoleKey key_of(const Object& role) { return {role.kind, role.name, namespace_of_role(role.kind, role)}; }

RoleKey role_key_of(const Object& binding_object, const Binding& binding) {
  return {binding.role_kind, binding.role_name, namespace_of_role(binding.role_kind, binding_object)};
}

}  // namespace quaymaster::kubernetes
