#include "rules/support/package_leftovers.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "model/packages/caches.h"

namespace quaymaster::rules {
namespace {

using packages::Flag;
using packages::Invocation;
using packages::Manager;
using packages::Operation;

constexpr std::string_view kLists = "/var/lib/apt/lists";

/// A cache, who fills it, and who empties it.
struct Cache {
  CacheKind kind;
  Manager fillers[3];
  Manager cleaners[3];
  std::string_view paths[3];  ///< where it may be; unused ones are empty
  std::string_view variable = {};
  std::string_view cleaning_words[2];  ///< of the manager, for hadolint
  bool deletion_counts = true;         ///< for hadolint: `rm -rf` of whatever
};

constexpr Cache kCaches[] = {
    {{"apt", "hadolint:DL3009", " update ", "", "rm -rf /var/lib/apt/lists/*"},
     {Manager::AptGet, Manager::Apt, Manager::Aptitude},
     {Manager::AptGet, Manager::Apt, Manager::Aptitude},
     {kLists}},
    {{"apk", "hadolint:DL3019", " add ", "--no-cache", "", "trivy:DS-0025"},
     {Manager::Apk, Manager::Apk, Manager::Apk},
     {Manager::Apk, Manager::Apk, Manager::Apk},
     {"/var/cache/apk", "/etc/apk/cache"},
     "",
     {},
     false},
    {{"yum", "hadolint:DL3032", " install ", "", "yum clean all", "trivy:DS-0015"},
     {Manager::Yum, Manager::Yum, Manager::Yum},
     {Manager::Yum, Manager::Dnf, Manager::Dnf},
     {"/var/cache/yum", "/var/cache/dnf", "/var/cache/libdnf5"},
     "",
     {"clean", "all"}},
    {{"dnf", "hadolint:DL3040", " install in upgrade up upgrade-minimal up-min reinstall rei ", "", "dnf clean all",
      "trivy:DS-0019"},
     {Manager::Dnf, Manager::Dnf, Manager::Dnf},
     {Manager::Dnf, Manager::Yum, Manager::Yum},
     {"/var/cache/dnf", "/var/cache/libdnf5"},
     "",
     {"clean", "all"}},
    {{"dnf", "hadolint:DL3040", " install in upgrade up upgrade-minimal up-min reinstall rei ", "",
      "microdnf clean all", "trivy:DS-0027"},
     {Manager::Microdnf, Manager::Microdnf, Manager::Microdnf},
     {Manager::Microdnf, Manager::Microdnf, Manager::Microdnf},
     {"/var/cache/yum", "/var/cache/dnf", "/var/cache/libdnf5"},
     "",
     {"clean", "all"}},
    {{"dnf", "", "", "", "tdnf clean all"},
     {Manager::Tdnf, Manager::Tdnf, Manager::Tdnf},
     {Manager::Tdnf, Manager::Tdnf, Manager::Tdnf},
     {"/var/cache/tdnf"}},
    {{"zypper", "hadolint:DL3036", " install in ", "", "zypper clean --all", "trivy:DS-0020"},
     {Manager::Zypper, Manager::Zypper, Manager::Zypper},
     {Manager::Zypper, Manager::Zypper, Manager::Zypper},
     {"/var/cache/zypp"},
     "",
     {"clean", "cc"},
     false},
    {{"pip", "hadolint:DL3042", " install ", "--no-cache-dir", ""},
     {Manager::Pip, Manager::Pip, Manager::Pip},
     {Manager::Pip, Manager::Pip, Manager::Pip},
     {"~/.cache/pip"},
     "PIP_CACHE_DIR",
     {},
     false},
    {{"npm", "", "", "", "npm cache clean --force"},
     {Manager::Npm, Manager::Npm, Manager::Npm},
     {Manager::Npm, Manager::Npm, Manager::Npm},
     {"~/.npm"},
     "NPM_CONFIG_CACHE"},
    {{"yarn", "hadolint:DL3060", " install ", "", "yarn cache clean"},
     {Manager::Yarn, Manager::Yarn, Manager::Yarn},
     {Manager::Yarn, Manager::Yarn, Manager::Yarn},
     {"/usr/local/share/.cache/yarn", "~/.cache/yarn"},
     "YARN_CACHE_FOLDER",
     {"clean", "clean"},
     false},
};

bool is_one_of(Manager manager, std::span<const Manager> managers) {
  return std::find(managers.begin(), managers.end(), manager) != managers.end();
}

bool says_yes(std::string_view value) {
  constexpr std::string_view kValues[] = {"1", "true", "True", "TRUE", "on", "On", "ON", "yes", "Yes", "YES"};
  return std::find(std::begin(kValues), std::end(kValues), value) != std::end(kValues);
}

/// Whether an option names another place for the cache, or does without what would be cached.
bool is_told_where(const shell::Command& command) {
  return std::any_of(command.words.begin(), command.words.end(), [](const shell::Word& word) {
    const std::string_view name = std::string_view(word.text).substr(0, word.text.find('='));
    return name == "--cache" || name == "--cache-dir" || name == "--cache-folder" || name == "--no-network";
  });
}

bool fills(const Cache& cache, const PackageCommand& use) {
  const Invocation& call = use.call;
  if (!is_one_of(call.manager, cache.fillers) || is_told_where(*use.command)) return false;
  for (const Flag flag : {Flag::NoCache, Flag::DryRun, Flag::Help})
    if (call.has(flag)) return false;
  if (cache.kind.variant == "apt") return call.operation == Operation::UpdateIndex;
  return call.operation == Operation::Install || call.operation == Operation::Sync ||
         call.operation == Operation::Upgrade || call.operation == Operation::Download;
}

/// Whether `rm` or `find -delete` may take the folder away. What the shell computes may be it.
bool may_delete(const shell::Command& command, std::string_view path) {
  if (packages::deletes(command, path)) return true;
  const std::vector<shell::Word>& words = command.words;
  const auto has = [&](std::string_view option) {
    return std::any_of(words.begin(), words.end(), [&](const shell::Word& word) { return word.text == option; });
  };
  const std::string_view name = path.starts_with('~') ? path.substr(1) : path;
  const auto names_it = [&](const shell::Word& word) {
    const std::string_view text = word.text;
    if (text.find(name) != std::string_view::npos) return true;
    return path.starts_with("~/.cache/") && (text.ends_with("/.cache") || text.ends_with("/.cache/*"));
  };
  if (command.name() == "find") return has("-delete") && std::any_of(words.begin(), words.end(), names_it);
  if (command.name() != "rm" || command.option("--recursive", 'r') == nullptr) return false;
  return std::any_of(words.begin() + 1, words.end(), [&](const shell::Word& word) {
    return names_it(word) || word.text.starts_with('$') || word.text.find('{') != std::string::npos;
  });
}

/// A mount at the folder, or at one around it.
bool is_mounted(const dockerfile::BuildScript& build, std::string_view path) {
  if (!path.starts_with("~/")) return has_mount_at(build, path);
  path.remove_prefix(1);
  return has_mount_at(build, path) || (path.starts_with("/.cache/") && has_mount_at(build, "root/.cache"));
}

/// apt needs two: for the lists, and for the archives where nobody deletes them.
bool is_apt_mounted(const dockerfile::BuildScript& build, bool keeps_archives) {
  if (has_mount_at(build, kLists)) return true;
  return has_mount_at(build, "/var/lib/apt") && (!keeps_archives || has_mount_at(build, "/var/cache/apt"));
}

const dockerfile::Variable* variable(const dockerfile::BuildScript& build, std::string_view name) {
  return dockerfile::find_variable(build.context.scope.get(), name);
}

/// `PIP_NO_CACHE_DIR=1` of the Dockerfile or of the script.
bool is_pip_told(const dockerfile::BuildScript& build) {
  constexpr std::string_view kName = "PIP_NO_CACHE_DIR";
  if (const dockerfile::Variable* found = variable(build, kName))
    if (!found->value || says_yes(*found->value)) return true;
  const auto tells = [&](const shell::Assignment& assignment) {
    return assignment.name == kName && says_yes(assignment.value.text);
  };
  const shell::Script& script = *build.text.script;
  return std::any_of(script.assignments.begin(), script.assignments.end(), tells) ||
         std::any_of(script.commands.begin(), script.commands.end(), [&](const shell::Command& command) {
           return std::any_of(command.assignments.begin(), command.assignments.end(), tells);
         });
}

/// Whether hadolint takes the command for one that cleans up: the words decide, wherever they stand.
bool cleans_for_hadolint(const Cache& cache, const shell::Command& command, std::string_view program) {
  const auto has = [&](std::string_view text) {
    return std::any_of(command.words.begin() + 1, command.words.end(),
                       [&](const shell::Word& word) { return word.text == text; });
  };
  if (command.name() == "rm" && cache.deletion_counts) return has("-rf") || has("/var/lib/apt/lists/*");
  return command.name() == program && !cache.cleaning_words[0].empty() &&
         (has(cache.cleaning_words[0]) || has(cache.cleaning_words[1]));
}

/// Whether hadolint's check of the manager looks at the command.
bool is_checked(const Cache& cache, const PackageCommand& use) {
  return cache.kind.verbs.find(" " + use.call.verb + " ") != std::string_view::npos;
}

/// Whether the manager's own command empties the cache. To apt, `clean` is about archives, not about the lists.
bool cleans(const Cache& cache, const PackageCommand& use) {
  if (cache.kind.variant != "apt") return use.call.operation == Operation::Clean;
  const std::vector<shell::Word>& words = use.command->words;
  return std::any_of(words.begin(), words.end(),
                     [](const shell::Word& word) { return word.text == "distclean" || word.text == "dist-clean"; });
}

class RunReader {
 public:
  RunReader(const dockerfile::BuildScript& build, bool keeps_archives)
      : build_(build), keeps_archives_(keeps_archives), calls_(package_commands(build)) {}

