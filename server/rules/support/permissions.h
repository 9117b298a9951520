#pragma once
#include <map>
#include <string_view>
#include <vector>

#include "model/kubernetes/kubernetes.h"
#include "model/kubernetes/rbac.h"
#include "quaymaster/text.h"

/// What a role permits, and what other linters call it.
namespace quaymaster::rules {

/// A permission to look for in the rules of a role. Each list is words with blanks between, any of which counts; an
/// empty list means that nothing is asked. A verb or group `*` of a role always counts, a resource `*` only where it is
/// listed here.
struct Permission {
  std::string_view groups = {};  ///< the core group is `core`
  std::string_view resources = {};
  std::string_view verbs = {};
  std::string_view names = {};  ///< one that `resourceNames` must have; `-`: it must name nothing
  bool named_verb = false;      ///< a verb `*` does not count
};

/// The word that the rule of a role grants the permission by: the resource, or the verb where it is about verbs alone.
/// Null: it does not.
[[nodiscard]] const kubernetes::ListedWord* granted_by(const kubernetes::PolicyRule& rule,
                                                       const Permission& permission);

/// Whether a role with these rules may do everything to everything in all groups.
[[nodiscard]] bool grants_everything(const std::vector<kubernetes::PolicyRule>& rules);

/// Whether a role or a binding is one that Kubernetes or its provider brings along.
[[nodiscard]] bool is_built_in_name(std::string_view name);

/// By whom a role is held, going by the bindings of its file.
struct Holders {
  bool any = false;
  bool account = false;       ///< a ServiceAccount, or a node
  bool cluster_wide = false;  ///< through a ClusterRoleBinding that is not built in
  bool in_namespace = false;  ///< through a RoleBinding that is not built in
};

/// The roles that the bindings of a file give.
class HeldRoles {
 public:
  explicit HeldRoles(const kubernetes::File& file);
  /// Those of `role`, which is one of the objects of the file.
  [[nodiscard]] Holders holders_of(const kubernetes::Object& role) const;

 private:
  std::map<kubernetes::RoleKey, Holders> holders_;
};

/// The checks of other linters about what a role permits, of those that go with the variant of broad-permission.
[[nodiscard]] std::vector<std::string_view> permission_aliases(std::string_view variant, const kubernetes::Object& role,
                                                               const std::vector<kubernetes::PolicyRule>& rules,
                                                               const Holders& holders);

}  // namespace quaymaster::rules
