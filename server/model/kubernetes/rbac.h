#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "quaymaster/text.h"

/// Who may do what: roles and their bindings. All ranges are in the YAML document.
namespace quaymaster::kubernetes {

/// A word of a list, such as a verb.
struct ListedWord {
  std::string text;
  TextRange range;  ///< without quotes
};

/// One of the `rules` of a role: any of the verbs on any of the resources in any of the groups.
struct PolicyRule {
  std::vector<ListedWord> groups;     ///< the core group is ""
  std::vector<ListedWord> resources;  ///< `pods`, `pods/exec`
  std::vector<ListedWord> verbs;
  std::vector<ListedWord> names;  ///< `resourceNames`: empty, it holds for objects of all names
};

/// The rules of a Role or ClusterRole, in order. Nothing for an object of another kind.
[[nodiscard]] std::optional<std::vector<PolicyRule>> policy_rules_of(const Object& object);

/// Whether one of the words is `word`.
[[nodiscard]] bool has_word(const std::vector<ListedWord>& words, std::string_view word);

/// One to whom a binding gives a role.
struct Subject {
  std::string kind;  ///< "User", "Group", "ServiceAccount"
  std::string name;
  TextRange name_range;
  TextRange range;  ///< the whole item
  bool shared = false;
};

/// A RoleBinding or ClusterRoleBinding.
struct Binding {
  bool cluster_wide = false;
  std::string role_kind;
  std::string role_name;
  TextRange role_range;  ///< the name of the role
  std::vector<Subject> subjects;
};

/// Nothing for an object of another kind, and for a binding that names no role.
[[nodiscard]] std::optional<Binding> binding_of(const Object& object);

/// What a role is known by to its bindings.
struct RoleKey {
  std::string kind;
  std::string name;
  std::string namespace_name;  ///< empty for a ClusterRole

  friend auto operator<=>(const RoleKey&, const RoleKey&) = default;
};

[[nodiscard]] RoleKey key_of(const Object& role);
/// That of the role which `binding`, which is `binding_object`, gives.
[[nodiscard]] RoleKey role_key_of(const Object& binding_object, const Binding& binding);

}  // namespace quaymaster::kubernetes
