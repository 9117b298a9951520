#include "model/packages/manager_table.h"

namespace quaymaster::packages {

bool lists(std::string_view names, std::string_view name) {
  if (name.empty()) return false;
  for (std::size_t at = names.find(name); at != std::string_view::npos; at = names.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (at > 0 && names[at - 1] == ' ' && end < names.size() && names[end] == ' ') return true;
  }
  return false;
}

const ManagerTable* find_table(std::string_view program) {
  constexpr std::size_t kLongest = 24;
  if (program.empty() || program.size() > kLongest) return nullptr;
  const std::size_t last = program.find_last_not_of("0123456789.");
  if (last != std::string_view::npos) program = program.substr(0, last + 1);
  using Tables = std::span<const ManagerTable>;
  for (const Tables tables :
       {debian_tables(), alpine_tables(), red_hat_tables(), suse_and_arch_tables(), python_tables(), conda_tables(),
        node_tables(), ruby_and_php_tables(), go_and_rust_tables()})
    for (const ManagerTable& table : tables)
      if (lists(table.programs, program)) return &table;
  return nullptr;
}

}  // namespace quaymaster::packages