  std::vector<Leftover> read() const {
    std::vector<Leftover> result;
    if (calls_.empty()) return result;
    for (const Cache& cache : kCaches)
      if (auto leftover = leftover_of(cache)) result.push_back(std::move(*leftover));
    return result;
  }

 private:
  [[nodiscard]] std::optional<Leftover> leftover_of(const Cache& cache) const {
    Leftover leftover{.kind = &cache.kind, .path = cache.paths[0], .calls = {}};
    for (const PackageCommand& use : calls_)
      if (fills(cache, use)) leftover.calls.push_back(use);
    if (leftover.calls.empty() || is_elsewhere(cache)) return std::nullopt;
    if (cache.kind.variant == "apt" && has_mount_at(build_, "/var/lib/apt")) leftover.path = "/var/cache/apt";
    leftover.kept = stays_in_image(build_) && !is_emptied(cache, *leftover.calls.back().command);
    leftover.by_hadolint = is_reported_by_hadolint(cache, leftover);
    leftover.by_trivy = is_reported_by_trivy(cache, leftover);
    const bool only_by_hadolint = leftover.by_hadolint && cache.kind.variant != "apt" && cache.kind.variant != "yarn";
    if (!leftover.kept && !only_by_hadolint) return std::nullopt;
    if (!leftover.kept)
      std::erase_if(leftover.calls, [&](const PackageCommand& use) { return !is_checked(cache, use); });
    return leftover;
  }

