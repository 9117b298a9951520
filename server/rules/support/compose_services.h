#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "model/compose_surroundings.h"
#include "quaymaster/text.h"

/// What the services of a Compose file have to do with each other.
namespace quaymaster::rules {

struct ComposeInWorkspace;

/// A service that another one names.
struct ServiceReference {
  enum class Kind : std::uint8_t { DependsOn, Link, VolumesFrom, Namespace, Extends };
  Kind kind = Kind::DependsOn;
  std::string service;
  TextRange range;       ///< the name; more than that when it does not stand in the file as it is
  bool literal = true;   ///< the name stands at `range` as it is
  bool shared = false;   ///< reached through an alias, a merge key or `extends`
  bool required = true;  ///< false: Compose goes on without it
};

/// All services of the same file that `service` names in so many words; nothing that a variable decides.
[[nodiscard]] std::vector<ServiceReference> references_of(const compose::Service& service);

/// Whether the two are never started by one command, as far as their profiles say: both have some, and none is the
/// same.
[[nodiscard]] bool profiles_exclude(const compose::Service& a, const compose::Service& b);

/// Whether the file has the name that Compose looks for by itself. Others are often read on top of such a one.
[[nodiscard]] bool is_main_compose_file(std::string_view path);

/// What the files declare that are read together with this one; null when that is not known.
[[nodiscard]] const ComposeNames* names_of_others(const ComposeInWorkspace& in);

/// Whether Compose reads the file `path` as the whole project: it has the name for that, and no other file is known
/// that could use, or complete, what it declares.
[[nodiscard]] bool is_read_alone(const ComposeInWorkspace& in, std::string_view path);

}  // namespace quaymaster::rules
