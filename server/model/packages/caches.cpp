#include "model/packages/caches.h"

#include <algorithm>
#include <array>
#include <string>

namespace quaymaster::packages {
namespace {

constexpr std::array kCaches{
    Cache{Manager::Apt, "/var/lib/apt/lists", true, false, false},
    Cache{Manager::Apt, "/var/cache/apt", true, true, true},
    Cache{Manager::AptGet, "/var/lib/apt/lists", true, false, false},
    Cache{Manager::AptGet, "/var/cache/apt", true, true, true},
    Cache{Manager::Aptitude, "/var/lib/apt/lists", true, false, false},
    Cache{Manager::Aptitude, "/var/cache/apt", true, true, true},
    Cache{Manager::Apk, "/var/cache/apk", true, true, true},
    Cache{Manager::Yum, "/var/cache/yum", true, true, true},
    Cache{Manager::Dnf, "/var/cache/dnf", true, true, true},
    Cache{Manager::Dnf, "/var/cache/libdnf5", true, true, true},
    Cache{Manager::Microdnf, "/var/cache/yum", true, true, true},
    Cache{Manager::Microdnf, "/var/cache/libdnf5", true, true, true},
    Cache{Manager::Tdnf, "/var/cache/tdnf", true, true, true},
    Cache{Manager::Zypper, "/var/cache/zypp", true, true, true},
    Cache{Manager::Pacman, "/var/cache/pacman/pkg", false, true, true},
    Cache{Manager::Pip, "~/.cache/pip", false, true, true},
    Cache{Manager::Pipx, "~/.cache/pip", false, true, false},
    Cache{Manager::Uv, "~/.cache/uv", false, true, true},
    Cache{Manager::Poetry, "~/.cache/pypoetry", false, true, true},
    Cache{Manager::Pipenv, "~/.cache/pipenv", false, true, false},
    Cache{Manager::Conda, "/opt/conda/pkgs", true, true, true},
    Cache{Manager::Mamba, "/opt/conda/pkgs", true, true, true},
    Cache{Manager::Micromamba, "/opt/conda/pkgs", true, true, true},
    Cache{Manager::Npm, "~/.npm", false, true, true},
    Cache{Manager::Yarn, "/usr/local/share/.cache/yarn", false, true, true},
    Cache{Manager::Yarn, "~/.cache/yarn", false, true, true},
    Cache{Manager::Yarn, "~/.yarn/berry/cache", false, true, true},
    Cache{Manager::Pnpm, "~/.local/share/pnpm/store", false, true, true},
    Cache{Manager::Pnpm, "~/.cache/pnpm", false, true, false},
    Cache{Manager::Bun, "~/.bun/install/cache", false, true, true},
    Cache{Manager::Gem, "/usr/local/bundle/cache", false, true, false},
    Cache{Manager::Bundler, "/usr/local/bundle/cache", false, true, false},
    Cache{Manager::Composer, "~/.composer/cache", false, true, true},
    Cache{Manager::Composer, "~/.cache/composer", false, true, true},
    Cache{Manager::Go, "/go/pkg/mod", false, true, true},
    Cache{Manager::Go, "~/.cache/go-build", false, true, true},
    Cache{Manager::Cargo, "/usr/local/cargo/registry", false, true, false},
};

/// `path` without a '/' or "/*" at its end, and with "~" for the home folder.
std::string normal(std::string_view path) {
  while (path.size() > 1 && (path.ends_with('/') || path.ends_with('*'))) path.remove_suffix(1);
  for (const std::string_view home : {"/root", "$HOME", "${HOME}"})
    if (path == home || (path.starts_with(home) && path.substr(home.size()).starts_with('/')))
      return "~" + std::string(path.substr(home.size()));
  return std::string(path);
}

/// Whether `around` is `path` or a folder around it. "/" is taken for a slip, not for the root.
bool is_or_holds(std::string_view around, std::string_view path) {
  if (around.size() < 2 && around != "~") return false;
  return path == around || (path.starts_with(around) && path[around.size()] == '/');
}

}  // namespace

std::span<const Cache> caches_of(Manager manager) {
  const auto* first = std::ranges::lower_bound(kCaches, manager, {}, &Cache::manager);
  const auto* last = std::ranges::upper_bound(kCaches, manager, {}, &Cache::manager);
  return {first, last};
}

std::vector<std::string_view> filled_by(const Invocation& invocation) {
  using enum Operation;
  std::vector<std::string_view> paths;
  if (invocation.has(Flag::NoCache) || invocation.has(Flag::DryRun) || invocation.has(Flag::Help)) return paths;
  const Operation operation = invocation.operation;
  const bool system = is_system(invocation.manager);
  // The package managers of Red Hat and SUSE, and apk, fetch the index by themselves.
  const bool apt = invocation.manager <= Manager::Dpkg;
  const bool packages = operation == Install || operation == Sync || operation == Upgrade || operation == Download ||
                        operation == Build || (operation == Run && !invocation.packages.empty());
  const bool index = operation == UpdateIndex || (system && !apt && packages) || invocation.has(Flag::Refresh);
  for (const Cache& cache : caches_of(invocation.manager))
    if ((packages && cache.by_packages) || (index && cache.by_index)) paths.push_back(cache.path);
  return paths;
}

std::vector<std::string_view> emptied_by(const Invocation& invocation) {
  std::vector<std::string_view> paths;
  if (invocation.operation != Operation::Clean) return paths;
  for (const Cache& cache : caches_of(invocation.manager))
    if (cache.by_clean) paths.push_back(cache.path);
  // apt_get(8): distclean takes the lists as well.
  if (invocation.verb == "distclean") paths.push_back("/var/lib/apt/lists");
  return paths;
}

bool deletes(const shell::Command& command, std::string_view path) {
  if (command.name() != "rm" || command.option("--recursive", 'r') == nullptr) {
    if (command.name() != "rm" || command.option("", 'R') == nullptr) return false;
  }
  return std::ranges::any_of(command.arguments(),
                             [path](const shell::Word* word) { return is_or_holds(normal(word->text), path); });
}

}  // namespace quaymaster::packages