  /// The cache is not in the layer, or there is none.
  [[nodiscard]] bool is_elsewhere(const Cache& cache) const {
    if (cache.kind.variant == "apt") return is_apt_mounted(build_, keeps_archives_);
    if (cache.kind.variant == "pip" && is_pip_told(build_)) return true;
    if (!cache.variable.empty() && variable(build_, cache.variable) != nullptr) return true;
    return std::any_of(std::begin(cache.paths), std::end(cache.paths),
                       [&](std::string_view path) { return !path.empty() && is_mounted(build_, path); });
  }

  /// Something behind `last`, the last command that fills the cache, empties it.
  [[nodiscard]] bool is_emptied(const Cache& cache, const shell::Command& last) const {
    for (const PackageCommand& use : calls_)
      if (use.command > &last && is_one_of(use.call.manager, cache.cleaners) && cleans(cache, use)) return true;
    const std::vector<shell::Command>& commands = build_.text.script->commands;
    for (const shell::Command* command = &last + 1; command != commands.data() + commands.size(); ++command)
      for (const std::string_view path : cache.paths)
        if (!path.empty() && may_delete(*command, path)) return true;
    return false;
  }

  /// Trivy wants the manager's own command behind the last one that fills the cache, and minds no other.
  [[nodiscard]] bool is_reported_by_trivy(const Cache& cache, const Leftover& leftover) const {
    if (cache.kind.trivy.empty()) return false;
    const shell::Command* last = leftover.calls.back().command;
    return std::none_of(calls_.begin(), calls_.end(), [&](const PackageCommand& use) {
      return use.command > last && use.call.manager == leftover.calls.back().call.manager && cleans(cache, use);
    });
  }

