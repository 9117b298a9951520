#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "model/packages/invocation.h"

/// The command lines of package managers as tables. A list of names is one text with a blank around each.
namespace quaymaster::packages {

enum class Operands : std::uint8_t {
  None,      ///< are no packages
  All,       ///< are packages
  First,     ///< the first is one, and what follows belongs to the program that it brings
  OrProject  ///< are packages; without any, the operation is Sync
};

struct Verb {
  std::string_view name;  ///< one word, two with a blank between, or empty for the program alone
  Operation operation;
  Operands operands = Operands::None;
};

struct FlagNames {
  Flag flag;
  std::string_view names;
  std::string_view values = {};  ///< with which it counts; empty: with any
};

struct ManagerTable {
  Manager manager;
  std::string_view programs;  ///< without a version at the end
  Notation notation;
  std::span<const Verb> verbs;
  std::span<const FlagNames> flags;
  std::string_view valued_letters = {};       ///< short options with a value
  std::string_view valued_names = {};         ///< other options whose value may be the next word
  Operation unknown_verb = Operation::Other;  ///< what a word that is no verb means
  bool one_dash = false;                      ///< options are words behind one dash: `-tags x`
  bool verb_is_option = false;                ///< `pacman -Sy x`: see `option_verb`
};

/// Whether the list `names` has `name`.
[[nodiscard]] bool lists(std::string_view names, std::string_view name);

[[nodiscard]] std::span<const ManagerTable> debian_tables();
[[nodiscard]] std::span<const ManagerTable> alpine_tables();
[[nodiscard]] std::span<const ManagerTable> red_hat_tables();
[[nodiscard]] std::span<const ManagerTable> suse_and_arch_tables();
[[nodiscard]] std::span<const ManagerTable> python_tables();
[[nodiscard]] std::span<const ManagerTable> conda_tables();
[[nodiscard]] std::span<const ManagerTable> node_tables();
[[nodiscard]] std::span<const ManagerTable> ruby_and_php_tables();
[[nodiscard]] std::span<const ManagerTable> go_and_rust_tables();

/// What the option that stands in for a verb means to dpkg, rpm or pacman; Other when it is none.
[[nodiscard]] Operation option_verb(Manager manager, std::string_view option);

/// The table of a program without its folder; null when there is none. A version at its end (pip3.12) does not count.
[[nodiscard]] const ManagerTable* find_table(std::string_view program);

}  // namespace quaymaster::packages