  [[nodiscard]] bool is_reported_by_hadolint(const Cache& cache, const Leftover& leftover) const {
    if (cache.kind.alias.empty()) return false;
    const auto first = std::find_if(leftover.calls.begin(), leftover.calls.end(),
                                    [&](const PackageCommand& use) { return is_checked(cache, use); });
    if (first == leftover.calls.end()) return false;
    const std::vector<shell::Command>& commands = build_.text.script->commands;
    const shell::Command* from = cache.kind.variant == "apt" ? commands.data() : first->command + 1;
    for (const shell::Command* command = from; command != commands.data() + commands.size(); ++command)
      if (cleans_for_hadolint(cache, *command, first->call.program)) return false;
    return true;
  }

  const dockerfile::BuildScript& build_;
  bool keeps_archives_;
  std::vector<PackageCommand> calls_;
};

bool is_apt(Manager manager) {
  return manager == Manager::AptGet || manager == Manager::Apt || manager == Manager::Aptitude;
}

bool runs_script(const shell::Command& command) {
  constexpr std::string_view kShells[] = {"sh", "bash", "ash", "dash", "zsh", "source", "."};
  const std::string_view name = command.name();
  return name.ends_with(".sh") || std::find(std::begin(kShells), std::end(kShells), name) != std::end(kShells);
}

/// Whether the RUN installs with apt before it fetches lists.
Need need_of_lists(const dockerfile::BuildScript& build) {
  for (const PackageCommand& use : package_commands(build)) {
    if (!is_apt(use.call.manager)) continue;
    if (use.call.operation == Operation::UpdateIndex) return Need::None;
    if (use.call.operation != Operation::Remove && use.call.operation != Operation::Clean) return Need::Certain;
  }
  const std::vector<shell::Command>& commands = build.text.script->commands;
  if (std::any_of(commands.begin(), commands.end(),
                  [](const shell::Command& command) { return command.name() == "apt-cache"; }))
    return Need::Certain;
  return std::any_of(commands.begin(), commands.end(), runs_script) ? Need::Possible : Need::None;
}

}  // namespace

std::vector<Leftover> leftovers_of(const dockerfile::BuildScript& build, bool keeps_archives) {
  return RunReader(build, keeps_archives).read();
}

LaterInstalls::LaterInstalls(const dockerfile::BuildFile& build) {
  const std::vector<dockerfile::Stage>& stages = build.file.stages;
  for (const dockerfile::Stage& stage : stages) stages_.push_back({.end = stage.end});
  if (stages.empty()) stages_.push_back({.end = build.file.instructions.size()});
  StageCursor cursor(build.file);
  for (const dockerfile::BuildFile::Step& step : build.steps) {
    OfStage& stage = stages_[std::min(cursor.at(step.index), stages_.size() - 1)];
    const Need need = need_of_lists(step.script);
    if (need == Need::Certain) stage.certain = step.index;
    if (need == Need::Possible) stage.possible = step.index;
  }
  for (std::size_t i = stages.size(); i > 0; --i) {
    if (!stages[i - 1].parent) continue;
    const OfStage& stage = stages_[i - 1];
    const Need own = stage.certain != 0 ? Need::Certain : stage.possible != 0 ? Need::Possible : Need::None;
    OfStage& parent = stages_[*stages[i - 1].parent];
    parent.above = std::max({parent.above, stage.above, own});
  }
}

Need LaterInstalls::behind(std::size_t instruction) const {
  const auto stage =
      std::upper_bound(stages_.begin(), stages_.end(), instruction,
                       [](std::size_t index, const OfStage& candidate) { return index < candidate.end; });
  if (stage == stages_.end()) return Need::None;
  if (stage->certain > instruction) return Need::Certain;
  return std::max(stage->above, stage->possible > instruction ? Need::Possible : Need::None);
}

bool KeptArchives::look_at(const dockerfile::BuildFile::Step& step) {
  const std::size_t here = stages_.at(step.index);
  for (; seen_ <= here && seen_ < file_.stages.size(); ++seen_)
    if (const auto parent = file_.stages[seen_].parent) gone_[seen_] = gone_[*parent];
  for (const shell::Command& command : step.script.text.script->commands)
    if (command.name() == "rm" && std::any_of(command.words.begin(), command.words.end(), [](const shell::Word& word) {
          return word.text.ends_with("docker-clean");
        }))
      gone_[here] = true;
  return gone_[here];
}

}  // namespace quaymaster::rules
